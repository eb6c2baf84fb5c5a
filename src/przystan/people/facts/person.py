"""Age, sex and arrival: facts that stand on the person's own row."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from przystan.kernel.dates import age_on
from przystan.rules.facts import Fact, Fixed, Names, Tells, ValueKind
from przystan.rules.sql import At, inside
from przystan.rules.trees import Between, Leaf, Within
from przystan.rules.words import among, days, numbers

from ..rules.known import Facts

# ---- Age ----


def _ages(person: Facts, day: date) -> tuple[int, int] | None:
    return (age_on(day, person.born.latest), age_on(day, person.born.earliest)) if person.born else None


def _age_sql(leaf: Between, at: At) -> str:
    # At least n years old: born on or before the same day n years ago.
    first = None if leaf.at_most is None else f"{_years_before(at, leaf.at_most + 1)} + interval '1 day'"
    last = None if leaf.at_least is None else _years_before(at, leaf.at_least)
    return inside(f"{at.row}.birth_from", f"{at.row}.birth_to", first, last)


def _years_before(at: At, years: int) -> str:
    return f"{at.day} - make_interval(years => {at.name(years)})"


def _age_told(leaf: Leaf, person: Facts, day: date, names: Names) -> str:
    ages = _ages(person, day)
    if not ages:
        return ""
    if ages[0] == ages[1]:
        return ngettext("%(age)d year old on that day", "%(age)d years old on that day", ages[0]) % {"age": ages[0]}
    words = {"from": ages[0], "to": ages[1]}
    return (
        ngettext("%(from)d or %(to)d year old on that day", "%(from)d or %(to)d years old on that day", ages[1]) % words
    )


NO_BIRTH = gettext_lazy("birth date is not known")
NO_EXACT_BIRTH = gettext_lazy("the exact birth date is not known")
AGE = Fact(
    code="age",
    of="person",
    kind=ValueKind.NUMBER,
    highest=150,
    label=gettext_lazy("Age"),
    tells=Tells("people.Person.birth"),
    value=_ages,
    sql=_age_sql,
    cost=1,
    has=_age_told,
    asks=numbers(
        at_least=lambda n: ngettext("people of at least %(n)d year", "people of at least %(n)d years", n),
        at_most=lambda n: ngettext("people of at most %(n)d year", "people of at most %(n)d years", n),
        between=lambda n: ngettext("people of %(least)d to %(most)d year", "people of %(least)d to %(most)d years", n),
    ),
    missing=lambda person: NO_EXACT_BIRTH if person.born else NO_BIRTH,
)

# ---- Sex ----

SEXES: dict[str | None, Any] = {
    "female": gettext_lazy("woman"),
    "male": gettext_lazy("man"),
    "other": gettext_lazy("other sex"),
}
SEX = Fact(
    code="sex",
    of="person",
    kind=ValueKind.CODES,
    label=gettext_lazy("Sex"),
    tells=Tells("people.Person.sex"),
    codes=Fixed(
        {
            "female": pgettext_lazy("this rule covers …", "women"),
            "male": pgettext_lazy("this rule covers …", "men"),
            "other": pgettext_lazy("this rule covers …", "people of another sex"),
        }
    ),
    value=lambda person, day: {person.sex} if person.sex else set(),
    sql=lambda leaf, at: f"NULLIF({at.row}.sex, 'unknown') = ANY({at.name(list(leaf.codes))})",
    cost=1,
    has=lambda leaf, person, day, names: str(SEXES.get(person.sex, "")),
    asks=among(),
    missing=lambda person: gettext_lazy("sex is not known"),
)

# ---- Coming to Poland ----


def _arrived_sql(leaf: Within, at: At) -> str:
    return inside(f"{at.row}.arrived_from", f"{at.row}.arrived_to", at.date(leaf.first), at.date(leaf.last))


def _days_since(person: Facts, day: date) -> tuple[int, int] | None:
    span = person.arrived
    return ((day - span.latest).days, (day - span.earliest).days) if span else None


def _days_since_sql(leaf: Between, at: At) -> str:
    first = None if leaf.at_most is None else f"{at.day} - {at.name(leaf.at_most)}::int"
    last = None if leaf.at_least is None else f"{at.day} - {at.name(leaf.at_least)}::int"
    return inside(f"{at.row}.arrived_from", f"{at.row}.arrived_to", first, last)


def _arrived_told(leaf: Leaf, person: Facts, day: date, names: Names) -> str:
    span = person.arrived
    if not span:
        return ""
    if span.earliest == span.latest:
        return _("came to Poland on %(day)s") % {"day": date_format(span.latest)}
    words = {"from": date_format(span.earliest), "to": date_format(span.latest)}
    return _("came to Poland between %(from)s and %(to)s") % words


def _arrival_missing(person: Facts) -> Any:
    return NO_EXACT_DAY if person.arrived else NO_DAY


NO_DAY = gettext_lazy("the day of coming to Poland is not known")
NO_EXACT_DAY = gettext_lazy("the exact day of coming to Poland is not known")
ARRIVED_ON = Fact(
    code="arrived_on",
    of="person",
    kind=ValueKind.DAY,
    label=gettext_lazy("Day of coming to Poland"),
    tells=Tells("people.Person.arrived"),
    value=lambda person, day: (person.arrived.earliest, person.arrived.latest) if person.arrived else None,
    sql=_arrived_sql,
    cost=1,
    has=_arrived_told,
    asks=days(
        between=gettext_lazy("people who came to Poland from %(from)s to %(to)s"),
        since=gettext_lazy("people who came to Poland on %(from)s or later"),
        until=gettext_lazy("people who came to Poland on %(to)s or before"),
    ),
    missing=_arrival_missing,
)
DAYS_SINCE_ARRIVAL = Fact(
    code="days_since_arrival",
    of="person",
    kind=ValueKind.NUMBER,
    highest=40_000,
    label=gettext_lazy("Days since coming to Poland"),
    tells=Tells("people.Person.arrived"),
    value=_days_since,
    sql=_days_since_sql,
    cost=1,
    has=_arrived_told,
    asks=numbers(
        at_least=lambda n: ngettext(
            "people who came to Poland at least %(n)d day before",
            "people who came to Poland at least %(n)d days before",
            n,
        ),
        at_most=lambda n: ngettext(
            "people who came to Poland at most %(n)d day before",
            "people who came to Poland at most %(n)d days before",
            n,
        ),
        between=lambda n: ngettext(
            "people who came to Poland %(least)d to %(most)d day before",
            "people who came to Poland %(least)d to %(most)d days before",
            n,
        ),
    ),
    missing=_arrival_missing,
)
