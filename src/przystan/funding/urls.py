from przystan.access.addresses import page
from przystan.support.rights import SUPPORT_LOG

from . import views
from .rights import PROGRAMMES_READ, PROGRAMMES_WRITE

app_name = "funding"
urlpatterns = [
    page("", views.programmes, PROGRAMMES_READ, "programmes"),
    page("add/", views.add, PROGRAMMES_WRITE, "add"),
    page("file/", views.take_file, PROGRAMMES_WRITE, "take_file"),
    page("payers/", views.payers, SUPPORT_LOG, "payers"),
    page("<ref:ref>/", views.programme, PROGRAMMES_READ, "programme"),
    page("<ref:ref>/change/", views.change, PROGRAMMES_WRITE, "change"),
    page("<ref:ref>/file/", views.file, PROGRAMMES_READ, "file"),
    page("<ref:ref>/limits/", views.limits, PROGRAMMES_WRITE, "limits"),
    page("<ref:ref>/limits/remove/", views.limit_remove, PROGRAMMES_WRITE, "limit_remove"),
    page("<ref:ref>/rule/", views.rule, PROGRAMMES_WRITE, "rule"),
    page("<ref:ref>/move/", views.move, PROGRAMMES_WRITE, "move"),
    page("<ref:ref>/indicators/add/", views.indicator_add, PROGRAMMES_WRITE, "indicator_add"),
    page("<ref:ref>/indicators/<ref:indicator>/", views.indicator, PROGRAMMES_WRITE, "indicator"),
    page("<ref:ref>/indicators/<ref:indicator>/where/", views.where, PROGRAMMES_WRITE, "where"),
    page(
        "<ref:ref>/indicators/<ref:indicator>/remove/",
        views.indicator_remove,
        PROGRAMMES_WRITE,
        "indicator_remove",
    ),
]
