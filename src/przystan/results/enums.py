"""Closed lists of the ledger of results."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Shape(TextChoices):
    """What is written of a result besides that it is there."""

    YES = "yes", _("that it is so")
    LEVELS = "levels", _("from one level to another")
    MINUTES = "minutes", _("hours and minutes given")


class Of(TextChoices):
    """Of whom a result is."""

    PERSON = "person", _("a person")
    INSTITUTION = "institution", _("an institution")
    NOBODY = "nobody", _("nobody: an event, an audit, a publication")


class Proof(TextChoices):
    """What proves a result."""

    DOCUMENT = "document", _("a document: certificate, confirmation, contract")
    TEST = "test", _("a test or an exam")
    LIST = "list", _("a list of attendance, a register")
    STATEMENT = "statement", _("the person’s own statement")
    ANSWER = "answer", _("an answer of an institution")
    PUBLISHED = "published", _("something that was published")
    SEEN = "seen", _("seen by a member of staff")
    NONE = "none", _("nothing yet")
