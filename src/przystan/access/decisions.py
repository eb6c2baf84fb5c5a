"""The one decision: may this actor do this with this object, or this field of it?

decision = right of the role, and what the table below says for the tier of the field and the actor's standing to the
object. Unknown means no. Views, templates, search, exports, jobs and files ask `decide` and nothing else; sets are
narrowed by `Model.objects.seen_by(actor)`, which a test holds equal to it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .actors import Actor, Forbidden
from .rights import Right
from .tiers import Tier, tiers_of


class Standing(StrEnum):
    """What the actor is to the object, from far to near; EXCLUDED is stronger than all."""

    ALIEN = "alien"
    ELSEWHERE = "elsewhere"
    POINT = "point"
    LEAD = "lead"
    TEAM = "team"
    BEARER = "bearer"
    EXCLUDED = "excluded"


STANDINGS: dict[Standing, str | Promise] = {
    Standing.ALIEN: _("another organisation"),
    Standing.ELSEWHERE: _("another point of the organisation"),
    Standing.POINT: _("the same point"),
    Standing.LEAD: _("leads the point"),
    Standing.TEAM: _("works with the person or on the case"),
    Standing.BEARER: _("holds the link that asks exactly this, without an account"),
    Standing.EXCLUDED: _("on the list of those who must not see it"),
}


class Verdict(StrEnum):
    """ALLOW: shown. MASK: that there is something shows, not what. DENY: as if it did not exist."""

    ALLOW = "allow"
    MASK = "mask"
    DENY = "deny"


VERDICTS: dict[Verdict, str | Promise] = {
    Verdict.ALLOW: _("sees"),
    Verdict.MASK: _("sees that there is something"),
    Verdict.DENY: _("does not know that it exists"),
}
A, M, D = Verdict.ALLOW, Verdict.MASK, Verdict.DENY
_COLUMNS = (
    Standing.ALIEN, Standing.ELSEWHERE, Standing.POINT, Standing.LEAD, Standing.TEAM, Standing.BEARER,
    Standing.EXCLUDED,
)  # fmt: skip
# fmt: off
_ROWS = {  #  alien elsewhere point lead team bearer excluded
    Tier.T0: (D,    A,        A,    A,   A,   A,     D),
    Tier.T1: (D,    M,        A,    A,   A,   A,     D),
    Tier.T2: (D,    D,        M,    A,   A,   D,     D),
    Tier.T3: (D,    D,        D,    D,   A,   D,     D),
    Tier.T4: (D,    D,        D,    D,   A,   D,     D),
}
# fmt: on
TABLE: dict[tuple[Tier, Standing], Verdict] = {
    (tier, standing): verdict for tier, row in _ROWS.items() for standing, verdict in zip(_COLUMNS, row, strict=True)
}


@dataclass(frozen=True)
class Decision:
    """What `decide` answers. `reason` is a code: "right", or tier and standing, such as "t2:point"."""

    verdict: Verdict
    reason: str

    @property
    def allowed(self) -> bool:
        return self.verdict is Verdict.ALLOW

    @property
    def masked(self) -> bool:
        return self.verdict is Verdict.MASK


def decide(actor: Actor, right: Right, obj: Any, field: str = "") -> Decision:
    """Whether `actor` may use `right` on `obj`, or on one `field` of it (a name declared in `class Privacy`).

    Without a field: on the object as such, which is as sensitive as its `least_tier`. A field is at least that.
    """
    if not actor.can(right):
        return Decision(Verdict.DENY, "right")
    tier = obj.least_tier
    if field:
        tier = max(tier, tiers_of(obj.Privacy)[field])
    return verdict(tier, obj.standing_of(actor))


def verdict(tier: Tier, standing: Standing) -> Decision:
    """What the table says."""
    return Decision(TABLE.get((tier, standing), Verdict.DENY), f"t{int(tier)}:{standing}")


def of_everybody(actor: Actor, tier: Tier) -> bool:
    """Whether the actor sees fields of this tier of everybody in the organisation, but for who is kept from them.

    Asked of counts: a number tells about all who could be in it, so the farthest of them decides.
    """
    farthest = Standing.LEAD if actor.leads is None else Standing.POINT if actor.points is None else Standing.ELSEWHERE
    return verdict(tier, farthest).allowed


def require(actor: Actor, right: Right, obj: Any, field: str = "") -> None:
    """Raise Forbidden unless `decide` allows."""
    decision = decide(actor, right, obj, field)
    if not decision.allowed:
        raise Forbidden(decision.reason)
