"""States of an import and of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    PEOPLE = "people", _("people")
    SUPPORTS = "supports", _("supports")


class State(TextChoices):
    """What a batch waits for, or how it ended."""

    UPLOADED = "uploaded", _("columns to be matched")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("ready: look at the rows")
    RUNNING = "running", _("being imported")
    DONE = "done", _("imported")
    FAILED = "failed", _("not imported")
    UNDONE = "undone", _("undone")


class Choice(TextChoices):
    """What happens when some rows cannot be imported."""

    ALL = "all", _("all rows or nothing")
    GOOD = "good", _("only the good rows")


class Decision(TextChoices):
    """What happens with a row."""

    NEW = "new", _("new")
    SAME = "same", _("is somebody we know")
    SKIP = "skip", _("leave out")
