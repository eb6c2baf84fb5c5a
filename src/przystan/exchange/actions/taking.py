"""A file comes in: read whole, or refused whole."""

import hashlib
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.rights import Right
from przystan.reference.shipped import shipped

from ..enums import State
from ..models import ImportBatch, ImportRow
from ..reading import Sheet, Unreadable, read_sheets
from ..rules import columns
from ..rules.table import HEADER_SEARCHED, NoTable, Table, plain, table_of
from ..wording import file_trouble
from .matching import remembered

SHEET = "sheet:"
KEPT = timedelta(days=30)  # that a file waits to be imported


def synonyms(kind: str) -> dict[str, list[str]]:
    """Field -> headers that mean it, for a kind of file."""
    found: dict[str, list[str]] = shipped("exchange", "columns")[kind]
    return found


@transaction.atomic
def take(*, by: Actor, kind: str, filename: str, content: bytes) -> ImportBatch:
    """Read a file into a batch: header and rows as text, columns matched as they were last time or by guess.

    ValidationError says what is wrong with the file; nothing is kept of it then.
    """
    by.require(Right.IMPORT)
    batch = ImportBatch(
        organisation_id=by.organisation_id,
        by_id=by.user_id,
        kind=kind,
        filename=filename[-200:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    sheets = _sheets(content)
    _fill(batch, _likeliest(sheets, kind), sheets)
    audit.record(by, "import.take", batch, [kind])
    return batch


@transaction.atomic
def choose_sheet(*, by: Actor, batch: ImportBatch, name: str) -> None:
    """Read another sheet of the same file instead."""
    by.require(Right.IMPORT)
    batch = _locked(by, batch)
    sheets = _sheets(bytes(batch.content))
    sheet = next((one for one in sheets if one.name == name), None)
    if sheet and batch.state in (State.UPLOADED, State.CHECKED):
        batch.rows.all().delete()
        _fill(batch, sheet, sheets)


@transaction.atomic
def give_up(*, by: Actor, batch: ImportBatch) -> None:
    """Forget a file that was not imported, with all that was read of it; a job at work on it ends with nothing."""
    by.require(Right.IMPORT)
    batch = _locked(by, batch)
    if batch.state not in (State.DONE, State.UNDONE):
        audit.record(by, "import.give_up", batch)
        batch.delete()


def throw_away() -> int:
    """Forget files that nobody imported within KEPT, with all that was read of them; returns how many. For the job."""
    old = ImportBatch.objects.filter(at__lt=timezone.now() - KEPT).exclude(state__in=[State.DONE, State.UNDONE])
    return old.delete()[1].get("exchange.ImportBatch", 0)


def drop_file(batch: ImportBatch) -> None:
    """From now on there are only the rows that were read: no other sheet of the file can be chosen."""
    batch.content = b""
    batch.notes = [code for code in batch.notes if not code.startswith(SHEET)]


def sheet_names(batch: ImportBatch) -> list[str]:
    """Names of the sheets of a file; empty for CSV. As noted when it was read: a long file takes many seconds."""
    return [code.removeprefix(SHEET) for code in batch.notes if code.startswith(SHEET)]


def _sheets(content: bytes) -> list[Sheet]:
    try:
        return read_sheets(content)
    except Unreadable as unreadable:
        raise ValidationError(file_trouble(unreadable.code)) from unreadable


def _likeliest(sheets: list[Sheet], kind: str) -> Sheet:
    """The sheet in whose first rows most headers are known: others hold notes or lists of words."""
    known = columns.known(synonyms(kind))

    def score(sheet: Sheet) -> int:
        return max(sum(plain(cell) in known for cell in row.cells) for row in sheet.rows[:HEADER_SEARCHED])

    return max(sheets, key=score)


def _fill(batch: ImportBatch, sheet: Sheet, sheets: list[Sheet]) -> None:
    known = synonyms(batch.kind)
    try:
        table = table_of(sheet.rows, columns.known(known), sheet.notes)
    except NoTable as error:
        raise ValidationError(file_trouble(error.args[0])) from error
    batch.sheet, batch.state = sheet.name[:100], State.UPLOADED
    batch.header, batch.rows_total = list(table.header), len(table.rows)
    batch.notes = [*table.notes, *([f"empty_rows:{table.empty_rows}"] if table.empty_rows else [])]
    hidden = sum("hidden" in row.remarks for row in table.rows)
    batch.notes += [f"hidden_rows:{hidden}"] if hidden else []
    batch.notes += [SHEET + one.name for one in sheets if one.name]
    guessed = remembered(batch) or columns.guess(table.header, known, columns.REPEATABLE[batch.kind])
    batch.mapping = {str(column): field for column, field in guessed.items()}
    batch.save()
    ImportRow.objects.bulk_create(_rows(batch, table), batch_size=2000)


def _rows(batch: ImportBatch, table: Table) -> list[ImportRow]:
    return [
        ImportRow(batch=batch, number=row.number, cells=list(row.cells), remarks=list(row.remarks))
        for row in table.rows
    ]


def _locked(by: Actor, batch: ImportBatch) -> Any:
    return ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
