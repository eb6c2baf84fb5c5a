"""What the user decides about rows before the import."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.people.rights import IMPORT
from przystan.people.rules.same_person import Verdict, is_contradicted, verdict

from ..enums import BatchState, Decision
from ..models import ImportBatch, ImportRow
from ..queries.preview import rows_of
from ..rules.drafts import OPEN, REPEATED
from .checking import KINDS, STEP, Progress, counts
from .repeating import ask_repeated
from .storing import store_found
from .trial import TRIED, trial

OFFERED, AGAIN = "offered", "repeated"  # answers to all open rows at once, beside "new"
REST = "rest"  # of a row of an attendance sheet: the days that are not recorded yet


def _nobody(done: int) -> None:
    """Hears how far it is, where nobody asked."""


@transaction.atomic
def decide(*, by: Actor, batch: ImportBatch, decisions: Mapping[str, str], progress: Progress = _nobody) -> None:
    """Row (`ImportRow.label`) -> "new" (of a support: an anonymous contact), "skip", or the reference of the person (or
    "#row") that the row is about, or `REST`; anything else leaves it as it is. What changed is tried again against
    the ledger. `progress` hears how many rows were looked at.
    """
    by.require(IMPORT)
    batch = ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.CHECKED:
        raise ValidationError(_("This file is not ready to be imported. Look at its page again."))
    rows, before, asked = list[ImportRow](), Counter[str](), set[str]()
    for row in _asked(batch, decisions, progress):
        kinds, codes = counts([row]), {found["code"] for found in row.problems}
        if _decide(row, decisions[row.label]):
            rows.append(row)
            before.update(kinds)
            asked |= {row.label} if codes & REPEATED else set()
    if batch.of_ledger:
        ask_repeated(by, batch, [row for row in rows if row.label not in asked])
        trial(by, batch, [row for row in rows if not row.problems and row.decision != Decision.SKIP])
    for start in range(0, len(rows), STEP):
        store_found(rows[start : start + STEP])
        progress(len(decisions))
    after = counts(rows)
    batch.counts |= {kind: batch.counts.get(kind, 0) - before[kind] + after[kind] for kind in (*KINDS, "noted")}
    batch.save(update_fields=["counts"])


def decide_open(*, by: Actor, batch: ImportBatch, choice: str, progress: Progress = _nobody) -> None:
    """Answer all open questions of a batch at once: "new" for every row, or "offered", which takes the one person who
    may be meant and leaves rows open of which nobody or several may be, or "repeated", which leaves out what is there.
    """
    decisions = dict[str, str]()
    for row in _open(batch, progress):
        offered = _offered(row) if choice == OFFERED else []
        if choice == AGAIN and row.decision != Decision.NEW:
            decisions[row.label] = _without_repeated(row)
        elif choice == Decision.NEW and row.decision == Decision.NEW:
            decisions[row.label] = Decision.NEW
        elif len(offered) == 1 and row.decision == Decision.NEW:
            decisions[row.label] = offered[0]
    decide(by=by, batch=batch, decisions=decisions, progress=progress)


def _open(batch: ImportBatch, progress: Progress) -> Iterator[ImportRow]:
    """Rows that ask, as far as an answer to all needs them."""
    fields = ("batch", "number", "part", "decision", "candidates", "entry")  # else each row is asked for its batch
    for row in rows_of(batch, "open").only(*fields).iterator(STEP):
        progress(0)
        yield row


def _asked(batch: ImportBatch, decisions: Mapping[str, str], progress: Progress) -> Iterator[ImportRow]:
    """Rows that are decided on, some at a time: the database takes long over a list of very many numbers."""
    numbers = sorted({int(label.partition(".")[0]) for label in decisions})
    for start in range(0, len(numbers), STEP):
        rows = batch.rows.filter(number__in=numbers[start : start + STEP]).order_by("number", "part")
        yield from (row for row in rows if row.label in decisions)
        progress(start)


def _without_repeated(row: ImportRow) -> str:
    """What leaves out of a row what is there: the row, or of an attendance sheet the days that are recorded."""
    there = row.entry.get("there")
    return REST if there and len(there) < len(row.entry["marks"]) else Decision.SKIP


def _offered(row: ImportRow) -> list[str]:
    """Who may be meant by a row, nothing speaking against it."""
    may = [one for one in row.candidates if verdict(one["codes"]) is not Verdict.OTHER]
    return [one["ref"] for one in may if not is_contradicted(one["codes"])]


def _decide(row: ImportRow, choice: str) -> bool:
    """Set what happens with a row; False when it was so already."""
    before = row.decision, row.chosen, row.problems, row.entry.get("left")
    if choice in (Decision.NEW, Decision.SKIP):
        row.decision, row.chosen = choice, ""
    elif choice == REST and "there" in row.entry:
        row.entry = {**row.entry, "left": row.entry["there"]}
    elif choice in {candidate["ref"] for candidate in row.candidates}:
        row.decision, row.chosen = Decision.SAME, choice
        row.entry.pop("left", None)
    else:
        return False
    if choice != Decision.SKIP:
        row.problems = _without(row.problems, OPEN | REPEATED)
    if before == (row.decision, row.chosen, row.problems, row.entry.get("left")):
        return False
    row.problems = _without(row.problems, TRIED)
    return True


def _without(problems: list[dict[str, Any]], codes: frozenset[str]) -> list[dict[str, Any]]:
    return [problem for problem in problems if problem["code"] not in codes]
