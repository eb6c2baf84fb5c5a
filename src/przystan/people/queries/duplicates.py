"""The queue of records that may be one person."""

from django.db.models import QuerySet

from przystan.access.actors import Actor
from przystan.access.rights import Right

from ..enums import PairState
from ..models import PairVerdict


def suspected_pairs(actor: Actor) -> QuerySet[PairVerdict]:
    """Pairs that wait for a decision, most alike first."""
    actor.require(Right.PEOPLE_MERGE)
    return (
        _open(actor)
        .select_related("first__point", "second__point", "by")
        .prefetch_related("first__names", "second__names")
    )


def count_suspected(actor: Actor) -> int:
    """How many pairs wait; 0 for those who do not decide them."""
    return _open(actor).count() if actor.can(Right.PEOPLE_MERGE) else 0


def _open(actor: Actor) -> QuerySet[PairVerdict]:
    return PairVerdict.objects.filter(
        state=PairState.SUSPECTED,
        first__organisation_id=actor.organisation_id,
        second__organisation_id=actor.organisation_id,
        first__merged_into__isnull=True,
        second__merged_into__isnull=True,
    ).order_by("-score", "id")
