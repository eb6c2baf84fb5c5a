"""What `reports` declares to the rest of the house (`access.modules`)."""

from django.utils.translation import gettext_lazy as _

from przystan.access.modules import Later, Module, SideLink

from .by_errand import FILE
from .rights import REPORTS_READ

MODULE = Module(
    at="reports/",
    ways={"figures": "reports:programme", "left_out": "reports:left_out"},
    parts={"today.programmes": (Later("reports:at_risk"),)},
    navigation=(SideLink(_("Reports"), "reports:index", "chart-column", 60, frozenset({REPORTS_READ})),),
    errands=(FILE,),
    deeds={"reports.export": _("took a report out")},
)
