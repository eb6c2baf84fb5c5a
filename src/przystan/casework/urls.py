from przystan.access.addresses import page
from przystan.access.rights import Right

from .views import cases, history, notes, team

app_name = "casework"
urlpatterns = [
    page("", cases.cases, Right.CASES_READ, "cases"),
    page("new/", cases.new, Right.CASES_WRITE, "new"),
    page("<ref:ref>/", cases.case, Right.CASES_READ, "case"),
    page("<ref:ref>/closure/", cases.closure, Right.CASES_WRITE, "closure"),
    page("<ref:ref>/history/", history.history, Right.CASES_READ, "history"),
    page("<ref:ref>/team/", team.team, Right.CASES_READ, "team"),
    page("<ref:ref>/team/<ref:user>/end/", team.end, Right.CASES_WRITE, "end_member"),
    page("<ref:ref>/notes/<ref:note>/", notes.note, Right.CASES_READ, "note"),
]
