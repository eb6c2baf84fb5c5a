"""Taking a whole import back: what it made goes, but for what has been used since."""

from dataclasses import asdict, dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.scope import acting
from przystan.funding.actions import correct
from przystan.institutions.actions import remove_unused as remove_institutions
from przystan.ledger.queries import closed_among
from przystan.people.actions.bulk import remove_unused
from przystan.people.actions.families import leave_empty
from przystan.people.rights import IMPORT
from przystan.support.actions import remove
from przystan.support.models import Support

from ..enums import BatchState, ImportKind
from ..models import ImportBatch, ImportRow
from ..queries.touched import touched
from .adding import take_additions_back
from .families import homes_of_batch


@dataclass(frozen=True)
class Undone:
    """How many records went, how many were reversed by a counter-entry, and the labels of rows whose records stay; and
    of those of which something stays that they added to somebody known."""

    removed: int
    reversed: int
    staying: list[str]
    added: list[str] = field(default_factory=list)


@transaction.atomic
def start_undo(*, by: Actor, batch: ImportBatch) -> None:
    """From DONE to UNDOING, for the job to take up."""
    by.require(IMPORT)
    batch = ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.DONE:
        raise ValidationError(_("Only a finished import can be undone."))
    batch.state, batch.trouble = BatchState.UNDOING, ""
    batch.save(update_fields=["state", "trouble"])


@transaction.atomic
def undo(*, by: Actor, batch: ImportBatch) -> Undone:
    """Remove what an import made that is DONE, or UNDOING by a job.

    People who were used or changed since stay, closed supports are reversed.
    """
    by.require(IMPORT)
    batch = ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
    if batch.state not in (BatchState.DONE, BatchState.UNDOING):
        raise ValidationError(_("Only a finished import can be undone."))
    homes = homes_of_batch(batch)
    undone = UNDO[ImportKind(batch.kind)](by, batch.rows.filter(made=True).order_by("number", "part"))
    undone = replace(undone, added=take_additions_back(by, batch))
    leave_empty(by=by, homes=homes)
    batch.rows.update(cells=[], entry={}, candidates=[], remarks=[], problems=[], chosen="", added={})
    batch.state, batch.undone_at, batch.undone_by_id = BatchState.UNDONE, timezone.now(), by.user_id
    batch.counts = {**batch.counts, **asdict(undone)}
    batch.save(update_fields=["state", "undone_at", "undone_by", "counts"])
    audit.record(by, "import.undo", batch, [batch.kind])
    return undone


def _people(by: Actor, made: QuerySet[ImportRow]) -> Undone:
    labels = {row.person_id: row.label for row in made if row.person_id}
    staying = remove_unused(by=by, people=labels)
    return Undone(len(labels) - len(staying), 0, [label for person, label in labels.items() if person in staying])


def _institutions(by: Actor, made: QuerySet[ImportRow]) -> Undone:
    labels = {row.institution_id: row.label for row in made if row.institution_id}
    staying = remove_institutions(by=by, institutions=labels)
    return Undone(len(labels) - len(staying), 0, [label for one, label in labels.items() if one in staying])


def _supports(by: Actor, made: QuerySet[ImportRow]) -> Undone:
    return _take_out(by, {row.support_id: row.label for row in made if row.support_id})


def _attendance(by: Actor, made: QuerySet[ImportRow]) -> Undone:
    return _take_out(by, {support: row.label for row in made for support in row.added.get("supports", [])})


def _take_out(by: Actor, rows: dict[int, str]) -> Undone:
    """Standing entries that nobody has touched: what somebody changed or corrected since stays as they left it."""
    standing = list(Support.objects.seen_by(by).standing().filter(pk__in=rows))
    with acting(system(by.organisation_id, "import.undo")):  # the log is not for everybody
        used = touched(standing)
    going = [support for support in standing if support.pk not in used]
    closed = closed_among(going)
    for support in going:
        if support.pk in closed:
            correct(by=by, support=support, reason=_("an import was undone"))
    removed = remove(by=by, supports=[support for support in going if support.pk not in closed])
    gone = {support.pk for support in going}
    left = [label for support, label in rows.items() if support not in gone]
    return Undone(removed, len(closed), list(dict.fromkeys(left)))


UNDO = {
    ImportKind.PEOPLE: _people,
    ImportKind.SUPPORTS: _supports,
    ImportKind.ATTENDANCE: _attendance,
    ImportKind.INSTITUTIONS: _institutions,
}
