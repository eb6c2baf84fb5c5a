from django.urls import path

from .views import person, settings

app_name = "desk"
urlpatterns = [
    path("people/<ref:ref>/", person.person, name="person"),
    path("settings/", settings.settings, name="settings"),
]
