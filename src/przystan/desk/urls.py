from przystan.access.addresses import STAFF, page
from przystan.access.rights import Right

from .views import log, periods, person, quick, settings, supports, today, who

app_name = "desk"
urlpatterns = [
    page("", today.today, STAFF, "today"),
    page("contacts/new/", quick.contact, Right.SUPPORT_LOG, "contact"),
    page("groups/new/", quick.group, Right.SUPPORT_LOG, "group"),
    page("people/<ref:ref>/", person.person, Right.PEOPLE_READ, "person"),
    page("periods/", periods.periods, Right.LEDGER_CLOSE, "periods"),
    page("settings/", settings.settings, STAFF, "settings"),
    page("supports/", supports.supports, Right.SUPPORT_READ, "supports"),
    page("supports/new/", log.log, Right.SUPPORT_LOG, "log"),
    page("supports/people/", who.who, Right.SUPPORT_LOG, "who"),
    page("supports/<ref:ref>/", supports.support, Right.SUPPORT_READ, "support"),
    page("supports/<ref:ref>/amendment/", supports.amend, Right.SUPPORT_LOG, "amend"),
    page("supports/<ref:ref>/correction/", supports.correct, Right.LEDGER_CLOSE, "correct"),
    page("supports/<ref:ref>/history/", supports.history, Right.SUPPORT_READ, "support_history"),
    page("supports/<ref:ref>/payer/", supports.payer, Right.PAYER_CHOOSE, "payer"),
    page("supports/<ref:ref>/removal/", supports.remove, Right.SUPPORT_LOG, "remove"),
    page("supports/<ref:ref>/step/", supports.step, Right.SUPPORT_LOG, "step"),
]
