from przystan.access.addresses import page

from .rights import INSTITUTIONS_READ, INSTITUTIONS_WRITE
from .views import institution, parts, register

app_name = "institutions"
urlpatterns = [
    page("", register.index, INSTITUTIONS_READ, "index"),
    page("new/", register.new, INSTITUTIONS_WRITE, "new"),
    page("<ref:ref>/", institution.show, INSTITUTIONS_READ, "institution"),
    page("<ref:ref>/change/", institution.change, INSTITUTIONS_WRITE, "change"),
    page("<ref:ref>/hours/", institution.hours, INSTITUTIONS_WRITE, "hours"),
    page("<ref:ref>/checks/", institution.check, INSTITUTIONS_WRITE, "check"),
    page("<ref:ref>/closure/", institution.closure, INSTITUTIONS_WRITE, "closure"),
    page("<ref:ref>/<slug:kind>/new/", parts.add, INSTITUTIONS_WRITE, "part_add"),
    page("<ref:ref>/<slug:kind>/<int:pk>/", parts.change, INSTITUTIONS_WRITE, "part_change"),
    page("<ref:ref>/<slug:kind>/<int:pk>/end/", parts.end, INSTITUTIONS_WRITE, "part_end"),
    page("<ref:ref>/<slug:kind>/<int:pk>/removal/", parts.remove, INSTITUTIONS_WRITE, "part_remove"),
]
