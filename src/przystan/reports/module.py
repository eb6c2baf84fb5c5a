"""What `reports` declares to the rest of the house (`access.modules`)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from przystan.access.modules import FirstStep, Later, Module, SideLink
from przystan.access.rights import SETTINGS
from przystan.funding.models import Allocation

from .by_errand import FILE
from .rights import REPORTS_READ

MODULE = Module(
    at="reports/",
    guide="reports",
    ways={"figures": "reports:programme", "left_out": "reports:left_out"},
    parts={"today.programmes": (Later("reports:at_risk"),)},
    navigation=(SideLink(_("Reports"), "reports:index", "chart-column", 60, frozenset({REPORTS_READ})),),
    errands=(FILE,),
    first_steps=(
        FirstStep(
            "report",
            60,
            SETTINGS,
            "reports:index",
            _("The first report"),
            _("Say on the programme’s page what its funder counts: the number stands here as soon as it pays for one."),
            lambda actor: Exists(
                Allocation.objects.filter(programme__organisation=OuterRef("pk"), programme__indicators__isnull=False)
            ),
        ),
    ),
    deeds={"reports.export": _("took a report out")},
)
