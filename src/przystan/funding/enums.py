"""Closed lists of funding."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LimitKind(TextChoices):
    SUPPORTS_PER_PERSON = "supports_per_person", _("supports for one person")
    HOURS_PER_PERSON = "hours_per_person", _("hours for one person")
    PEOPLE = "people", _("people in all")
    HOURS = "hours", _("hours in all")


class Counted(TextChoices):
    """What an indicator counts, of supports or of results (`of_results`).

    Hours are hours received: a 2-hour lesson with 10 people is 20; the hours given are 2.
    """

    PEOPLE = "people", _("people, each once")
    SUPPORTS = "supports", _("supports")
    HOURS = "hours", _("hours")
    HOUSEHOLDS = "households", _("households, each once")
    RESULTS = "results", _("results")
    ACHIEVERS = "achievers", _("people with a result, each once")
    ACHIEVER_HOUSEHOLDS = "achiever_households", _("households with a result, each once")
    INSTITUTIONS = "institutions", _("institutions with a result, each once")
    HOURS_GIVEN = "hours_given", _("hours given")

    @property
    def of_results(self) -> bool:
        """Whether the ledger of results is counted, not that of support."""
        return self in OF_RESULTS

    @property
    def of_hours(self) -> bool:
        """Whether totals are minutes."""
        return self in (Counted.HOURS, Counted.HOURS_GIVEN)

    @property
    def each_once(self) -> bool:
        """Whether people, households or institutions are counted: they may stand in several rows of a breakdown."""
        return not self.of_entries

    @property
    def of_entries(self) -> bool:
        """Whether the list behind the number is one of entries, not of people or institutions."""
        return self in (Counted.SUPPORTS, Counted.RESULTS) or self.of_hours


class Breakdown(TextChoices):
    SEX = "sex", _("by sex")
    AGE_BAND = "age_band", _("by age")
    CITIZENSHIP = "citizenship", _("by citizenship")
    POINT = "point", _("by point")
    LANGUAGE = "language", _("by language")
    SERVICE = "service", _("by service")
    RESULT = "result", _("by kind of result")
    LEVEL = "level", _("by level reached")

    def fits(self, counted: Counted) -> bool:
        """Whether entries of the ledger that is counted can tell it."""
        of_results, of_supports = (Breakdown.RESULT, Breakdown.LEVEL), (Breakdown.LANGUAGE, Breakdown.SERVICE)
        if counted == Counted.INSTITUTIONS and self in (*OF_PEOPLE, Breakdown.LEVEL):
            return False
        return self not in (of_supports if counted.of_results else of_results)


OF_RESULTS = frozenset(
    {
        Counted.RESULTS,
        Counted.ACHIEVERS,
        Counted.ACHIEVER_HOUSEHOLDS,
        Counted.INSTITUTIONS,
        Counted.HOURS_GIVEN,
    }
)
OF_HOUSEHOLDS = frozenset({Counted.HOUSEHOLDS, Counted.ACHIEVER_HOUSEHOLDS})
OF_PEOPLE = frozenset({Breakdown.SEX, Breakdown.AGE_BAND, Breakdown.CITIZENSHIP})
