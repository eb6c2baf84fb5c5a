"""When somebody is protected: what files that were brought in say of them goes, and the rest goes on without them.

Called by `people.actions.putting_away`, as `ImportBatch.Privacy` declares. Numbers of rows have gaps already where a
file has empty lines; a row that is gone is one more. The import makes nobody a second time, and tells of nobody.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db.models import Model, Q
from django.utils import timezone

from przystan.access.actors import Actor, system
from przystan.people.actions.putting_away import Elsewhere
from przystan.people.models import Person
from przystan.people.rules.traces import Traces

from ..enums import FINISHED, UNREAD, Decision, ImportKind
from ..models import ImportBatch, ImportRow
from ..queries.twins import described
from ..queries.words import Meanings
from .checking import counts
from .matching import reader_of
from .storing import store_found
from .taking import drop_file

TEXTS = ("sheet", "trouble")


def forget(*, by: Actor, person: Person, traces: Traces, elsewhere: Elsewhere) -> list[type[Model]]:
    """Let go the rows that are about a person, and every file that still waits to be read or could be read again.

    A row is theirs when it was taken for them, or its name fits and its birth date does not differ: of a namesake whose
    birth date nobody knows it cannot be told, and the danger decides. A row of an institution that names them goes,
    too: it can be typed in without them. Files are not looked into: a waiting file without rows, or at which a reader
    is, goes as a whole.
    """
    for batch in ImportBatch.objects.filter(organisation_id=person.organisation_id).select_for_update().order_by("pk"):
        gone = _of_finished(batch, person) if batch.state in FINISHED else _of_waiting(batch, person, traces)
        left = batch.rows.exclude(pk__in=gone)
        if batch.state in UNREAD or (batch.state not in FINISHED and not left.exists()):
            batch.delete()
            continue
        _without(batch, gone, person)
        _without_words(batch, traces)
        batch.save()
    return [ImportBatch, ImportRow]


def _of_finished(batch: ImportBatch, person: Person) -> set[int]:
    """Rows that made or were linked to the person, or to what was given to them."""
    theirs = Q(person=person) | Q(support__recipients__person=person)
    return set(batch.rows.filter(theirs).values_list("pk", flat=True))


def _of_waiting(batch: ImportBatch, person: Person, traces: Traces) -> set[int]:
    rows = list(batch.rows.order_by("number").select_related("batch"))
    gone = {row.pk for row, one in zip(rows, _said(batch, rows), strict=True) if _is_theirs(row, one, person, traces)}
    numbers = {f"#{row.number}" for row in rows if row.pk in gone}
    return gone | {row.pk for row in rows if row.decision == Decision.SAME and row.chosen in numbers}


def _said(batch: ImportBatch, rows: list[ImportRow]) -> Iterator[dict[str, object]]:
    """What each row says: as it was understood, or as it would be."""
    mapping = {int(column): field for column, field in batch.mapping.items()}
    meanings, today = Meanings(system(batch.organisation_id, "import.forget")), timezone.localdate()
    read = reader_of(batch)
    for row in rows:
        yield row.entry or read(tuple(row.cells), mapping, meanings, today).entry


def _is_theirs(row: ImportRow, said: dict[str, object], person: Person, traces: Traces) -> bool:
    if row.chosen == person.ref:
        return True
    if row.batch.kind == ImportKind.INSTITUTIONS and _asks_for(row, said, traces):
        return True
    one = described(said)
    if not one.names:
        return bool(one.reference) and one.reference.lower() in traces.refs
    return any(traces.fit(name, one.birth) for name in one.names)


def _asks_for(row: ImportRow, said: dict[str, object], traces: Traces) -> bool:
    """Whether a row of institutions names them: as whom to ask for there, or anywhere in its words."""
    return traces.fit(str(said.get("contact", ""))) or traces.named_in(" ".join(row.cells))


def _without(batch: ImportBatch, gone: set[int], person: Person) -> None:
    """The batch as if these rows had never been in the file, and nobody had been found who is now hidden."""
    numbers = {f"#{number}" for number in batch.rows.filter(pk__in=gone).values_list("number", flat=True)}
    batch.rows.filter(pk__in=gone).delete()
    rows = list(batch.rows.all())
    changed = [row for row in rows if _offers_less(row, {person.ref, *numbers})]
    store_found(changed)
    if gone:
        batch.rows_total, batch.rows_done = batch.rows_total - len(gone), min(batch.rows_done, len(rows))
    if (gone or changed) and batch.counts:
        batch.counts = counts(rows)


def _offers_less(row: ImportRow, refs: set[str]) -> bool:
    """Take these out of who the row may be about; whether there was one."""
    left = [one for one in row.candidates if one["ref"] not in refs]
    if len(left) == len(row.candidates):
        return False
    row.candidates = left
    return True


def _without_words(batch: ImportBatch, traces: Traces) -> None:
    """Names of file and sheet that tell of the person; the file itself, where it could be read again."""
    if traces.told_in(batch.filename):
        batch.filename = Path(batch.filename).suffix
    for name in TEXTS:
        if traces.told_in(getattr(batch, name)):
            setattr(batch, name, "")
    batch.header = ["" if traces.told_in(one) else one for one in batch.header]
    if batch.state not in FINISHED:
        drop_file(batch)
