from przystan.access.addresses import page
from przystan.support.rights import SUPPORT_LOG

from .rights import PROGRAMMES_READ, PROGRAMMES_WRITE
from .views import editing, filters, moving, payers, programmes, rules

app_name = "funding"
urlpatterns = [
    page("", programmes.programmes, PROGRAMMES_READ, "programmes"),
    page("add/", editing.add, PROGRAMMES_WRITE, "add"),
    page("file/", editing.take_file, PROGRAMMES_WRITE, "take_file"),
    page("payers/", payers.payers, SUPPORT_LOG, "payers"),
    page("<ref:ref>/", programmes.programme, PROGRAMMES_READ, "programme"),
    page("<ref:ref>/change/", editing.change, PROGRAMMES_WRITE, "change"),
    page("<ref:ref>/file/", editing.file, PROGRAMMES_READ, "file"),
    page("<ref:ref>/limits/", editing.limits, PROGRAMMES_WRITE, "limits"),
    page("<ref:ref>/limits/remove/", editing.limit_remove, PROGRAMMES_WRITE, "limit_remove"),
    page("<ref:ref>/rule/", rules.rule, PROGRAMMES_WRITE, "rule"),
    page("<ref:ref>/move/", moving.move, PROGRAMMES_WRITE, "move"),
    page("<ref:ref>/indicators/add/", editing.indicator_add, PROGRAMMES_WRITE, "indicator_add"),
    page("<ref:ref>/indicators/<ref:indicator>/", editing.indicator, PROGRAMMES_WRITE, "indicator"),
    page("<ref:ref>/indicators/<ref:indicator>/where/", filters.where, PROGRAMMES_WRITE, "where"),
    page(
        "<ref:ref>/indicators/<ref:indicator>/remove/",
        editing.indicator_remove,
        PROGRAMMES_WRITE,
        "indicator_remove",
    ),
]
