"""Closed lists of funding."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LimitKind(TextChoices):
    SUPPORTS_PER_PERSON = "supports_per_person", _("supports for one person")
    HOURS_PER_PERSON = "hours_per_person", _("hours for one person")
    PEOPLE = "people", _("people in all")
    HOURS = "hours", _("hours in all")


class Counted(TextChoices):
    """What an indicator counts. Hours are hours received: a 2-hour lesson with 10 people is 20."""

    PEOPLE = "people", _("people, each once")
    SUPPORTS = "supports", _("supports")
    HOURS = "hours", _("hours")
    HOUSEHOLDS = "households", _("households, each once")


class Breakdown(TextChoices):
    SEX = "sex", _("by sex")
    AGE_BAND = "age_band", _("by age")
    CITIZENSHIP = "citizenship", _("by citizenship")
    POINT = "point", _("by point")
    LANGUAGE = "language", _("by language")
    SERVICE = "service", _("by service")
