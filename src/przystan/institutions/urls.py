from przystan.access.addresses import page

from .rights import INSTITUTIONS_KINDS, INSTITUTIONS_MERGE, INSTITUTIONS_READ, INSTITUTIONS_WRITE
from .views import catalogue, doubles, institution, parts, register

app_name = "institutions"
urlpatterns = [
    page("", register.index, INSTITUTIONS_READ, "index"),
    page("new/", register.new, INSTITUTIONS_WRITE, "new"),
    page("suggest/", register.suggest, INSTITUTIONS_READ, "suggest", background=True),
    page("map/", register.on_map, INSTITUTIONS_READ, "map"),
    page("shipped/", register.add_shipped, INSTITUTIONS_MERGE, "add_shipped"),
    page("doubles/", doubles.queue, INSTITUTIONS_MERGE, "doubles"),
    page("kinds/", catalogue.kinds, INSTITUTIONS_KINDS, "kinds"),
    page("kinds/<slug:of>/new/", catalogue.kind, INSTITUTIONS_KINDS, "add_kind"),
    page("kinds/<slug:of>/<slug:code>/", catalogue.kind, INSTITUTIONS_KINDS, "kind"),
    page("kinds/<slug:of>/<slug:code>/retirement/", catalogue.retire, INSTITUTIONS_KINDS, "retire_kind"),
    page("<ref:ref>/", institution.show, INSTITUTIONS_READ, "institution"),
    page("<ref:ref>/change/", institution.change, INSTITUTIONS_WRITE, "change"),
    page("<ref:ref>/hours/", institution.hours, INSTITUTIONS_WRITE, "hours"),
    page("<ref:ref>/checks/", institution.check, INSTITUTIONS_WRITE, "check"),
    page("<ref:ref>/closure/", institution.closure, INSTITUTIONS_WRITE, "closure"),
    page("<ref:ref>/same/", doubles.search, INSTITUTIONS_MERGE, "find_same"),
    page("<ref:ref>/same/<ref:other>/", doubles.compare, INSTITUTIONS_MERGE, "compare"),
    page("<ref:ref>/merges/", doubles.merge, INSTITUTIONS_MERGE, "merge"),
    page("<ref:ref>/merges/<ref:merge>/undone/", doubles.undo, INSTITUTIONS_MERGE, "undo_merge"),
    page("<ref:ref>/different/", doubles.different, INSTITUTIONS_MERGE, "different"),
    page("<ref:ref>/<slug:kind>/new/", parts.add, INSTITUTIONS_WRITE, "part_add"),
    page("<ref:ref>/<slug:kind>/<int:pk>/", parts.change, INSTITUTIONS_WRITE, "part_change"),
    page("<ref:ref>/<slug:kind>/<int:pk>/end/", parts.end, INSTITUTIONS_WRITE, "part_end"),
    page("<ref:ref>/<slug:kind>/<int:pk>/removal/", parts.remove, INSTITUTIONS_WRITE, "part_remove"),
]
