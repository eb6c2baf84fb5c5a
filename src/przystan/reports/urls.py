from przystan.access.addresses import page
from przystan.funding.rights import EVIDENCE_READ, PROGRAMMES_READ
from przystan.ledger.rights import REPORTS_EXPORT
from przystan.people.rights import PEOPLE_PROTECT

from .rights import REPORTS_READ
from .views import exporting, numbers, protected

app_name = "reports"
urlpatterns = [
    page("", numbers.index, REPORTS_READ, "index"),
    page("risks/", numbers.at_risk, PROGRAMMES_READ, "at_risk", background=True),
    page("protected/", protected.left_out, PEOPLE_PROTECT, "left_out", guide="cases"),
    page("<ref:ref>/", numbers.programme, REPORTS_READ, "programme"),
    page("<ref:ref>/file/", exporting.export, REPORTS_EXPORT, "export"),
    page("<ref:programme>/<ref:ref>/", numbers.indicator, REPORTS_READ, "indicator"),
    page("<ref:programme>/<ref:ref>/list/", numbers.evidence, EVIDENCE_READ, "evidence"),
]
