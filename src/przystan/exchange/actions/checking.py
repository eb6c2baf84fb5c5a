"""Every row understood, or said why not; whoever may be meant, offered. Nothing is written but the rows themselves."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial

from django.db import transaction
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.people.queries.many import Likeness, alike_many

from ..enums import Decision, Kind, State
from ..models import ImportBatch, ImportRow
from ..queries.people_rows import read_person
from ..queries.support_rows import read_support
from ..queries.twins import described, twins
from ..queries.words import Meanings
from ..rules.drafts import Draft, Problem
from .matching import ages_on
from .storing import store_found
from .trial import trial, try_people

# A registered person with such a score and nobody near is taken for the one that is meant; a user may decide otherwise.
SURE = 1.05
STEP = 1000
Progress = Callable[[int], None]


def check(*, by: Actor, batch: ImportBatch, progress: Progress = lambda done: None) -> None:
    """Read every row of a batch in state CHECKING; afterwards it is CHECKED, with counts of what would happen."""
    batch.checked_at = timezone.now()  # what comes in from here on, this check does not know
    rows = list(batch.rows.order_by("number"))
    mapping = {int(column): field for column, field in batch.mapping.items()}
    meanings, today = Meanings(by), timezone.localdate()
    read = partial(read_person, ages_on=ages_on(batch)) if batch.kind == Kind.PEOPLE else read_support
    drafts = [_without_holes(row, read(tuple(row.cells), mapping, meanings, today)) for row in rows]
    for start in range(0, len(rows), STEP):
        part = slice(start, start + STEP)
        _offer(by, batch.kind, rows[part], drafts[part])
        progress(min(start + STEP, len(rows)))
    if batch.kind == Kind.PEOPLE:
        try_people(by, drafts)
        _offer_twins(rows, drafts)
    for row, draft in zip(rows, drafts, strict=True):
        row.entry, row.problems = draft.entry, [asdict(problem) for problem in draft.problems]
        row.remarks = [*filter(_is_of_file, row.remarks), *map(asdict, draft.remarks)]
    if batch.kind == Kind.SUPPORTS:
        trial(by, [row for row in rows if not row.problems and row.decision != Decision.SKIP])
    keep(batch, rows)


def keep(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Store what was found out about the rows, and how many there are of which kind."""
    with transaction.atomic():
        store_found(rows)
        batch.state, batch.counts, batch.rows_done = State.CHECKED, counts(rows), len(rows)
        batch.save(update_fields=["state", "counts", "rows_done", "checked_at"])


def counts(rows: Sequence[ImportRow]) -> dict[str, int]:
    """How many rows would be new, linked, left out, refused; and of how many something is remarked."""
    kinds = Counter("bad" if row.problems and row.decision != Decision.SKIP else str(row.decision) for row in rows)
    noted = sum(bool(row.remarks) for row in rows)
    return {"new": kinds["new"], "same": kinds["same"], "skip": kinds["skip"], "bad": kinds["bad"], "noted": noted}


def _is_of_file(remark: object) -> bool:
    """Whether reading the file remarked it: a code alone. What a check remarks is found anew by the next."""
    return isinstance(remark, str)


def _without_holes(row: ImportRow, draft: Draft) -> Draft:
    """A formula without a stored value is a hole in the row: better refused than half imported."""
    if "formula_without_value" in row.remarks:
        draft.problems.append(Problem(None, "formula_without_value"))
    return draft


def _offer(by: Actor, kind: str, rows: Sequence[ImportRow], drafts: Sequence[Draft]) -> None:
    found = alike_many(by, [described(draft.entry) for draft in drafts])
    for row, draft, likely in zip(rows, drafts, found, strict=True):
        row.candidates = [asdict(one) for one in likely[:5]]
        row.decision, row.chosen = Decision.NEW, ""
        if _is_sure(likely) if kind == Kind.PEOPLE else _is_only(likely):
            row.decision, row.chosen = Decision.SAME, likely[0].ref
        elif kind == Kind.SUPPORTS and (draft.entry.get("person_name") or draft.entry.get("reference")):
            draft.problems.append(Problem(None, "several_found" if likely else "nobody_found"))


def _is_sure(likely: Sequence[Likeness]) -> bool:
    """Somebody by name and birth date, phone or reference, clearly before the next."""
    if not likely or likely[0].score < SURE or "birth_differs" in likely[0].codes:
        return False
    return len(likely) == 1 or likely[1].score < likely[0].score - 0.1


def _is_only(likely: Sequence[Likeness]) -> bool:
    return len(likely) == 1 or _is_sure(likely)


def _offer_twins(rows: Sequence[ImportRow], drafts: Sequence[Draft]) -> None:
    """Rows of one file that seem to be one person: the later offers the earlier, as "#number"."""
    for later, (earlier, likeness) in twins([draft.entry for draft in drafts]).items():
        row = rows[later]
        number = f"#{rows[earlier].number}"
        row.candidates = [asdict(Likeness(number, likeness.score, likeness.codes)), *row.candidates][:5]
        if row.decision == Decision.NEW and likeness.score >= SURE and not drafts[earlier].problems:
            row.decision, row.chosen = Decision.SAME, number
