from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("<str:digest>/<str:name>", views.asset, name="asset"),
]
