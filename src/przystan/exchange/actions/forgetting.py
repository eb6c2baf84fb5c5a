"""When somebody is protected or erased: what files that came in say of them goes, and the rest goes on without them.

Called by `people.actions.putting_away`, as `ImportBatch.Privacy` declares. Numbers of rows have gaps already where a
file has empty lines; a row that is gone is one more. The import makes nobody a second time, and tells of nobody.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from przystan.access.actors import Actor, system
from przystan.people.actions.putting_away import Elsewhere
from przystan.people.models import Person
from przystan.people.rules.traces import Traces

from ..enums import FINISHED, UNREAD, Decision, ImportKind
from ..models import ImportBatch, ImportRow
from ..queries.twins import described
from ..queries.words import Meanings
from ..rows.relatives import BIRTHS
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
        of = _of_finished if batch.state in FINISHED else _of_waiting
        gone = of(batch, person, traces)
        left = batch.rows.exclude(pk__in=gone)
        if batch.state in UNREAD or (batch.state not in FINISHED and not left.exists()):
            batch.delete()
            continue
        _without(batch, gone, person)
        _without_ties(batch, person)
        _without_words(batch, traces)
        batch.save()
    return [ImportBatch, ImportRow]


def _of_finished(batch: ImportBatch, person: Person, traces: Traces) -> set[int]:
    """Rows that made or were linked to the person, or to what was given to them; and of those that came to nothing,
    and have their words still, those about the person."""
    theirs = Q(person=person) | Q(support__recipients__person=person)
    left = batch.rows.filter(person=None, support=None, institution=None).exclude(cells=[], entry={})
    return set(batch.rows.filter(theirs).values_list("pk", flat=True)) | _about(batch, left, person, traces)


def _of_waiting(batch: ImportBatch, person: Person, traces: Traces) -> set[int]:
    return _about(batch, batch.rows.all(), person, traces)


def _about(batch: ImportBatch, those: QuerySet[ImportRow], person: Person, traces: Traces) -> set[int]:
    """Of these rows those that are about the person, by what they say."""
    rows = list(those.order_by("number", "part").select_related("batch"))
    said = zip(rows, _said(batch, rows), strict=True)
    gone = {row.pk for row, everybody in said if any(_is_theirs(row, one, person, traces) for one in everybody)}
    labels = {f"#{row.label}" for row in rows if row.pk in gone}
    return gone | {row.pk for row in rows if row.decision == Decision.SAME and row.chosen in labels}


def _said(batch: ImportBatch, rows: list[ImportRow]) -> Iterator[list[dict[str, object]]]:
    """What each row says, of each who stands in it: as it was understood, or as it would be."""
    mapping = {int(column): field for column, field in batch.mapping.items()}
    meanings, today = Meanings(system(batch.organisation_id, "import.forget")), timezone.localdate()
    read = reader_of(batch)
    for row in rows:
        if row.entry:
            yield [row.entry]
        else:
            draft = read(tuple(row.cells), mapping, meanings, today)
            yield [draft.entry, *(one.draft.entry for one in draft.relatives)]


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
    labels = {f"#{row.label}" for row in batch.rows.filter(pk__in=gone).only("number", "part")}
    parts = list(batch.rows.filter(pk__in=gone).exclude(part=0).order_by("number", "part"))
    batch.rows.filter(pk__in=gone).delete()
    _out_of_cells(batch, parts)
    rows = list(batch.rows.all())
    changed = [row for row in rows if _offers_less(row, {person.ref, *labels})]
    store_found(changed)
    if gone:
        whole = len(gone) - len(parts)
        batch.rows_total, batch.rows_done = batch.rows_total - whole, min(batch.rows_done, len(rows))
    if (gone or changed) and batch.counts:
        done = batch.counts if batch.state in FINISHED else {}  # also what undoing it did
        batch.counts = {**done, **counts(rows)}


def _out_of_cells(batch: ImportBatch, parts: Sequence[ImportRow]) -> None:
    """Whoever stood in the row of somebody else stands there no more, nor do births that may be theirs."""
    births = [int(column) for column, field in batch.mapping.items() if field in BIRTHS]
    rows = {row.number: row for row in batch.rows.filter(part=0, number__in={part.number for part in parts})}
    for part in parts:
        row = rows.get(part.number)
        if row and not part.cells:  # imported: which of the words were theirs nobody knows any more
            row.cells = []
        elif row and row.cells:
            less = [cell.replace(told, "") if told else cell for cell, told in zip(row.cells, part.cells, strict=True)]
            row.cells = ["" if column in births else cell for column, cell in enumerate(less)]
    ImportRow.objects.bulk_update(rows.values(), ["cells"])


def _offers_less(row: ImportRow, refs: set[str]) -> bool:
    """Take these out of who the row may be about; whether there was one."""
    left = [one for one in row.candidates if one["ref"] not in refs]
    if len(left) == len(row.candidates):
        return False
    row.candidates = left
    return True


def _without_ties(batch: ImportBatch, person: Person) -> None:
    """Rows do not keep that they tied somebody else to the person; undoing the import leaves such a tie."""
    told = list(batch.rows.filter(added__has_key="facts").order_by("pk"))
    changed = []
    for row in told:
        facts = [fact for fact in row.added["facts"] if fact[2].get("other") != str(person.pk)]
        if len(facts) < len(row.added["facts"]):
            row.added = {**row.added, "facts": facts}
            changed.append(row)
    ImportRow.objects.bulk_update(changed, ["added"])


def _without_words(batch: ImportBatch, traces: Traces) -> None:
    """Names of file and sheet that tell of the person; the file itself, where it could be read again."""
    if traces.told_in(batch.filename):
        batch.filename = Path(batch.filename).suffix
    for name in TEXTS:
        if traces.told_in(getattr(batch, name)):
            setattr(batch, name, "")
    if traces.told_in(batch.group.get("title", "")):
        batch.group = {**batch.group, "title": ""}
    batch.header = ["" if traces.told_in(one) else one for one in batch.header]
    if batch.state not in FINISHED:
        drop_file(batch)
