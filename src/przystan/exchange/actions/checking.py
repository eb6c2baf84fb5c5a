"""Every row understood, or said why not; whoever may be meant, offered. Nothing is written but the rows themselves."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.queries.many import Likeness, alike_many
from przystan.people.rules.same_person import Verdict, is_doubted

from ..enums import BatchState, Decision, ImportKind
from ..models import ImportBatch, ImportRow
from ..queries.twins import described, twins
from ..queries.words import Meanings
from ..rules.drafts import OPEN, Draft, Problem, is_open
from . import institutions
from .families import find_families
from .repeating import ask_repeated
from .storing import store_found
from .trial import trial, try_people
from .understanding import understand

STEP = 1000
KINDS = ("new", "same", "skip", "bad", "open")
Progress = Callable[[int], None]


def check(*, by: Actor, batch: ImportBatch, progress: Progress = lambda done: None) -> None:
    """Read every row of a batch in state CHECKING; afterwards it is CHECKED, with counts of what would happen."""
    batch.checked_at = timezone.now()  # what comes in from here on, this check does not know
    file = list(batch.rows.filter(part=0).order_by("number"))
    rows, drafts = understand(batch, file, Meanings(by), timezone.localdate())
    if batch.kind == ImportKind.INSTITUTIONS:
        institutions.offer(by, rows, drafts)
        institutions.try_institutions(by, drafts)
    for start in range(0, len(rows) if batch.kind != ImportKind.INSTITUTIONS else 0, STEP):
        part = slice(start, start + STEP)
        _offer(by, batch.kind, rows[part], drafts[part])
        progress(min(start + STEP, len(rows)))
    if batch.kind == ImportKind.PEOPLE:
        try_people(by, drafts)
        _offer_twins(rows, drafts)
        find_families(batch, rows, drafts)
    _leave_out(rows, drafts)
    for row, draft in zip(rows, drafts, strict=True):
        row.entry, row.problems = draft.entry, [asdict(problem) for problem in draft.problems]
        row.remarks = [*filter(_is_of_file, row.remarks), *map(asdict, draft.remarks)]
    if batch.of_ledger:
        ask_repeated(by, batch, rows)
        trial(by, batch, [row for row in rows if not row.problems and row.decision != Decision.SKIP])
    keep(batch, rows)


def keep(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Store what was found out about the rows, and how many there are of which kind."""
    with transaction.atomic():
        batch.state, batch.counts, batch.rows_done = BatchState.CHECKED, counts(rows), len(rows)
        batch.save(update_fields=["state", "counts", "rows_done", "checked_at"])  # first, as `forgetting` locks it
        batch.rows.exclude(part=0).delete()
        require_whole(batch, sum(not row.part for row in rows))
        _require_same_words(batch, rows)
        _without_hidden(batch, rows)
        ImportRow.objects.bulk_create([row for row in rows if row.part])
        store_found([row for row in rows if not row.part])


def require_whole(batch: ImportBatch, rows: int) -> None:
    """ValidationError when a file has lost rows while a job was at it: somebody was protected, of whom it would tell.

    Asked when the batch is saved, and so locked: what protects somebody waits now, or is done.
    """
    if batch.rows.count() != rows:
        raise _not_ready()


def _require_same_words(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """The same, where whoever is protected stood in the row of somebody else, which has lost only their words."""
    numbers = {row.number for row in rows if row.part}
    now = dict(batch.rows.filter(part=0, number__in=numbers).values_list("pk", "cells"))
    if any(row.cells != now[row.pk] for row in rows if row.pk in now):
        raise _not_ready()


def _without_hidden(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Nobody is offered who was protected since they were found, as `forgetting` offers nobody who is.

    ValidationError when one is taken for the person of a row: `forgetting` could not know it, and would let it go.
    """
    if batch.kind == ImportKind.INSTITUTIONS:
        return  # nobody is offered
    offered = {one["ref"] for row in rows for one in row.candidates if not one["ref"].startswith("#")}
    open_ = Person.objects.filter(organisation_id=batch.organisation_id, ref__in=offered, protected=False)
    hidden = offered.difference(open_.values_list("ref", flat=True))
    if any(row.chosen in hidden for row in rows):
        raise _not_ready()
    for row in rows:
        row.candidates = [one for one in row.candidates if one["ref"] not in hidden]


def _not_ready() -> ValidationError:
    return ValidationError(_("This file is not ready to be imported. Look at its page again."))


def counts(rows: Sequence[ImportRow]) -> dict[str, int]:
    """How many rows would be new, linked, left out, refused, or ask who is meant (each is one of these); how many have
    a remark; how many families there are.
    """
    kinds = Counter(map(_kind, rows))
    found = {kind: kinds[kind] for kind in KINDS} | {"noted": sum(bool(row.remarks) for row in rows)}
    families = len({row.entry["family"][0] for row in rows if "family" in row.entry})
    return found | ({"families": families} if families else {})


def _kind(row: ImportRow) -> str:
    if is_open(row.decision, row.problems):
        return "open"
    return "bad" if row.problems and row.decision != Decision.SKIP else str(row.decision)


def _is_of_file(remark: object) -> bool:
    """Whether reading the file remarked it: a code alone. What a check remarks is found anew by the next."""
    return isinstance(remark, str)


def _leave_out(rows: Sequence[ImportRow], drafts: Sequence[Draft]) -> None:
    """Rows about nobody, unless the user says otherwise."""
    for row, draft in zip(rows, drafts, strict=True):
        if draft.left_out:
            row.decision, row.chosen, row.candidates = Decision.SKIP, "", []


def _offer(by: Actor, kind: str, rows: Sequence[ImportRow], drafts: Sequence[Draft]) -> None:
    found = alike_many(by, [described(draft.entry) for draft in drafts])
    for row, draft, likely in zip(rows, drafts, found, strict=True):
        row.candidates = [asdict(one) for one in likely[:5]]
        row.decision, row.chosen = Decision.NEW, ""
        if len(sure := [one for one in likely if one.verdict is Verdict.SAME]) == 1:
            row.decision, row.chosen = Decision.SAME, sure[0].ref
        elif code := _question(kind, draft, likely):
            draft.problems.append(Problem(None, code))


def _question(kind: str, draft: Draft, likely: Sequence[Likeness]) -> str:
    """The problem that only the user can solve: who is meant; "" when a row is about nobody we know."""
    if kind == ImportKind.PEOPLE:
        return "perhaps_known" if any(one.verdict is not Verdict.OTHER for one in likely) else ""
    if not (draft.entry.get("person_name") or draft.entry.get("reference")):
        return ""
    return "nobody_found" if not likely else "perhaps_found" if len(likely) == 1 else "several_found"


def _offer_twins(rows: Sequence[ImportRow], drafts: Sequence[Draft]) -> None:
    """Rows of one file that seem to be one person: the later offers the earlier, as "#number"."""
    for later, (earlier, likeness) in twins([draft.entry for draft in drafts]).items():
        row = rows[later]
        number = f"#{rows[earlier].label}"
        row.candidates = [asdict(Likeness(number, likeness.score, likeness.codes)), *row.candidates][:5]
        if row.decision != Decision.NEW or drafts[earlier].problems:
            continue
        if likeness.verdict is Verdict.SAME:
            row.decision, row.chosen = Decision.SAME, number
            drafts[later].problems = [one for one in drafts[later].problems if one.code not in OPEN]
        elif any(one.code in OPEN for one in drafts[later].problems):
            continue  # asked already
        elif likeness.verdict is Verdict.PERHAPS and not is_doubted(likeness.codes):  # else a family in one file
            drafts[later].problems.append(Problem(None, "perhaps_known"))
