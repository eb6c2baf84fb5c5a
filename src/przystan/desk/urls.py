from przystan.access.addresses import STAFF, page
from przystan.funding.rights import PAYER_CHOOSE
from przystan.ledger.rights import LEDGER_CLOSE, REPORTS_EXPORT
from przystan.people.rights import PEOPLE_READ
from przystan.results.rights import RESULTS_NOTE, RESULTS_READ
from przystan.support.rights import SUPPORT_LOG, SUPPORT_READ

from .views import confirmation, ledger, log, periods, person, quick, results, settings, supports, today, week, who

app_name = "desk"
urlpatterns = [
    page("", today.today, STAFF, "today", guide="first-day"),
    page("contacts/new/", quick.contact, SUPPORT_LOG, "contact"),
    page("groups/new/", quick.group, SUPPORT_LOG, "group"),
    page("people/<ref:ref>/", person.person, PEOPLE_READ, "person", guide="people"),
    page("people/<ref:ref>/confirmation/", confirmation.confirmation, SUPPORT_READ, "confirmation", guide="support"),
    page("periods/", periods.periods, LEDGER_CLOSE, "periods"),
    page("results/", results.results, RESULTS_READ, "results"),
    page("results/new/", results.note, RESULTS_NOTE, "note_result"),
    page("results/<ref:ref>/", results.result, RESULTS_READ, "result"),
    page("results/<ref:ref>/amendment/", results.amend, RESULTS_NOTE, "amend_result"),
    page("results/<ref:ref>/correction/", results.correct, LEDGER_CLOSE, "correct_result"),
    page("results/<ref:ref>/history/", results.history, RESULTS_READ, "result_history"),
    page("results/<ref:ref>/payer/", results.payer, PAYER_CHOOSE, "result_payer"),
    page("results/<ref:ref>/removal/", results.remove, RESULTS_NOTE, "remove_result"),
    page("settings/", settings.settings, STAFF, "settings", guide="team"),
    page("supports/", ledger.supports, SUPPORT_READ, "supports"),
    page("supports/file/", ledger.export, REPORTS_EXPORT, "export"),
    page("supports/new/", log.log, SUPPORT_LOG, "log"),
    page("supports/people/", who.who, SUPPORT_LOG, "who"),
    page("supports/<ref:ref>/", supports.support, SUPPORT_READ, "support"),
    page("supports/<ref:ref>/amendment/", supports.amend, SUPPORT_LOG, "amend"),
    page("supports/<ref:ref>/correction/", supports.correct, LEDGER_CLOSE, "correct"),
    page("supports/<ref:ref>/history/", supports.history, SUPPORT_READ, "support_history"),
    page("supports/<ref:ref>/payer/", supports.payer, PAYER_CHOOSE, "payer"),
    page("supports/<ref:ref>/removal/", supports.remove, SUPPORT_LOG, "remove"),
    page("supports/<ref:ref>/step/", supports.step, SUPPORT_LOG, "step"),
    page("week/", week.week, SUPPORT_READ, "week", guide="support"),
]
