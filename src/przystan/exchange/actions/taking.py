"""A file comes in: stored as it is, piece by piece, and looked into by nobody here."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.people.rights import IMPORT

from ..enums import FINISHED, READABLE, BatchState
from ..models import FilePart, ImportBatch, ImportRow
from ..rules import notes

KEPT = timedelta(days=30)  # that a file waits to be imported, and what was understood of it can be looked at after

LEFT_OUT = ("skip", "bad", "open")  # kinds of rows (`checking.KINDS`) that no import takes


@transaction.atomic
def take(*, by: Actor, kind: str, filename: str, contents: Iterable[bytes]) -> ImportBatch:
    """Store a file, for the job to read (the caller starts it). Its name is a label, and tells nothing of its kind."""
    by.require(IMPORT)
    batch = ImportBatch(organisation_id=by.organisation_id, by_id=by.user_id, kind=kind, filename=label(filename))
    batch.save()
    digest = hashlib.sha256()
    for position, part in enumerate(contents):
        digest.update(part)
        FilePart.objects.create(batch=batch, position=position, content=part)
    batch.sha256 = digest.hexdigest()
    batch.save(update_fields=["sha256"])
    audit.record(by, "import.take", batch, [kind])
    return batch


def label(filename: str) -> str:
    """The name of a file as it can be shown: no folder, nothing unseen, nothing that turns the direction of letters."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())[-200:] or "?"


@transaction.atomic
def read_again(*, by: Actor, batch: ImportBatch, sheet: str = "") -> None:
    """Let the same file be read once more (the caller starts the job): another sheet of it, or after a failure."""
    by.require(IMPORT)
    batch = _locked(by, batch)
    if batch.state not in READABLE or not batch.parts.exists():
        raise ValidationError(_("This file is at work or finished. Look at its page again."))
    batch.sheet, batch.state, batch.rows_done, batch.trouble = sheet[:100], BatchState.UPLOADED, 0, ""
    batch.save(update_fields=["sheet", "state", "rows_done", "trouble"])


@transaction.atomic
def give_up(*, by: Actor, batch: ImportBatch) -> None:
    """Forget a file that was not imported, with all that was read of it; a job at work on it ends with nothing."""
    by.require(IMPORT)
    batch = _locked(by, batch)
    if batch.state not in FINISHED:
        audit.record(by, "import.give_up", batch)
        batch.delete()


def throw_away_files() -> int:
    """Forget files that nobody imported within KEPT, with all that was read of them, and of those that were imported
    what was understood, and the rows that were left out; returns how many files went. For the job."""
    done = ImportRow.objects.filter(batch__finished_at__lt=timezone.now() - KEPT)
    _forget_left(done.exclude(cells=[]))
    done.exclude(entry={}).update(entry={})
    old = ImportBatch.objects.filter(at__lt=timezone.now() - KEPT).exclude(state__in=FINISHED)
    return old.delete()[1].get("exchange.ImportBatch", 0)


def _forget_left(rows: QuerySet[ImportRow]) -> None:
    """Rows that were not imported: their words are all that they are."""
    batches = ImportBatch.objects.filter(pk__in=set(rows.values_list("batch", flat=True)))
    rows.delete()
    for batch in batches.order_by("pk"):
        batch.counts |= dict.fromkeys(LEFT_OUT, 0)
        batch.save(update_fields=["counts"])


def drop_file(batch: ImportBatch) -> None:
    """Keep only the rows that were read: no other sheet of the file can be chosen from now on."""
    batch.parts.all().delete()
    batch.notes = notes.without(batch.notes, notes.SHEET)


def _locked(by: Actor, batch: ImportBatch) -> Any:
    return ImportBatch.objects.seen_by(by).select_for_update().get(pk=batch.pk)
