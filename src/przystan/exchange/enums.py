"""States of an import and of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    PEOPLE = "people", _("people")
    SUPPORTS = "supports", _("supports")
    INSTITUTIONS = "institutions", _("institutions")


class State(TextChoices):
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


AT_WORK = frozenset({State.UPLOADED, State.READING, State.CHECKING, State.RUNNING, State.UNDOING})  # a job has it
FINISHED = frozenset({State.DONE, State.UNDOING, State.UNDONE})  # it has written: what it did is not forgotten
MATCHABLE = frozenset({State.COLUMNS, State.CHECKED, State.FAILED})  # its columns can be matched, also anew
UNREAD = frozenset({State.UPLOADED, State.READING})  # what rows there are say nothing yet
READABLE = MATCHABLE | {State.UNREADABLE}  # it can be read again


class Choice(TextChoices):
    """What happens when some rows cannot be imported."""

    ALL = "all", _("all rows or nothing")
    GOOD = "good", _("only the good rows")


class Decision(TextChoices):
    """What happens with a row."""

    NEW = "new", _("new")
    SAME = "same", _("is somebody we know")
    SKIP = "skip", _("leave out")
