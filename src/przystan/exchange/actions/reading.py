"""What a file holds becomes rows: read by a process apart, stored here as they come."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice

from django.conf import settings

from przystan.access.actors import Actor
from przystan.kernel.apart import Bounds
from przystan.people.rights import IMPORT
from przystan.reference.shipped import shipped

from ..enums import BatchState, ImportKind
from ..models import FilePart, ImportBatch, ImportRow
from ..reading import Found, GivenUp, Order, Unreadable, read_apart
from ..rules import columns, notes
from ..rules.table import Row
from .attendance import guess_days
from .matching import remembered

STEP = 2000  # rows stored at once
Progress = Callable[[int], None]
Scope = Callable[[], AbstractContextManager[object]]


def synonyms(kind: str) -> dict[str, list[str]]:
    """Field -> headers that mean it, for a kind of file."""
    found: dict[str, list[str]] = shipped("exchange", "columns")[kind]
    return found


def sheet_names(batch: ImportBatch) -> list[str]:
    """Names of the sheets of a file; empty for CSV. As noted when it was read."""
    return notes.about(batch.notes, notes.SHEET)


def read(
    *,
    by: Actor,
    batch: ImportBatch,
    progress: Progress = lambda done: None,
    wanted: Callable[[], bool] = lambda: True,
    scope: Scope = nullcontext,
) -> None:
    """Header and rows of a stored file as text, columns matched as they were last time or by guess.

    Unreadable says what is wrong with the file; nothing that was read is kept then. GivenUp when it is no longer
    `wanted`. The database is asked inside `scope` only, which is not open while the file is read or progress told.
    """
    with scope():
        by.require(IMPORT)
        ImportBatch.objects.seen_by(by).filter(pk=batch.pk, state=BatchState.UPLOADED).update(state=BatchState.READING)
        contents = list(_contents(batch))
    known = columns.known(synonyms(batch.kind))
    order = Order(known, batch.sheet, Bounds(settings.IMPORT_SECONDS, settings.IMPORT_MEGABYTES_OF_MEMORY * 1024**2))
    try:
        with read_apart(contents, order, wanted) as found:
            _store(by, batch, found, progress, scope)
    except Unreadable:
        with scope():
            batch.rows.all().delete()
        raise


def _contents(batch: ImportBatch) -> Iterator[bytes]:
    parts = FilePart.objects.filter(batch=batch).order_by("position").values_list("content", flat=True)
    return (bytes(part) for part in parts.iterator(chunk_size=4))


def _store(by: Actor, batch: ImportBatch, found: Found, progress: Progress, scope: Scope) -> None:
    """The rows, and from READING to COLUMNS when all are there; what a reader before this one left is replaced.

    Part by part: progress is told through another connection, and who forgets the file waits for one part at most.
    """
    with scope():
        _require_reading(by, batch)
        batch.rows.all().delete()
    done = 0
    while rows := list(islice(found.rows, STEP)):
        with scope():
            _require_reading(by, batch)
            ImportRow.objects.bulk_create([_row(batch, row) for row in rows])
        done += len(rows)
        progress(done)
    with scope():
        _require_reading(by, batch)
        _describe(batch, found)


def _require_reading(by: Actor, batch: ImportBatch) -> None:
    """Raise GivenUp when the batch is gone, or somewhere else by now; else it stays until this part is written."""
    ours = ImportBatch.objects.seen_by(by).filter(pk=batch.pk, state=BatchState.READING)
    if ours.select_for_update().first() is None:
        raise GivenUp


def _describe(batch: ImportBatch, found: Found) -> None:
    batch.sheet, batch.state, batch.trouble = found.sheet[:100], BatchState.COLUMNS, ""
    batch.header, batch.rows_total, batch.rows_done = found.header, found.total, 0
    counted = {notes.EMPTY_ROWS: found.empty_rows, notes.HIDDEN_ROWS: found.hidden_rows}
    batch.notes = [*found.notes, *(notes.note(code, count) for code, count in counted.items() if count)]
    batch.notes += [notes.note(notes.SHEET, name) for name in found.sheets]
    guessed = remembered(batch) or columns.guess(found.header, synonyms(batch.kind), columns.REPEATABLE[batch.kind])
    if batch.kind == ImportKind.ATTENDANCE:
        guessed = {**dict.fromkeys(guess_days(batch), "mark"), **guessed}
    batch.mapping = {str(column): field for column, field in sorted(guessed.items())}
    batch.save()


def _row(batch: ImportBatch, row: Row) -> ImportRow:
    return ImportRow(batch=batch, number=row.number, cells=list(row.cells), remarks=list(row.remarks))
