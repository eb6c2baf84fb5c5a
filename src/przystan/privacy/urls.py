from przystan.access.addresses import STAFF, page
from przystan.access.rights import AUDIT_READ, GLASS_APPROVE, GLASS_REVIEW
from przystan.people.rights import PEOPLE_ANSWER, PEOPLE_ANSWER_ANYBODY, PEOPLE_READ

from .views import copies, erasing, escrow, glass, log, overview, releasing, rights, subjects

app_name = "privacy"
urlpatterns = [
    page("", overview.index, STAFF, "index"),
    page("ask/", glass.ask, PEOPLE_READ, "ask_any"),
    page("ask/<str:model>/<ref:ref>/", glass.ask, PEOPLE_READ, "ask"),
    page("sent/", glass.sent, PEOPLE_READ, "sent"),
    page("glass/", glass.glasses, GLASS_REVIEW, "glasses"),
    page("glass/<ref:ref>/", glass.glass, GLASS_REVIEW, "glass"),
    page("glass/<ref:ref>/approval/", glass.approve, GLASS_APPROVE, "approve"),
    page("glass/<ref:ref>/refusal/", glass.refuse, GLASS_APPROVE, "refuse"),
    page("glass/<ref:ref>/review/", glass.review, GLASS_REVIEW, "review"),
    page("emergency-key/", escrow.emergency_key, GLASS_APPROVE, "escrow"),
    page("emergency-key/<int:plan>/confirmation/", escrow.confirm, GLASS_APPROVE, "confirm_key"),
    page("emergency-key/<int:plan>/withdrawal/", escrow.withdraw, GLASS_APPROVE, "withdraw_key"),
    page("audit/", log.entries, AUDIT_READ, "log"),
    page("audit/check/", log.check, AUDIT_READ, "check"),
    page("people/<ref:ref>/", rights.person, PEOPLE_ANSWER, "person"),
    page("people/<ref:ref>/requests/new/", rights.receive, PEOPLE_ANSWER, "receive"),
    page("people/<ref:ref>/copies/", copies.copy, PEOPLE_ANSWER, "copy"),
    page("people/<ref:ref>/restriction/", rights.restrict, PEOPLE_ANSWER, "restrict"),
    page("people/<ref:ref>/holds/new/", rights.hold, PEOPLE_ANSWER, "hold"),
    page("people/<ref:ref>/holds/<ref:hold>/end/", rights.end_hold, PEOPLE_ANSWER, "end_hold"),
    page("people/<ref:ref>/erasure/", erasing.preview, PEOPLE_ANSWER, "erasure"),
    page("copies/<ref:ref>/", copies.fetch, STAFF, "fetch"),
    page("files/<str:model>/<ref:ref>/copy/", releasing.file_copy, STAFF, "file_copy", guide="cases"),
    page("files/<str:model>/<ref:ref>/withholding/", releasing.withhold, STAFF, "file_withhold", guide="cases"),
    page("files/<str:model>/<ref:ref>/copies/<ref:pack>/", releasing.fetch, STAFF, "file_fetch", guide="cases"),
    page("subjects/<str:model>/<ref:ref>/", subjects.subject, STAFF, "subject"),
    page("subjects/<str:model>/<ref:ref>/copies/", copies.subject_copy, STAFF, "subject_copy"),
    page("requests/", rights.register, PEOPLE_ANSWER, "register"),
    page("requests/<ref:ref>/", rights.answer, PEOPLE_ANSWER, "answer"),
    page("requests/<ref:ref>/extension/", rights.extend, PEOPLE_ANSWER, "extend"),
    page("erasures/", erasing.erasures, STAFF, "erasures"),
    page("erasures/<ref:ref>/confirmation/", erasing.confirm, STAFF, "confirm"),
    page("erasures/<ref:ref>/withdrawal/", erasing.withdraw, STAFF, "withdraw"),
    page("retention/", erasing.retention, STAFF, "retention"),
    page("retention/<ref:ref>/", erasing.rule, PEOPLE_ANSWER_ANYBODY, "rule"),
    page("retention/<ref:ref>/automatic/", erasing.automatic, AUDIT_READ, "automatic"),
]
