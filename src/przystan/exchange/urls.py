from przystan.access.addresses import page
from przystan.access.rights import Right

from . import views

app_name = "exchange"
urlpatterns = [
    page("", views.imports, Right.IMPORT, "imports"),
    page("<str:ref>/", views.batch, Right.IMPORT, "batch"),
    page("<str:ref>/columns/", views.columns, Right.IMPORT, "columns"),
    page("<str:ref>/sheet/", views.sheet, Right.IMPORT, "sheet"),
    page("<str:ref>/progress/", views.progress, Right.IMPORT, "progress", background=True),
    page("<str:ref>/decisions/", views.decisions, Right.IMPORT, "decisions"),
    page("<str:ref>/run/", views.run, Right.IMPORT, "run"),
    page("<str:ref>/undo/", views.undo, Right.IMPORT, "undo"),
    page("<str:ref>/give-up/", views.give_up, Right.IMPORT, "give_up"),
    page("<str:ref>/rest/", views.rest, Right.IMPORT, "rest"),
]
