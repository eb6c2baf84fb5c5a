from przystan.access.addresses import page
from przystan.access.rights import Right

from . import views

app_name = "support"
urlpatterns = [
    page("", views.catalogue, Right.CATALOGUE_WRITE, "catalogue"),
    page("lines/new/", views.line, Right.CATALOGUE_WRITE, "add_line"),
    page("lines/<slug:code>/", views.line, Right.CATALOGUE_WRITE, "line"),
    page("services/new/", views.service, Right.CATALOGUE_WRITE, "add_service"),
    page("services/<slug:code>/", views.service, Right.CATALOGUE_WRITE, "service"),
    page("topics/new/", views.topic, Right.CATALOGUE_WRITE, "add_topic"),
    page("topics/<slug:code>/", views.topic, Right.CATALOGUE_WRITE, "topic"),
    page("<slug:kind>s/<slug:code>/retirement/", views.retire, Right.CATALOGUE_WRITE, "retire"),
]
