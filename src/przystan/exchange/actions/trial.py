"""The dry run: people are tried one by one, supports are written as they would be, looked at, and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from przystan.access.actors import Actor
from przystan.funding.actions import Given
from przystan.funding.models import Programme
from przystan.people.actions.bulk import faults
from przystan.people.actions.registration import Newcomer

from ..models import ImportBatch, ImportRow
from ..refusals import refusals
from ..rows.entries import Rows, newcomer
from ..rules.drafts import Draft, Problem
from .giving import give_rows, is_refused, payer_of

TRIED = frozenset({"refused", "payer_refused"})  # problems that a trial finds


def trial(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Add to the rows what the ledger or their payer would refuse; the database is as before."""
    if not rows:
        return
    try:
        given = _written_and_taken_back(by, batch, rows)
    except ValidationError:
        _apart(by, batch, rows)
    else:
        _refused_payers(by, batch, [row for row, one in zip(rows, given, strict=True) if is_refused(one)])


def try_people(by: Actor, drafts: Iterable[Draft]) -> None:
    """Add to drafts that seem good what the register would refuse: one bad value must not stop the whole file later."""
    known = Rows(by)
    for draft in drafts:
        if not draft.problems:
            described = newcomer(draft.entry, known)
            draft.problems += [
                Problem(None, "unfit", said) for said in refusals(partial(_require_fit, by=by, newcomer=described))
            ]


def _require_fit(*, by: Actor, newcomer: Newcomer) -> None:
    if said := faults(by=by, newcomer=newcomer):
        raise ValidationError(said)


def _apart(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Halves until the refused rows are alone."""
    if len(rows) == 1:
        said = refusals(partial(_written_and_taken_back, by, batch, rows))
        found = [asdict(Problem(None, "refused", one)) for one in said]
        rows[0].problems = [*rows[0].problems, *found]
        return
    middle = len(rows) // 2
    trial(by, batch, rows[:middle])
    trial(by, batch, rows[middle:])


def _written_and_taken_back(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> list[list[Given]]:
    with transaction.atomic():
        given = give_rows(by, batch, rows, Rows(by))
        transaction.set_rollback(True)
    return given


def _refused_payers(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    refs = {payer_of(batch, row) for row in rows}
    names = dict(Programme.objects.seen_by(by).filter(ref__in=refs).values_list("ref", "name")) if refs else {}
    for row in rows:
        row.problems = [*row.problems, asdict(Problem(None, "payer_refused", names[payer_of(batch, row)]))]
