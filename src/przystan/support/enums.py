"""Closed lists of the ledger."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SupportKind(TextChoices):
    """How a support was logged."""

    FULL = "full", _("support")
    CONTACT = "contact", _("anonymous contact")
    GROUP = "group", _("group")


class Mode(TextChoices):
    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by phone")
    ONLINE = "online", _("online")
    MESSAGE = "message", _("by message")
    OUTSIDE = "outside", _("together at an office")
    HOME = "home", _("at home")


class Interpreter(TextChoices):
    NOT_SAID = "not_said", _("not said")
    NONE = "none", pgettext_lazy("interpreter", "none")
    STAFF = "staff", _("the adviser speaks the language")
    INTERPRETER = "interpreter", _("an interpreter")
    VOLUNTEER = "volunteer", _("a volunteer")
    FAMILY = "family", _("family or a friend")
    MISSING = "missing", _("was needed, was not there")


class Outcome(TextChoices):
    ANSWERED = "answered", _("question answered")
    DONE = "done", _("done together")
    CONTINUES = "continues", _("continues")
    REFERRED = "referred", _("sent on to someone else")
    NOT_POSSIBLE = "not_possible", _("we could not help")
