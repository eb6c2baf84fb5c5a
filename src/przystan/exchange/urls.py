from przystan.access.addresses import page
from przystan.people.rights import IMPORT

from . import views

app_name = "exchange"
urlpatterns = [
    page("", views.imports, IMPORT, "imports"),
    page("<str:ref>/", views.batch, IMPORT, "batch"),
    page("<str:ref>/columns/", views.columns, IMPORT, "columns"),
    page("<str:ref>/values/", views.values, IMPORT, "values"),
    page("<str:ref>/sheet/", views.sheet, IMPORT, "sheet"),
    page("<str:ref>/progress/", views.progress, IMPORT, "progress", background=True),
    page("<str:ref>/decisions/", views.decisions, IMPORT, "decisions"),
    page("<str:ref>/run/", views.run, IMPORT, "run"),
    page("<str:ref>/undo/", views.undo, IMPORT, "undo"),
    page("<str:ref>/give-up/", views.give_up, IMPORT, "give_up"),
    page("<str:ref>/rest/", views.rest, IMPORT, "rest"),
]
