"""The queue of records that may be one person."""

from django.db.models import QuerySet

from przystan.access.actors import Actor

from ..enums import PairState
from ..models import PairVerdict, Person
from ..rights import PEOPLE_MERGE


def suspected_pairs(actor: Actor) -> QuerySet[PairVerdict]:
    """Pairs that wait for a decision, most alike first."""
    actor.require(PEOPLE_MERGE)
    return (
        _open(actor)
        .select_related("first__point", "second__point", "by")
        .prefetch_related("first__names", "second__names")
    )


def count_suspected(actor: Actor) -> int:
    """How many pairs wait; 0 for those who do not decide them."""
    return _open(actor).count() if actor.can(PEOPLE_MERGE) else 0


def _open(actor: Actor) -> QuerySet[PairVerdict]:
    """Pairs of two people both of whose sensitive facts the actor may compare."""
    people = Person.objects.worked_with_by(actor).current().values("pk")
    pairs = PairVerdict.objects.filter(state=PairState.SUSPECTED, first__in=people, second__in=people)
    return pairs.order_by("-score", "id")
