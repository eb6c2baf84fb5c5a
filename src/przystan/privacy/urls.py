from django.urls import path

from .views import erasing, escrow, glass, log, overview, rights

app_name = "privacy"
urlpatterns = [
    path("", overview.index, name="index"),
    path("today/", overview.today, name="today"),
    path("ask/", glass.ask, name="ask_any"),
    path("ask/<str:model>/<ref:ref>/", glass.ask, name="ask"),
    path("sent/", glass.sent, name="sent"),
    path("glass/", glass.glasses, name="glasses"),
    path("glass/<ref:ref>/", glass.glass, name="glass"),
    path("glass/<ref:ref>/approval/", glass.approve, name="approve"),
    path("glass/<ref:ref>/refusal/", glass.refuse, name="refuse"),
    path("glass/<ref:ref>/review/", glass.review, name="review"),
    path("emergency-key/", escrow.page, name="escrow"),
    path("audit/", log.page, name="log"),
    path("audit/check/", log.check, name="check"),
    path("people/<ref:ref>/", rights.person, name="person"),
    path("people/<ref:ref>/requests/new/", rights.receive, name="receive"),
    path("people/<ref:ref>/copies/", rights.copy, name="copy"),
    path("people/<ref:ref>/restriction/", rights.restrict, name="restrict"),
    path("people/<ref:ref>/holds/new/", rights.hold, name="hold"),
    path("people/<ref:ref>/holds/<ref:hold>/end/", rights.end_hold, name="end_hold"),
    path("people/<ref:ref>/erasure/", erasing.preview, name="erasure"),
    path("copies/<ref:ref>/", rights.fetch, name="fetch"),
    path("requests/", rights.register, name="register"),
    path("requests/<ref:ref>/", rights.answer, name="answer"),
    path("requests/<ref:ref>/extension/", rights.extend, name="extend"),
    path("erasures/", erasing.erasures, name="erasures"),
    path("erasures/<ref:ref>/confirmation/", erasing.confirm, name="confirm"),
    path("erasures/<ref:ref>/withdrawal/", erasing.withdraw, name="withdraw"),
    path("retention/", erasing.retention, name="retention"),
    path("retention/<ref:ref>/", erasing.rule, name="rule"),
]
