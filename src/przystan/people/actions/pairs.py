"""What was decided about two records that look alike."""

from collections.abc import Iterable

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import Standing

from ..enums import PairState
from ..models import PairVerdict, Person
from ..policies import require_merge, require_write


@transaction.atomic
def suspect(*, by: Actor, one: Person, other: Person, score: float, reasons: Iterable[str] = ()) -> None:
    """Put two records into the queue of likely duplicates, unless it was decided already.

    `other` may belong to another point, where the actor knows no more than the name.
    """
    require_write(by, one)
    if other.standing_of(by) in (Standing.ALIEN, Standing.EXCLUDED):
        raise Forbidden("people.suspect")
    first, second = _in_order(one, other)
    PairVerdict.objects.get_or_create(
        first=first,
        second=second,
        defaults={"state": PairState.SUSPECTED, "score": score, "reasons": list(reasons), "by_id": by.user_id},
    )


@transaction.atomic
def mark_different(*, by: Actor, one: Person, other: Person) -> None:
    """Remember that these are two people; they are not offered as duplicates again."""
    require_merge(by, one, other)
    decide(by, one, other, PairState.DIFFERENT)
    audit.record(by, "person.different", one, purpose=other.ref)


def decide(by: Actor, one: Person, other: Person, state: PairState) -> None:
    """Write the verdict of a pair. The caller has checked the right and writes the audit row."""
    first, second = _in_order(one, other)
    PairVerdict.objects.update_or_create(first=first, second=second, defaults={"state": state, "by_id": by.user_id})


def pair_of(one: Person, other: Person) -> PairVerdict | None:
    """What is known of two records, in whatever order they are given."""
    first, second = _in_order(one, other)
    return PairVerdict.objects.filter(first=first, second=second).first()


def _in_order(one: Person, other: Person) -> tuple[Person, Person]:
    return (one, other) if one.pk < other.pk else (other, one)
