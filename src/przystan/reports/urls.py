from przystan.access.addresses import page
from przystan.access.rights import Right

from .views import exporting, numbers, protected

app_name = "reports"
urlpatterns = [
    page("", numbers.index, Right.REPORTS_READ, "index"),
    page("risks/", numbers.at_risk, Right.PROGRAMMES_READ, "at_risk", background=True),
    page("protected/", protected.left_out, Right.PEOPLE_PROTECT, "left_out"),
    page("files/<ref:ref>/", exporting.job, Right.REPORTS_EXPORT, "job", background=True),
    page("files/<ref:ref>/content/", exporting.fetch, Right.REPORTS_EXPORT, "fetch"),
    page("<ref:ref>/", numbers.programme, Right.REPORTS_READ, "programme"),
    page("<ref:ref>/file/", exporting.export, Right.REPORTS_EXPORT, "export"),
    page("<ref:programme>/<ref:ref>/", numbers.indicator, Right.REPORTS_READ, "indicator"),
    page("<ref:programme>/<ref:ref>/list/", numbers.evidence, Right.EVIDENCE_READ, "evidence"),
]
