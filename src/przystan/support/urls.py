from przystan.access.addresses import page

from . import views
from .rights import CATALOGUE_WRITE

app_name = "support"
urlpatterns = [
    page("", views.catalogue, CATALOGUE_WRITE, "catalogue"),
    page("lines/new/", views.line, CATALOGUE_WRITE, "add_line"),
    page("lines/<slug:code>/", views.line, CATALOGUE_WRITE, "line"),
    page("services/new/", views.service, CATALOGUE_WRITE, "add_service"),
    page("services/<slug:code>/", views.service, CATALOGUE_WRITE, "service"),
    page("topics/new/", views.topic, CATALOGUE_WRITE, "add_topic"),
    page("topics/<slug:code>/", views.topic, CATALOGUE_WRITE, "topic"),
    page("<slug:kind>s/<slug:code>/retirement/", views.retire, CATALOGUE_WRITE, "retire"),
]
