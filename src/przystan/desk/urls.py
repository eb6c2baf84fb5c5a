from przystan.access.addresses import STAFF, page
from przystan.funding.rights import PAYER_CHOOSE
from przystan.ledger.rights import LEDGER_CLOSE
from przystan.people.rights import PEOPLE_READ
from przystan.support.rights import SUPPORT_LOG, SUPPORT_READ

from .views import log, periods, person, quick, settings, supports, today, who

app_name = "desk"
urlpatterns = [
    page("", today.today, STAFF, "today"),
    page("contacts/new/", quick.contact, SUPPORT_LOG, "contact"),
    page("groups/new/", quick.group, SUPPORT_LOG, "group"),
    page("people/<ref:ref>/", person.person, PEOPLE_READ, "person"),
    page("periods/", periods.periods, LEDGER_CLOSE, "periods"),
    page("settings/", settings.settings, STAFF, "settings"),
    page("supports/", supports.supports, SUPPORT_READ, "supports"),
    page("supports/new/", log.log, SUPPORT_LOG, "log"),
    page("supports/people/", who.who, SUPPORT_LOG, "who"),
    page("supports/<ref:ref>/", supports.support, SUPPORT_READ, "support"),
    page("supports/<ref:ref>/amendment/", supports.amend, SUPPORT_LOG, "amend"),
    page("supports/<ref:ref>/correction/", supports.correct, LEDGER_CLOSE, "correct"),
    page("supports/<ref:ref>/history/", supports.history, SUPPORT_READ, "support_history"),
    page("supports/<ref:ref>/payer/", supports.payer, PAYER_CHOOSE, "payer"),
    page("supports/<ref:ref>/removal/", supports.remove, SUPPORT_LOG, "remove"),
    page("supports/<ref:ref>/step/", supports.step, SUPPORT_LOG, "step"),
]
