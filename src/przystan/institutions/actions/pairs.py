"""What was decided about two entries that look alike."""

from collections.abc import Iterable

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor

from ..enums import PairState
from ..models import Institution, InstitutionPair
from ..policies import require_merge, require_write


@transaction.atomic
def suspect(*, by: Actor, one: Institution, other: Institution, score: float, reasons: Iterable[str] = ()) -> None:
    """Put two entries into the queue of likely doubles, unless it was decided already."""
    require_write(by, one)
    require_write(by, other)
    first, second = _in_order(one, other)
    values = {"state": PairState.SUSPECTED, "score": score, "reasons": list(reasons), "by_id": by.user_id}
    InstitutionPair.objects.get_or_create(first=first, second=second, defaults=values)


@transaction.atomic
def mark_different(*, by: Actor, one: Institution, other: Institution) -> None:
    """Remember that these are two; they are not offered as doubles again."""
    require_merge(by, one, other)
    decide(by, one, other, PairState.DIFFERENT)
    audit.record(by, "institution.different", one, purpose=other.ref)


def decide(by: Actor, one: Institution, other: Institution, state: PairState) -> None:
    """Write the verdict of a pair. The caller has checked the right and writes the audit row."""
    first, second = _in_order(one, other)
    values = {"state": state, "by_id": by.user_id}
    InstitutionPair.objects.update_or_create(first=first, second=second, defaults=values)


def undecide(one: Institution, other: Institution, state: str) -> None:
    """The verdict as it was before; none where there was none."""
    first, second = _in_order(one, other)
    pair = InstitutionPair.objects.filter(first=first, second=second)
    if state:
        pair.update(state=state)
    else:
        pair.delete()


def state_of(one: Institution, other: Institution) -> str:
    """What is known of two entries, in whatever order; "" for nothing."""
    first, second = _in_order(one, other)
    return InstitutionPair.objects.filter(first=first, second=second).values_list("state", flat=True).first() or ""


def _in_order(one: Institution, other: Institution) -> tuple[Institution, Institution]:
    return (one, other) if one.pk < other.pk else (other, one)
