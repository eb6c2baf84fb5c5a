"""The import itself: everything in one transaction, so that a fault or a power cut leaves nothing half done."""

from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.funding.models import Programme
from przystan.people.actions.bulk import register_many
from przystan.people.models import Person
from przystan.people.rights import IMPORT

from ..enums import BatchState, Choice, Decision, ImportKind
from ..models import ImportBatch, ImportRow
from ..rows.entries import Rows, newcomer
from . import institutions
from .adding import add
from .checking import require_whole
from .families import write_families
from .giving import give_rows, is_refused, payer_of
from .storing import store_made

STEP = 1000
Progress = Callable[[int], None]


@transaction.atomic
def start(*, by: Actor, batch: ImportBatch, choice: str, complete: bool = False, families: bool = False) -> None:
    """From CHECKED to RUNNING, for the job to take up. ValidationError when all are wanted and some bad or open.

    `complete`: what rows say of people we know, and the register does not, is added to them. `families`: those that
    the file tells of become households and relations.
    """
    by.require(IMPORT)
    batch = ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.CHECKED:
        raise ValidationError(_("This file is not ready to be imported. Look at its page again."))
    if choice == Choice.ALL and batch.counts.get("bad"):
        raise ValidationError(_("Some rows cannot be imported. Leave them out, or choose “only the good rows”."))
    if choice == Choice.ALL and batch.counts.get("open"):
        raise ValidationError(
            _("Of some rows nobody has said who is meant. Say it, leave them out, or choose “only the good rows”.")
        )
    if not batch.counts.get("new") and not batch.counts.get("same"):
        raise ValidationError(_("There is no row to import."))
    _require_fresh(batch)
    batch.choice, batch.complete, batch.families = choice, complete, families
    batch.state, batch.rows_done = BatchState.RUNNING, 0
    batch.save(update_fields=["choice", "complete", "families", "state", "rows_done"])


@transaction.atomic
def run(*, by: Actor, batch: ImportBatch, progress: Progress = lambda done: None) -> None:
    """Write the good rows of a RUNNING batch. All or, after any exception, nothing."""
    by.require(IMPORT)
    _alone(batch)
    batch = ImportBatch.objects.seen_by(by).get(pk=batch.pk)
    if batch.state != BatchState.RUNNING:
        return
    _require_fresh(batch)
    there = list(batch.rows.order_by("number", "part"))
    rows = [row for row in there if not row.problems and row.decision != Decision.SKIP]
    write, known = WRITE[ImportKind(batch.kind)], Rows(by)
    step = max(len(rows), 1) if batch.kind == ImportKind.ATTENDANCE else STEP  # of a day all come at once
    for begin in range(0, len(rows), step):
        write(by, batch, rows[begin : begin + step], known)
        progress(begin + len(rows[begin : begin + step]))
    if link := LINK.get(ImportKind(batch.kind)):
        link(by, rows)
    if batch.complete and batch.kind == ImportKind.PEOPLE:
        add(by, rows, known)
    if batch.families:
        write_families(by, batch, rows)
    batch.state, batch.finished_at, batch.rows_done = BatchState.DONE, timezone.now(), len(rows)
    batch.save(update_fields=["state", "finished_at", "rows_done"])  # first, as `forgetting` locks it first, too
    store_made(rows)
    require_whole(batch, len(there))
    batch.parts.all().delete()
    audit.record(by, "import.run", batch, [batch.kind])


def _require_fresh(batch: ImportBatch) -> None:
    """The same people or supports in two files that wait at once would come in twice."""
    if ImportBatch.objects.overtaking(batch).exists():
        raise ValidationError(
            _("Another file was imported since these rows were checked. Match columns again, so that they are checked.")
        )


def _alone(batch: ImportBatch) -> None:
    """One import of a centre after another. A job taken for dead may be begun again, and finds the work done.

    The row itself is not locked: progress is told through another connection.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('exchange.run'), %s::int)", [batch.organisation_id])


def _people(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow], known: Rows) -> None:
    new = [row for row in rows if row.decision == Decision.NEW]
    people = register_many(by=by, newcomers=[newcomer(row.entry, known) for row in new])
    for row, person in zip(new, people, strict=True):
        row.person, row.made = person, True


def _link(by: Actor, rows: Sequence[ImportRow]) -> None:
    """Rows about somebody known point to them; "#12" is whoever row 12 made or pointed to."""
    linked = [row for row in rows if row.decision == Decision.SAME]
    people = Person.objects.seen_by(by).in_bulk([row.chosen for row in linked], field_name="ref")
    by_label = {f"#{row.label}": row for row in rows}
    for row in linked:
        other = by_label.get(row.chosen)
        row.person = other.person if other else people.get(row.chosen)
        if row.person is None:
            raise ValidationError(
                _("Row %(row)s is about somebody who is not imported. Decide about it again."),
                params={"row": row.label},
            )


def _institutions(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow], known: Rows) -> None:
    institutions.write(by, rows)


def _supports(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow], known: Rows) -> None:
    given = give_rows(by, batch, rows, known)
    if refused := next((row for row, one in zip(rows, given, strict=True) if is_refused(one)), None):
        programme = Programme.objects.seen_by(by).get(ref=payer_of(batch, refused))
        raise ValidationError(
            _("%(programme)s can no longer pay for some rows. Check the file again."),
            params={"programme": programme.name},
        )
    for row, made in zip(rows, given, strict=True):
        row.made = True
        if batch.kind == ImportKind.SUPPORTS:
            row.support = made[0].support
        else:
            row.person = next((person for one in made for person in one.people), None)
            row.added = {"supports": [one.support.pk for one in made]}


WRITE = {
    ImportKind.PEOPLE: _people,
    ImportKind.SUPPORTS: _supports,
    ImportKind.ATTENDANCE: _supports,
    ImportKind.INSTITUTIONS: _institutions,
}
LINK = {ImportKind.PEOPLE: _link, ImportKind.INSTITUTIONS: institutions.link}
