from django.urls import path

from . import views

app_name = "exchange"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("<str:ref>/", views.batch, name="batch"),
    path("<str:ref>/columns/", views.columns, name="columns"),
    path("<str:ref>/sheet/", views.sheet, name="sheet"),
    path("<str:ref>/progress/", views.progress, name="progress"),
    path("<str:ref>/decisions/", views.decisions, name="decisions"),
    path("<str:ref>/run/", views.run, name="run"),
    path("<str:ref>/undo/", views.undo, name="undo"),
    path("<str:ref>/give-up/", views.give_up, name="give_up"),
    path("<str:ref>/rest/", views.rest, name="rest"),
]
