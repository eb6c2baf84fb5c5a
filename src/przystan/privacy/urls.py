from przystan.access.addresses import STAFF, page
from przystan.access.rights import Right

from .views import erasing, escrow, glass, log, overview, releasing, rights

app_name = "privacy"
urlpatterns = [
    page("", overview.index, STAFF, "index"),
    page("today/", overview.today, STAFF, "today", background=True),
    page("ask/", glass.ask, Right.PEOPLE_READ, "ask_any"),
    page("ask/<str:model>/<ref:ref>/", glass.ask, Right.PEOPLE_READ, "ask"),
    page("sent/", glass.sent, Right.PEOPLE_READ, "sent"),
    page("glass/", glass.glasses, Right.GLASS_REVIEW, "glasses"),
    page("glass/<ref:ref>/", glass.glass, Right.GLASS_REVIEW, "glass"),
    page("glass/<ref:ref>/approval/", glass.approve, Right.GLASS_APPROVE, "approve"),
    page("glass/<ref:ref>/refusal/", glass.refuse, Right.GLASS_APPROVE, "refuse"),
    page("glass/<ref:ref>/review/", glass.review, Right.GLASS_REVIEW, "review"),
    page("emergency-key/", escrow.page, Right.GLASS_APPROVE, "escrow"),
    page("emergency-key/<int:plan>/confirmation/", escrow.confirm, Right.GLASS_APPROVE, "confirm_key"),
    page("emergency-key/<int:plan>/withdrawal/", escrow.withdraw, Right.GLASS_APPROVE, "withdraw_key"),
    page("audit/", log.page, Right.AUDIT_READ, "log"),
    page("audit/check/", log.check, Right.AUDIT_READ, "check"),
    page("people/<ref:ref>/", rights.person, Right.PEOPLE_ANSWER, "person"),
    page("people/<ref:ref>/requests/new/", rights.receive, Right.PEOPLE_ANSWER, "receive"),
    page("people/<ref:ref>/copies/", rights.copy, Right.PEOPLE_ANSWER, "copy"),
    page("people/<ref:ref>/restriction/", rights.restrict, Right.PEOPLE_ANSWER, "restrict"),
    page("people/<ref:ref>/holds/new/", rights.hold, Right.PEOPLE_ANSWER, "hold"),
    page("people/<ref:ref>/holds/<ref:hold>/end/", rights.end_hold, Right.PEOPLE_ANSWER, "end_hold"),
    page("people/<ref:ref>/erasure/", erasing.preview, Right.PEOPLE_ANSWER, "erasure"),
    page("copies/<ref:ref>/", rights.fetch, Right.PEOPLE_ANSWER, "fetch"),
    page("files/<ref:ref>/asked/", releasing.notice, Right.CASES_READ, "file_asked", background=True),
    page("files/<ref:ref>/copy/", releasing.page, Right.CASES_WRITE, "file_copy"),
    page("files/<ref:ref>/withholding/", releasing.withhold, Right.CASES_WRITE, "file_withhold"),
    page("files/<ref:ref>/copies/<ref:pack>/", releasing.fetch, Right.CASES_WRITE, "file_fetch"),
    page("requests/", rights.register, Right.PEOPLE_ANSWER, "register"),
    page("requests/<ref:ref>/", rights.answer, Right.PEOPLE_ANSWER, "answer"),
    page("requests/<ref:ref>/extension/", rights.extend, Right.PEOPLE_ANSWER, "extend"),
    page("erasures/", erasing.erasures, STAFF, "erasures"),
    page("erasures/<ref:ref>/confirmation/", erasing.confirm, STAFF, "confirm"),
    page("erasures/<ref:ref>/withdrawal/", erasing.withdraw, STAFF, "withdraw"),
    page("retention/", erasing.retention, STAFF, "retention"),
    page("retention/<ref:ref>/", erasing.rule, Right.PEOPLE_ANSWER, "rule"),
    page("retention/<ref:ref>/automatic/", erasing.automatic, Right.AUDIT_READ, "automatic"),
]
