"""Who may change an institution."""

from typing import TYPE_CHECKING

from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import decide

from .rights import INSTITUTIONS_MERGE, INSTITUTIONS_WRITE

if TYPE_CHECKING:
    from .models import Institution


def require_write(by: Actor, institution: "Institution") -> None:
    """Raise Forbidden unless the actor may change it; of one that was merged away nobody may."""
    decision = decide(by, INSTITUTIONS_WRITE, institution)
    if not decision.allowed or institution.merged_into_id:
        raise Forbidden(decision.reason)


def require_merge(by: Actor, one: "Institution", other: "Institution") -> None:
    """Raise Forbidden unless the actor may say whether these two are one."""
    for institution in (one, other):
        decision = decide(by, INSTITUTIONS_MERGE, institution)
        if not decision.allowed:
            raise Forbidden(decision.reason)
