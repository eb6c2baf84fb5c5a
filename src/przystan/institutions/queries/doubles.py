"""The queue of entries that may be one institution."""

from django.db.models import QuerySet

from przystan.access.actors import Actor

from ..enums import PairState
from ..models import Institution, InstitutionPair
from ..rights import INSTITUTIONS_MERGE


def suspected_pairs(actor: Actor) -> QuerySet[InstitutionPair]:
    """Pairs that wait for a decision, most alike first."""
    actor.require(INSTITUTIONS_MERGE)
    pairs = _open(actor).select_related("first__kind", "second__kind").order_by("-score", "id")
    return pairs.prefetch_related("first__names", "second__names", "first__addresses", "second__addresses")


def count_suspected(actor: Actor) -> int:
    """How many pairs wait; 0 for those who do not decide them."""
    return _open(actor).count() if actor.can(INSTITUTIONS_MERGE) else 0


def _open(actor: Actor) -> QuerySet[InstitutionPair]:
    ours = Institution.objects.seen_by(actor).current().values("pk")
    return InstitutionPair.objects.filter(state=PairState.SUSPECTED, first__in=ours, second__in=ours)
