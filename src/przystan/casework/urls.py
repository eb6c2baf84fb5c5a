from django.urls import path

from .views import cases, history, notes, team

app_name = "casework"
urlpatterns = [
    path("", cases.cases, name="cases"),
    path("new/", cases.new, name="new"),
    path("<ref:ref>/", cases.case, name="case"),
    path("<ref:ref>/closure/", cases.closure, name="closure"),
    path("<ref:ref>/history/", history.history, name="history"),
    path("<ref:ref>/team/", team.team, name="team"),
    path("<ref:ref>/team/<ref:user>/end/", team.end, name="end_member"),
    path("<ref:ref>/notes/<ref:note>/", notes.note, name="note"),
]
