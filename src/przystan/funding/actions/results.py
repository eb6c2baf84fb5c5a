"""The one way to note what came of support: into the ledger of results, with the programme that counts it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.ledger.rights import LEDGER_CLOSE
from przystan.results import actions as ledger
from przystan.results.models import Result
from przystan.results.rights import RESULTS_NOTE
from przystan.results.rules import Reached

from ..models import Programme, ResultAllocation
from ..queries.cases import case_of_result
from ..queries.payers import Payers, Ranked
from ..rights import PAYER_CHOOSE
from .given import SUGGESTED, Unpaid, Wish
from .paying import pick
from .refusals import CounterEntry, ReasonMissing, in_words


@dataclass(frozen=True)
class Noted:
    """A result in the ledger, and the programme that counts it (`allocation`), or why none does (`unpaid`)."""

    result: Result
    allocation: ResultAllocation | None = None
    unpaid: Unpaid | None = None

    @property
    def payer(self) -> Programme | None:
        """The programme that counts it."""
        return self.allocation.programme if self.allocation else None


def note_result(*, by: Actor, reached: Reached, payer: str | None = None, reason: str = "") -> Noted:
    """Write one result and which programme counts it. See `Wish` and `note_results`."""
    return note_results(by=by, reached=[reached], wishes=[Wish(payer, reason)])[0]


@transaction.atomic
def note_results(*, by: Actor, reached: Sequence[Reached], wishes: Sequence[Wish] = ()) -> list[Noted]:
    """Write results in the order given, each with the payer of its wish (none given: the one suggested). All or none.

    A programme may count a result of its days and territory where one of its indicators counts the kind and its rule
    does not refuse the person. As many statements for ten thousand as for one. Raises what
    `results.actions.note_all` and `pay_all` raise.
    """
    with audit.together():
        results = ledger.note_all(by=by, reached=reached)
        return _pay(by, results, wishes or [SUGGESTED] * len(results))


@transaction.atomic
def amend_result(*, by: Actor, result: Result, reached: Reached, version: int | None = None) -> Noted:
    """Change a result of an open period. Its payer stays while it may count it; else the one suggested now does.

    `version`: of the entry that was read; ChangedMeanwhile when somebody amended it since.
    """
    before = ResultAllocation.objects.filter(result=result).select_related("programme").first()
    changed = ledger.amend(by=by, result=result, reached=reached, version=version)
    if before and before.programme in _possible(Payers(by, [case_of_result(changed)]).ranked(0)):
        return Noted(changed, before)
    if before:
        _withdraw(by, changed)
    return _pay(_with_note(by), [changed], [SUGGESTED])[0]


@transaction.atomic
def correct_result(
    *, by: Actor, result: Result, reason: str, reached: Reached | None = None
) -> tuple[Result, Noted | None]:
    """Correct a closed result: the counter-entry takes from the payer of what it reverses, the right one is new."""
    by.require(LEDGER_CLOSE)
    by = _with_note(by)  # who closes periods corrects them, also without noting results otherwise
    counter, right = ledger.correct(by=by, result=result, reason=reason, reached=reached)
    if row := ResultAllocation.objects.filter(result=result).first():
        row.result, row.by_id = counter, by.user_id
        with door(), in_words():
            row.save(force_insert=True)
        audit.record(by, "funding.attribute", counter, ["payer"])
    return counter, _pay(by, [right], [SUGGESTED])[0] if right else None


@transaction.atomic
def choose_result_payer(*, by: Actor, result: Result, payer: str, reason: str = "") -> Noted:
    """Another programme counts a result of an open period, or none ("").

    CounterEntry, ClosedPeriod, PayerRefused; ReasonMissing for another than the suggested one, and for none.
    """
    by.require(PAYER_CHOOSE)
    result = Result.objects.open_to(by).select_for_update(of=("self",)).get(pk=result.pk)
    if result.sign == -1:
        raise CounterEntry()
    had = ResultAllocation.objects.filter(result=result).exists()
    if had and payer == "" and not reason.strip():
        raise ReasonMissing()
    if had:
        _withdraw(by, result)
    return _pay(_with_note(by), [result], [Wish(payer, reason)])[0]


def _pay(by: Actor, results: Sequence[Result], wishes: Sequence[Wish]) -> list[Noted]:
    """Payers of results that have none yet. A counter-entry gets none here: it follows what it reverses."""
    by.require(RESULTS_NOTE)
    payers = Payers(by, [case_of_result(result) for result in results], hold=True)
    noted = []
    for at, (result, wish) in enumerate(zip(results, wishes, strict=True)):
        picked = None if wish.payer == "" else pick(by, wish, payers.ranked(at))
        row = ResultAllocation(result=result, **picked._asdict()) if picked else None
        why = Unpaid.CHOSEN if wish.payer == "" else None if row else Unpaid.NONE_FITS
        noted.append(Noted(result, row, why))
    rows = [one.allocation for one in noted if one.allocation]
    if rows:
        with door(), in_words():
            ResultAllocation.objects.bulk_create(rows, batch_size=5000)
        audit.record_all(by, "funding.attribute", [row.result for row in rows], ["payer"])
    return noted


def _withdraw(by: Actor, result: Result) -> None:
    with door(), in_words():
        ResultAllocation.objects.filter(result=result).delete()
    audit.record(by, "funding.withdraw", result, ["payer"])


def _possible(ranked: Sequence[Ranked]) -> list[Programme]:
    return [one.programme for one in ranked if one.verdict is not False and not one.outside]


def _with_note(by: Actor) -> Actor:
    """The same actor for a step that another right, checked before, implies."""
    return replace(by, rights=by.rights | {RESULTS_NOTE})
