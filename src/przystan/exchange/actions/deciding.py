"""What the user decides about rows before the import."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.access.rights import Right

from ..enums import Decision, Kind, State
from ..models import ImportBatch, ImportRow
from .checking import counts
from .storing import store_found

OPEN = ("several_found", "nobody_found")  # problems that choosing a person solves


@transaction.atomic
def decide(*, by: Actor, batch: ImportBatch, decisions: dict[int, str]) -> None:
    """Row number -> "new", "skip", or the reference of the person (or "#row") that the row is about."""
    by.require(Right.IMPORT)
    batch = ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
    if batch.state != State.CHECKED:
        raise ValidationError(_("This file is not ready to be imported. Look at its page again."))
    rows = list(batch.rows.filter(number__in=decisions))
    for row in rows:
        _decide(row, decisions[row.number], batch.kind)
    store_found(rows)
    batch.counts = counts(list(batch.rows.only("problems", "decision")))
    batch.save(update_fields=["counts"])


def _decide(row: ImportRow, choice: str, kind: str) -> None:
    if choice in (Decision.NEW, Decision.SKIP):
        row.decision, row.chosen = choice, ""
    elif choice in {candidate["ref"] for candidate in row.candidates}:
        row.decision, row.chosen = Decision.SAME, choice
        if kind == Kind.SUPPORTS:
            row.problems = [problem for problem in row.problems if problem["code"] not in OPEN]
