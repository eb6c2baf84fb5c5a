"""Closed lists of the desk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Shown(TextChoices):
    """How the list of supports is shown: one by one, what belongs together in one row, or as sums."""

    ENTRIES = "", _("each entry")
    VISITS = "visits", _("visits")
    DAYS = "days", _("sums of each day")
    SERVICES = "services", _("sums of each service")
    COLLEAGUES = "colleagues", _("sums of each colleague")
    PEOPLE = "people", _("sums of each person")


class Step(TextChoices):
    """Which next steps."""

    ANY = "", ""
    OPEN = "open", _("open")
    LATE = "late", _("late")


class Gloss(TextChoices):
    """A language beside Polish on paper, by its own name. Catalogues of the interface have its words."""

    NONE = "", pgettext_lazy("a second language", "none")
    UKRAINIAN = "uk", "українська"
    RUSSIAN = "ru", "русский"
    ENGLISH = "en", "English"
