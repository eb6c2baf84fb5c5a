"""Case files as something that is kept under a tier of its own (`access.holders`)."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.holders import Holder, Holding, Section
from przystan.access.models import Glass
from przystan.access.tiers import Tier

from .actions import end_lent, lend
from .enums import TIERS
from .models import CaseFile
from .queries import case_seen, leads, whole
from .queries.copying import sections_of
from .rights import CASES_READ


class CaseFiles(Holder):
    model = "casework.casefile"
    words, one = _("a case file"), _("one case file")
    right, way = CASES_READ, "case"
    began, ended = "opened_on", "closed_on"
    holdings = {
        Tier.T2: Holding("t2_cases", _("case files of integration and support (tier 2)")),
        Tier.T3: Holding("t3", _("case files under professional secrecy (tier 3)")),
        Tier.T4: Holding("t4_cases", _("case files about violence, trafficking, discrimination (tier 4)")),
    }

    def of(self, tiers: Collection[Tier]) -> Q:
        return Q(kind__in=[kind for kind, tier in TIERS.items() if tier in tiers])

    def seen(self, actor: Actor, ref: str) -> CaseFile:
        return case_seen(actor, ref)

    def leads(self, actor: Actor, row: CaseFile) -> bool:
        return leads(actor, row)

    def lend(self, *, by: Actor, row: CaseFile, glass: Glass) -> None:
        lend(by=by, case=row, glass=glass)

    def end(self, *, glass: Glass) -> None:
        end_lent(glass=glass)

    def copy(self, actor: Actor, row: CaseFile, *, earlier: bool) -> list[Section]:
        return sections_of(row, whole(actor, row, earlier=earlier))
