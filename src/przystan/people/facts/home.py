"""Where a person lives, and with whom."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from przystan.rules.facts import Fact, Names, Rows, Tells, ValueKind
from przystan.rules.sql import At, on_day
from przystan.rules.trees import Among, Between, Is, Leaf
from przystan.rules.words import among, numbers, since, yes_no

from ..rules.known import Facts
from .rows import codes, some

HOUSEHOLDS = Tells("people.HouseholdMember.valid_from", "households")


def _lives_in(leaf: Among, at: At) -> str:
    inside = f"SELECT id FROM reference_place WHERE jsonb_exists_any(path, {at.name(list(leaf.codes))})"
    return some(at, f"d.place_id = ANY(ARRAY({inside}))", "people_dwelling d", "d")


def _home(leaf: Leaf, person: Facts, day: date, names: Names) -> str:
    if not person.places:
        return ""
    # The last is the town itself, after the county and the voivodeship that it lies in.
    home = person.places[-1]
    return since(_("lives in: %(place)s") % {"place": names(PLACE, home.code)}, home.since)


PLACE = Fact(
    code="place",
    of="person",
    kind=ValueKind.CODES,
    label=gettext_lazy("Where the person lives"),
    tells=Tells("people.Dwelling.place", "dwellings"),
    codes=Rows("SELECT code, jsonb_build_object('pl', name) FROM reference_place"),
    value=lambda person, day: codes(person.places),
    sql=_lives_in,
    has=_home,
    asks=among(pgettext_lazy("this rule covers …", "people who live in: %(codes)s")),
    missing=lambda person: gettext_lazy("where the person lives is not known"),
)

# ---- With whom: everyone who shares a household, the person included ----


def _together(person: str, day: str) -> str:
    # Nobody's household is larger by a protected person, whoever asks: a number must not tell that somebody is missing.
    return (
        "people_householdmember m JOIN people_householdmember o ON o.household_id = m.household_id"
        " JOIN people_person q ON q.id = o.person_id"
        f" WHERE m.person_id = {person}.id AND {on_day('m', day)} AND {on_day('o', day)}"
        f" AND (NOT q.protected OR q.id = {person}.id)"
    )


def household_size(person: str, day: str) -> str:
    """SQL of how many share a household with the row `person` on the day; NULL where nothing is known."""
    return f"(SELECT NULLIF(count(DISTINCT o.person_id), 0) FROM {_together(person, day)})"


def has_minor(person: str, day: str) -> str:
    """SQL of whether one of them is under 18; NULL where a birth is not known well enough."""
    adult_born = f"{day} - interval '18 years'"
    return (
        f"(SELECT CASE WHEN bool_or(q.birth_from > {adult_born}) THEN true"
        f" WHEN bool_and(coalesce(q.birth_to <= {adult_born}, false)) THEN false END FROM {_together(person, day)})"
    )


def _size_sql(leaf: Between, at: At) -> str:
    least = at.name(leaf.at_least or 0)
    most = at.name(leaf.fact.highest if leaf.at_most is None else leaf.at_most)
    return f"{household_size(at.row, at.day)} BETWEEN {least} AND {most}"


def _minor_sql(leaf: Is, at: At) -> str:
    truth = has_minor(at.row, at.day)
    return truth if leaf.value else f"NOT {truth}"


def _size_told(leaf: Leaf, person: Facts, day: date, names: Names) -> str:
    size = person.household.size if person.household else 0
    return ngettext("household of %(size)d person", "household of %(size)d people", size) % {"size": size}


NOT_KNOWN = gettext_lazy("household is not known")
NO_AGE = gettext_lazy("the age of someone in the household is not known")
CHILD = {
    True: gettext_lazy("a child under 18 in the household"),
    False: gettext_lazy("no child under 18 in the household"),
}
HOUSEHOLD_SIZE = Fact(
    code="household_size",
    of="person",
    kind=ValueKind.NUMBER,
    highest=1000,
    label=gettext_lazy("People in the household"),
    tells=HOUSEHOLDS,
    value=lambda person, day: (person.household.size, person.household.size) if person.household else None,
    sql=_size_sql,
    has=_size_told,
    asks=numbers(
        at_least=lambda n: ngettext("households of at least %(n)d person", "households of at least %(n)d people", n),
        at_most=lambda n: ngettext("households of at most %(n)d person", "households of at most %(n)d people", n),
        between=lambda n: ngettext(
            "households of %(least)d to %(most)d person", "households of %(least)d to %(most)d people", n
        ),
    ),
    missing=lambda person: NOT_KNOWN,
)
HOUSEHOLD_HAS_MINOR = Fact(
    code="household_has_minor",
    of="person",
    kind=ValueKind.YES_NO,
    label=gettext_lazy("Child in the household"),
    tells=HOUSEHOLDS,
    value=lambda person, day: person.household.has_minor if person.household else None,
    sql=_minor_sql,
    has=lambda leaf, person, day, names: str(CHILD[bool(person.household and person.household.has_minor)]),
    asks=yes_no(
        pgettext_lazy("this rule covers …", "households with a child under 18"),
        pgettext_lazy("this rule covers …", "households without a child under 18"),
    ),
    missing=lambda person: NO_AGE if person.household else NOT_KNOWN,
)
