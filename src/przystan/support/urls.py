from django.urls import path

from . import views

app_name = "support"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("lines/new/", views.line, name="add_line"),
    path("lines/<slug:code>/", views.line, name="line"),
    path("services/new/", views.service, name="add_service"),
    path("services/<slug:code>/", views.service, name="service"),
    path("topics/new/", views.topic, name="add_topic"),
    path("topics/<slug:code>/", views.topic, name="topic"),
    path("<slug:kind>s/<slug:code>/retirement/", views.retire, name="retire"),
]
