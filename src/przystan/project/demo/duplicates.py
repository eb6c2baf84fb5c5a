"""The queue of likely duplicates: the demo's twins wait in it; a few brothers and sisters were told apart."""

from przystan.kernel.names import compare
from przystan.people.models import PairVerdict
from przystan.project.demo.people import Register, Twin

_SEEN_AS_ALIKE = 0.6
_TOLD_APART = 12  # one pair of siblings in so many was mistaken for one person once


def queue(register: Register, decided_by: int) -> int:
    """Write what is known of pairs; returns how many wait for a decision."""
    waiting = [_verdict(twin, "suspected", None) for twin in register.twins]
    waiting = [verdict for verdict in waiting if verdict.score >= _SEEN_AS_ALIKE]
    apart = [_verdict(twin, "different", decided_by) for twin in register.siblings[::_TOLD_APART]]
    PairVerdict.objects.bulk_create(waiting + apart, batch_size=2000)
    return len(waiting)


def _verdict(twin: Twin, state: str, by: int | None) -> PairVerdict:
    likeness = compare(*twin.texts)
    return PairVerdict(
        first_id=min(twin.first, twin.second),
        second_id=max(twin.first, twin.second),
        state=state,
        score=likeness.score,
        reasons=list(likeness.reasons),
        by_id=by,
    )
