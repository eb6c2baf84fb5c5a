"""Every backup leaves a note: a row with its size or its fault, and one in the audit log of each organisation."""

from django.db import connection

from przystan.access import audit
from przystan.access.actors import system
from przystan.access.models import BackupRun
from przystan.access.scope import acting
from przystan.team.models import Organisation

LONGEST = 500


def note_good(size: int, purpose: str) -> None:
    """A backup is on the disk."""
    with acting(system(0, purpose)):
        BackupRun.objects.create(size=size)
    note("backup.make", purpose)


def note_failed(fault: str, purpose: str) -> None:
    """A backup could not be made."""
    with acting(system(0, purpose)):
        BackupRun.objects.create(fault=fault[:LONGEST])


def note(action: str, purpose: str) -> None:
    """A row in the log: data, or keys, left this server, or came to it."""
    with acting(system(0, purpose)):
        for organisation in Organisation.objects.order_by("pk"):
            audit.record(system(organisation.pk, purpose), action, organisation)


def can_note() -> bool:
    """Whether there are tables to note in: those of an older version are backed up too, before they are upgraded."""
    return BackupRun._meta.db_table in connection.introspection.table_names()
