"""What the user decides about rows before the import."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.people.rights import IMPORT
from przystan.people.rules.same_person import Verdict, is_contradicted, verdict

from ..enums import BatchState, Decision, ImportKind
from ..models import ImportBatch, ImportRow
from ..rules.drafts import OPEN, REPEATED, is_open
from .checking import counts
from .repeating import ask_repeated
from .storing import store_found
from .trial import TRIED, trial

OFFERED, AGAIN = "offered", "repeated"  # answers to all open rows at once, beside "new"


@transaction.atomic
def decide(*, by: Actor, batch: ImportBatch, decisions: Mapping[str, str]) -> None:
    """Row (`ImportRow.label`) -> "new" (of a support: an anonymous contact), "skip", or the reference of the person (or
    "#row") that the row is about; anything else leaves it as it is. What changed is tried again against the ledger.
    """
    by.require(IMPORT)
    batch = ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.CHECKED:
        raise ValidationError(_("This file is not ready to be imported. Look at its page again."))
    numbers = {int(label.partition(".")[0]) for label in decisions}
    rows = [row for row in batch.rows.filter(number__in=numbers).order_by("number", "part") if row.label in decisions]
    asked = {row.label for row in rows if REPEATED.intersection(found["code"] for found in row.problems)}
    rows = [row for row in rows if _decide(row, decisions[row.label])]
    if batch.kind == ImportKind.SUPPORTS:
        ask_repeated(by, batch, [row for row in rows if row.label not in asked])
        trial(by, [row for row in rows if not row.problems and row.decision != Decision.SKIP])
    store_found(rows)
    batch.counts = counts(list(batch.rows.only("problems", "remarks", "decision", "entry")))
    batch.save(update_fields=["counts"])


def decide_open(*, by: Actor, batch: ImportBatch, choice: str) -> None:
    """Answer all open questions of a batch at once: "new" for every row, or "offered", which takes the one person who
    may be meant and leaves rows open of which nobody or several may be, or "repeated", which leaves out what is there.
    """
    there = [row for row in batch.rows.exclude(problems=[]) if is_open(row.decision, row.problems)]
    rows = [row for row in there if row.decision == Decision.NEW]
    if choice == AGAIN:
        decide(by=by, batch=batch, decisions={row.label: Decision.SKIP for row in there if row not in rows})
    elif choice == Decision.NEW:
        decide(by=by, batch=batch, decisions={row.label: Decision.NEW for row in rows})
    elif choice == OFFERED:
        offered = {row.label: _offered(row) for row in rows}
        decide(by=by, batch=batch, decisions={label: refs[0] for label, refs in offered.items() if len(refs) == 1})


def _offered(row: ImportRow) -> list[str]:
    """Who may be meant by a row, nothing speaking against it."""
    may = [one for one in row.candidates if verdict(one["codes"]) is not Verdict.OTHER]
    return [one["ref"] for one in may if not is_contradicted(one["codes"])]


def _decide(row: ImportRow, choice: str) -> bool:
    """Set what happens with a row; False when it was so already."""
    before = row.decision, row.chosen, row.problems
    if choice in (Decision.NEW, Decision.SKIP):
        row.decision, row.chosen = choice, ""
    elif choice in {candidate["ref"] for candidate in row.candidates}:
        row.decision, row.chosen = Decision.SAME, choice
    else:
        return False
    if choice != Decision.SKIP:
        row.problems = _without(row.problems, OPEN | REPEATED)
    if before == (row.decision, row.chosen, row.problems):
        return False
    row.problems = _without(row.problems, TRIED)
    return True


def _without(problems: list[dict[str, Any]], codes: frozenset[str]) -> list[dict[str, Any]]:
    return [problem for problem in problems if problem["code"] not in codes]
