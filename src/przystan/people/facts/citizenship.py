"""Citizenship, by country and as one word for all of a person's."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from przystan.reference.cldr import countries, country_name
from przystan.reference.models import CountryGroup
from przystan.rules.facts import Fact, Fixed, Listed, Names, Tells, ValueKind
from przystan.rules.sql import At, on_day
from przystan.rules.trees import Among, Leaf
from przystan.rules.words import among, both, since

from ..rules.citizenship import CLASSES, FREE_MOVEMENT, POLAND, STATELESS, Membership
from ..rules.known import Facts
from .rows import asked_of, codes, some

CITIZENSHIPS = Tells("people.Citizenship.country", "citizenships")
NOT_KNOWN = gettext_lazy("citizenship is not known")
CITIZENS = {
    "poland": gettext_lazy("Polish citizen"),
    "eu_eea_ch": gettext_lazy("EU citizen"),
    "third_country": gettext_lazy("third-country national"),
    "stateless": gettext_lazy("stateless person"),
}


def memberships() -> tuple[Membership, ...]:
    """Every country's time in the EU, the EEA or the agreement with Switzerland. One small query."""
    rows = CountryGroup.objects.filter(group__in=FREE_MOVEMENT).order_by("id")
    return tuple(Membership(*row) for row in rows.values_list("country", "valid_from", "valid_to"))


def _class_sql(leaf: Among, at: At) -> str:
    # An unknown class is 0, which nobody has: of an empty list SQL says "no" even where nothing is known.
    ranks = [CLASSES.index(code) + 1 if code in CLASSES else 0 for code in leaf.codes]
    rank = (
        f"CASE WHEN c.country = '{POLAND}' THEN 1 WHEN c.country = '{STATELESS}' THEN 4"
        f" WHEN {_moves_freely(at)} THEN 2 ELSE 3 END"
    )
    best = f"SELECT min({rank}) FROM people_citizenship c WHERE c.person_id = {at.row}.id AND {on_day('c', at.day)}"
    return f"({best}) = ANY({at.name(ranks)}::int[])"


def _moves_freely(at: At) -> str:
    """Countries that came and went on the same days are asked together."""
    together: dict[tuple[date | None, date | None], list[str]] = defaultdict(list)
    for one in at.once(memberships):
        together[one.valid_from, one.valid_to].append(one.country)
    asked = []
    for (first, last), found in together.items():
        days = [f"{at.day} >= {at.date(first)}"] if first else []
        days += [f"{at.day} <= {at.date(last)}"] if last else []
        asked.append(" AND ".join([f"c.country = ANY({at.name(found)})", *days]))
    return " OR ".join(asked) or "false"


def _class_held(leaf: Leaf, person: Facts, day: date, names: Names) -> str:
    held = person.citizenship_class
    return since(str(CITIZENS[held.code]), held.since) if held else ""


def _countries_held(leaf: Leaf, person: Facts, day: date, names: Names) -> str:
    found = [since(country_name(one.code), one.since) for one in asked_of(leaf, person.citizenships)]
    return _("citizenship: %(countries)s") % {"countries": both(found)}


CITIZENSHIP_CLASS = Fact(
    code="citizenship_class",
    of="person",
    kind=ValueKind.CODES,
    label=gettext_lazy("Citizenship: Poland, EU, third country"),
    tells=CITIZENSHIPS,
    codes=Fixed(
        {
            "poland": pgettext_lazy("this rule covers …", "Polish citizens"),
            "eu_eea_ch": pgettext_lazy("this rule covers …", "EU citizens"),
            "third_country": pgettext_lazy("this rule covers …", "third-country nationals"),
            "stateless": pgettext_lazy("this rule covers …", "stateless people"),
        }
    ),
    value=lambda person, day: codes([person.citizenship_class] if person.citizenship_class else []),
    sql=_class_sql,
    has=_class_held,
    asks=among(),
    missing=lambda person: NOT_KNOWN,
)
CITIZENSHIP = Fact(
    code="citizenship",
    of="person",
    kind=ValueKind.CODES,
    label=gettext_lazy("Citizenship: country"),
    tells=CITIZENSHIPS,
    codes=Listed(countries, country_name),
    value=lambda person, day: codes(person.citizenships),
    sql=lambda leaf, at: some(at, f"c.country = ANY({at.name(list(leaf.codes))})", "people_citizenship c", "c"),
    has=_countries_held,
    asks=among(pgettext_lazy("this rule covers …", "people with the citizenship of: %(codes)s")),
    missing=lambda person: NOT_KNOWN,
)
