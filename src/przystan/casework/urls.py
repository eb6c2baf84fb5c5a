from przystan.access.addresses import page

from .rights import CASES_READ, CASES_WRITE
from .views import cases, history, notes, team

app_name = "casework"
urlpatterns = [
    page("", cases.cases, CASES_READ, "cases"),
    page("new/", cases.new, CASES_WRITE, "new"),
    page("<ref:ref>/", cases.case, CASES_READ, "case"),
    page("<ref:ref>/closure/", cases.closure, CASES_WRITE, "closure"),
    page("<ref:ref>/history/", history.history, CASES_READ, "history"),
    page("<ref:ref>/team/", team.team, CASES_READ, "team"),
    page("<ref:ref>/team/<ref:user>/end/", team.end, CASES_WRITE, "end_member"),
    page("<ref:ref>/notes/<ref:note>/", notes.note, CASES_READ, "note"),
]
