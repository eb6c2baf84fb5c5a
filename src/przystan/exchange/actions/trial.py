"""The dry run: people are tried one by one, supports are written as they would be, looked at, and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from przystan.access.actors import Actor
from przystan.funding.models import Programme
from przystan.funding.queries.sets import verdicts_of
from przystan.people.actions.bulk import faults
from przystan.support.actions import record_all
from przystan.support.models import Support
from przystan.support.rules import Entry

from ..models import ImportRow
from ..rules.drafts import Draft, Problem
from .writing import Rows, ledger_entry, newcomer, people_of

TRIED = frozenset({"refused", "payer_refused"})  # problems that a trial finds


def trial(by: Actor, rows: Sequence[ImportRow]) -> None:
    """Add to the rows what the ledger or their payer would refuse; the database is as before."""
    if not rows:
        return
    try:
        with transaction.atomic():
            _refused_payers(by, rows, record_all(by=by, entries=_entries(by, rows)))
            transaction.set_rollback(True)
    except ValidationError:
        _one_by_one(by, rows)


def try_people(by: Actor, drafts: Iterable[Draft]) -> None:
    """Add to drafts that seem good what the register would refuse: one bad value must not stop the whole file later."""
    known = Rows(by)
    for draft in drafts:
        if not draft.problems:
            draft.problems += [
                Problem(None, "unfit", text) for text in faults(by=by, newcomer=newcomer(draft.entry, known))
            ]


def _entries(by: Actor, rows: Sequence[ImportRow]) -> list[Entry]:
    known = Rows(by)
    return [ledger_entry(row.entry, person, known) for row, person in zip(rows, people_of(rows), strict=True)]


def _one_by_one(by: Actor, rows: Sequence[ImportRow]) -> None:
    """Halves until the refused rows are alone."""
    if len(rows) > 1:
        middle = len(rows) // 2
        trial(by, rows[:middle])
        trial(by, rows[middle:])
        return
    try:
        with transaction.atomic():
            record_all(by=by, entries=_entries(by, rows))
            transaction.set_rollback(True)
    except ValidationError as error:
        rows[0].problems = [*rows[0].problems, asdict(Problem(None, "refused", " ".join(error.messages)))]


def _refused_payers(by: Actor, rows: Sequence[ImportRow], supports: Sequence[Support]) -> None:
    for ref in {row.entry["payer"] for row in rows if "payer" in row.entry}:
        programme = Programme.objects.seen_by(by).get(ref=ref)
        paid = [(row, s) for row, s in zip(rows, supports, strict=True) if row.entry.get("payer") == ref]
        verdicts = verdicts_of([support.pk for _, support in paid], programme)
        for row, support in paid:
            if programme.outside or verdicts.get(support.pk) is False:
                row.problems = [*row.problems, asdict(Problem(None, "payer_refused", programme.name))]
