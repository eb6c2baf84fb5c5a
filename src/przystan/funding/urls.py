from przystan.access.addresses import page
from przystan.access.rights import Right

from . import views

app_name = "funding"
urlpatterns = [
    page("", views.programmes, Right.PROGRAMMES_READ, "programmes"),
    page("add/", views.add, Right.PROGRAMMES_WRITE, "add"),
    page("file/", views.take_file, Right.PROGRAMMES_WRITE, "take_file"),
    page("payers/", views.payers, Right.SUPPORT_LOG, "payers"),
    page("<ref:ref>/", views.programme, Right.PROGRAMMES_READ, "programme"),
    page("<ref:ref>/change/", views.change, Right.PROGRAMMES_WRITE, "change"),
    page("<ref:ref>/file/", views.file, Right.PROGRAMMES_READ, "file"),
    page("<ref:ref>/limits/", views.limits, Right.PROGRAMMES_WRITE, "limits"),
    page("<ref:ref>/limits/remove/", views.limit_remove, Right.PROGRAMMES_WRITE, "limit_remove"),
    page("<ref:ref>/rule/", views.rule, Right.PROGRAMMES_WRITE, "rule"),
    page("<ref:ref>/move/", views.move, Right.PROGRAMMES_WRITE, "move"),
    page("<ref:ref>/indicators/add/", views.indicator_add, Right.PROGRAMMES_WRITE, "indicator_add"),
    page("<ref:ref>/indicators/<ref:indicator>/", views.indicator, Right.PROGRAMMES_WRITE, "indicator"),
    page("<ref:ref>/indicators/<ref:indicator>/where/", views.where, Right.PROGRAMMES_WRITE, "where"),
    page(
        "<ref:ref>/indicators/<ref:indicator>/remove/",
        views.indicator_remove,
        Right.PROGRAMMES_WRITE,
        "indicator_remove",
    ),
]
