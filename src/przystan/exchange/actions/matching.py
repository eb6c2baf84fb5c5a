"""Which column is what; remembered for the next file with the same headers."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy

from przystan.access.actors import Actor
from przystan.people.rights import IMPORT

from ..enums import MATCHABLE, BatchState, ImportKind
from ..models import ColumnMapping, ImportBatch
from ..queries.words import Meanings
from ..rows.attendance import read_attendance
from ..rows.institutions import read_institution
from ..rows.people import read_person
from ..rows.supports import read_support
from ..rules import notes
from ..rules.drafts import Draft
from ..rules.table import plain
from .attendance import Sheet, days_of_batch, require_sheet

Reader = Callable[[tuple[str, ...], Mapping[int, str], Meanings, date], Draft]
# Of each of these one is needed, or no row can be understood.
NEEDED: dict[ImportKind, list[tuple[str, ...]]] = {
    ImportKind.PEOPLE: [("name", "given", "family", "native_name")],
    ImportKind.SUPPORTS: [("day",), ("service",)],
    ImportKind.ATTENDANCE: [("name", "given", "family", "reference"), ("mark",)],
    ImportKind.INSTITUTIONS: [("name",)],
}
MISSING = {
    ImportKind.PEOPLE: gettext_lazy("Match a column with the name of the person."),
    ImportKind.SUPPORTS: gettext_lazy("Match one column with the day and one with the service."),
    ImportKind.ATTENDANCE: gettext_lazy("Match a column with the name of the person, and the columns of the days."),
    ImportKind.INSTITUTIONS: gettext_lazy("Match a column with the name of the institution."),
}


def remembered(batch: ImportBatch) -> dict[int, str]:
    """The mapping that this centre chose last time for the same headers; empty when it never did."""
    row = ColumnMapping.objects.filter(
        organisation_id=batch.organisation_id, kind=batch.kind, signature=signature(batch.header)
    ).first()
    return {int(column): field for column, field in row.mapping.items()} if row else {}


def signature(header: list[str]) -> str:
    """The same for headers that differ only in case and punctuation."""
    return hashlib.sha256(json.dumps([plain(name) for name in header]).encode()).hexdigest()


def ages_on(batch: ImportBatch) -> date | None:
    """The day on which the ages of a file were true, as the user stated it."""
    said = notes.about(batch.notes, notes.AGES_ON)
    return date.fromisoformat(said[0]) if said else None


def reader_of(batch: ImportBatch) -> Reader:
    """How a row of this kind of file is understood."""
    match ImportKind(batch.kind):
        case ImportKind.PEOPLE:
            return partial(read_person, ages_on=ages_on(batch), header=batch.header)
        case ImportKind.SUPPORTS:
            return read_support
        case ImportKind.ATTENDANCE:
            return partial(read_attendance, days=days_of_batch(batch))
    return read_institution


@transaction.atomic
def match_columns(
    *,
    by: Actor,
    batch: ImportBatch,
    mapping: Mapping[int, str],
    ages: date | None = None,
    sheet: Sheet | None = None,
) -> None:
    """Set the meaning of columns, remember it, and let the rows be checked (the caller starts the job).

    `ages`: the day on which ages in the file were true, for rows that do not tell it. `sheet`: what was given, of an
    attendance sheet.
    """
    by.require(IMPORT)
    missing = [names for names in NEEDED[ImportKind(batch.kind)] if not set(names) & set(mapping.values())]
    if missing:
        raise ValidationError(MISSING[ImportKind(batch.kind)])
    group = require_sheet(batch, mapping, sheet) if batch.kind == ImportKind.ATTENDANCE else {}
    kept = {str(column): field for column, field in mapping.items()}
    ColumnMapping.objects.update_or_create(
        organisation_id=by.organisation_id,
        kind=batch.kind,
        signature=signature(batch.header),
        defaults={"mapping": kept},
    )
    waiting = ImportBatch.objects.seen_by(by).filter(pk=batch.pk, state__in=MATCHABLE)
    noted = notes.without(batch.notes, notes.AGES_ON) + ([notes.note(notes.AGES_ON, ages)] if ages else [])
    waiting.update(mapping=kept, group=group, notes=noted, state=BatchState.CHECKING, rows_done=0, trouble="")
