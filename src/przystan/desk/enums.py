"""Closed lists of the desk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
