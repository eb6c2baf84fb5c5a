"""States of an import and of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportKind(TextChoices):
    PEOPLE = "people", _("people")
    SUPPORTS = "supports", _("supports")
    ATTENDANCE = "attendance", _("attendance, with days as columns")
    INSTITUTIONS = "institutions", _("institutions")


# What their rows say goes into the ledger of support.
OF_LEDGER = frozenset({ImportKind.SUPPORTS, ImportKind.ATTENDANCE})


class BatchState(TextChoices):
    """What a batch waits for, or how it ended."""

    UPLOADED = "uploaded", _("waits to be read")
    READING = "reading", _("being read")
    UNREADABLE = "unreadable", _("cannot be read")
    COLUMNS = "columns", _("columns to be matched")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("ready: look at the rows")
    RUNNING = "running", _("being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("not imported")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


# A job has it.
AT_WORK = frozenset(
    {BatchState.UPLOADED, BatchState.READING, BatchState.CHECKING, BatchState.RUNNING, BatchState.UNDOING}
)
# It has written: what it did is not forgotten.
FINISHED = frozenset({BatchState.DONE, BatchState.UNDOING, BatchState.UNDONE})
# Its columns can be matched, also anew.
MATCHABLE = frozenset({BatchState.COLUMNS, BatchState.CHECKED, BatchState.FAILED})
# What rows there are say nothing yet.
UNREAD = frozenset({BatchState.UPLOADED, BatchState.READING})
# It can be read again.
READABLE = MATCHABLE | {BatchState.UNREADABLE}


class Choice(TextChoices):
    """What happens when some rows cannot be imported."""

    ALL = "all", _("all rows or nothing")
    GOOD = "good", _("only the good rows")


class Decision(TextChoices):
    """What happens with a row."""

    NEW = "new", _("new")
    SAME = "same", _("is somebody we know")
    SKIP = "skip", _("leave out")
