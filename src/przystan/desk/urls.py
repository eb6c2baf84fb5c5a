from django.urls import path

from .views import settings

app_name = "desk"
urlpatterns = [
    path("settings/", settings.settings, name="settings"),
]
