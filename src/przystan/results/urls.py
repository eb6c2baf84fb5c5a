from przystan.access.addresses import page

from . import views
from .rights import RESULTS_KINDS

app_name = "results"
urlpatterns = [
    page("", views.kinds, RESULTS_KINDS, "kinds"),
    page("new/", views.kind, RESULTS_KINDS, "add_kind"),
    page("scales/new/", views.scale, RESULTS_KINDS, "add_scale"),
    page("scales/<slug:code>/", views.scale, RESULTS_KINDS, "scale"),
    page("kinds/<slug:code>/", views.kind, RESULTS_KINDS, "kind"),
    page("kinds/<slug:code>/retirement/", views.retire, RESULTS_KINDS, "retire"),
]
