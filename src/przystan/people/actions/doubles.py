"""The finder: looks through the whole register for records that may be one person's, and fills the queue with them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.errands.actions import keep_still
from przystan.team.models import Organisation

from ..enums import PairState
from ..models import PairVerdict
from ..queries.doubles import Pair, Tell, compared, judged, pairs_to_judge
from ..rights import PEOPLE_MERGE
from ..rules.same_person import Evidence, Verdict, stands_out

BATCH = 1000


@dataclass(frozen=True)
class Looked:
    """What came of it. `judged`: pairs that had something in common; `added`, `gone`: of the queue."""

    judged: int
    added: int
    gone: int


def _nobody(done: int, whole: Callable[[], int]) -> None: ...


@transaction.atomic
def look_through(*, by: Actor, tell: Tell = _nobody) -> Looked:
    """Compare the records of all people whom the actor works with; for the system, of the whole organisation.

    Pairs that may be one come into the queue, what is known of those that wait is said anew, and those of which nothing
    speaks for one any more go. What somebody decided stays decided.
    """
    by.require(PEOPLE_MERGE)
    pairs = pairs_to_judge(by)
    verdicts = PairVerdict.objects.filter(first__organisation=by.organisation_id)
    decided = set(verdicts.exclude(state=PairState.SUSPECTED).values_list("first_id", "second_id"))
    waiting = {(one.first_id, one.second_id): one for one in verdicts.filter(state=PairState.SUSPECTED)}
    said = dict(judged(by, (pairs | waiting.keys()) - decided, tell))
    keep_still(by.organisation_id)
    added = _add(by, {pair: one for pair, one in said.items() if pair not in waiting and stands_out(one.codes)})
    gone = _say_anew([(waiting[pair], one) for pair, one in said.items() if pair in waiting])
    centre = Organisation.objects.get(pk=by.organisation_id)
    audit.record(by, "person.look_through", centre)
    return Looked(len(said), added, gone)


def _add(by: Actor, found: dict[Pair, Evidence]) -> int:
    """New pairs, but of nobody who was hidden, erased or merged while they were looked for."""
    still = compared(by, {pk for pair in found for pk in pair})
    rows = [
        PairVerdict(
            first_id=one, second_id=other, state=PairState.SUSPECTED, score=said.score, reasons=list(said.codes)
        )
        for (one, other), said in found.items()
        if one in still and other in still
    ]
    before = PairVerdict.objects.count()
    PairVerdict.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)  # somebody may have decided since
    return PairVerdict.objects.count() - before


def _say_anew(waiting: list[tuple[PairVerdict, Evidence]]) -> int:
    """The score and reasons of today; returns how many went. What somebody was warned of, and the finder would not have
    brought, waits as long as it may be one person."""
    stale = []
    for pair, said in waiting:
        if said.verdict is Verdict.OTHER or (pair.by_id is None and not stands_out(said.codes)):
            stale.append(pair.pk)
        elif [pair.score, pair.reasons] != [said.score, list(said.codes)]:
            open_now = PairVerdict.objects.filter(pk=pair.pk, state=PairState.SUSPECTED)
            open_now.update(score=said.score, reasons=list(said.codes))
    return PairVerdict.objects.filter(Q(pk__in=stale), state=PairState.SUSPECTED).delete()[0]
