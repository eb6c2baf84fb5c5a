from przystan.access.addresses import STAFF, page

from .rights import HOURS_OWN, STAFF_READ, STAFF_WRITE
from .views import hours, papers, rules, workers

app_name = "staff"
urlpatterns = [
    page("", workers.index, STAFF_READ, "index"),
    page("new/", workers.add, STAFF_WRITE, "add"),
    page("rules/", rules.rules, STAFF_READ, "rules"),
    page("rules/<slug:of>/<int:pk>/", rules.change, STAFF_WRITE, "rule"),
    page("rules/<slug:of>/<int:pk>/confirmation/", rules.confirm, STAFF_WRITE, "confirm_rule"),
    page("rules/<slug:of>/<int:pk>/withdrawal/", rules.withdraw, STAFF_WRITE, "withdraw_rule"),
    page("due/", papers.due, STAFF_READ, "due"),
    page("me/", workers.mine, STAFF, "mine"),
    page("people/<ref:ref>/", workers.worker, STAFF_READ, "worker"),
    page("people/<ref:ref>/change/", workers.change, STAFF_WRITE, "change"),
    page("people/<ref:ref>/account/", workers.account, STAFF_WRITE, "account"),
    page("people/<ref:ref>/rows/<slug:kind>/", workers.rows, STAFF_WRITE, "rows"),
    page("people/<ref:ref>/agreements/new/", papers.add_agreement, STAFF_WRITE, "add_agreement"),
    page("people/<ref:ref>/proofs/<slug:family>/new/", papers.add_proof, STAFF_WRITE, "add_proof"),
    page("agreements/<ref:ref>/end/", papers.end_agreement, STAFF_WRITE, "end_agreement"),
    page("agreements/<ref:ref>/strike/", papers.strike_agreement, STAFF_WRITE, "strike_agreement"),
    page("proofs/<ref:ref>/strike/", papers.strike_proof, STAFF_WRITE, "strike_proof"),
    page("hours/", hours.my_hours, HOURS_OWN, "my_hours"),
    page("hours/new/", hours.note, HOURS_OWN, "note"),
    page("hours/file/", hours.file, HOURS_OWN, "file"),
    page("hours/waiting/", hours.to_confirm, STAFF, "to_confirm"),
    page("hours/<ref:ref>/take-back/", hours.take_back, HOURS_OWN, "take_back"),
    page("hours/<ref:ref>/confirm/", hours.confirm, STAFF, "confirm"),
    page("people/<ref:ref>/hours/", hours.hours_of, STAFF_READ, "hours_of"),
    page("people/<ref:ref>/hours/new/", hours.note_for, STAFF_WRITE, "note_for"),
    page("people/<ref:ref>/hours/file/", hours.file_of, STAFF_READ, "file_of"),
]
