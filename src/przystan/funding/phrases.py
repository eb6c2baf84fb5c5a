"""Small pieces of sentences about rules.

Those that begin with "people" or "households", and those in the context "this programme takes …", stand right after
these words: translations give them the case that these words ask for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from babel.lists import format_list
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from przystan.reference.cldr import country_name

from .rules import All, Among, AnyOf, Between, Facts, Is, Leaf, Not, Rule, Within

Text = str | Promise

FACTS: dict[str, Text] = {
    "citizenship_class": _("Citizenship: Poland, EU, third country"),
    "citizenship": _("Citizenship: country"),
    "residence_class": _("Kind of title to stay"),
    "residence_title": _("Title to stay"),
    "legal_stay": _("Legal stay"),
    "age": _("Age"),
    "sex": _("Sex"),
    "place": _("Where the person lives"),
    "arrived_on": _("Day of coming to Poland"),
    "days_since_arrival": _("Days since coming to Poland"),
    "household_size": _("People in the household"),
    "household_has_minor": _("Child in the household"),
    "point": _("Point of the centre"),
    "service": _("Service"),
}
MISSING: dict[str, Text] = {
    "citizenship_class": _("citizenship is not known"),
    "citizenship": _("citizenship is not known"),
    "residence_class": _("title to stay is not known"),
    "residence_title": _("title to stay is not known"),
    "legal_stay": _("title to stay is not known"),
    "age": _("birth date is not known"),
    "sex": _("sex is not known"),
    "place": _("where the person lives is not known"),
    "arrived_on": _("the day of coming to Poland is not known"),
    "days_since_arrival": _("the day of coming to Poland is not known"),
    "household_size": _("household is not known"),
    "household_has_minor": _("household is not known"),
}
CITIZENS: dict[str, Text] = {
    "poland": _("Polish citizen"),
    "eu_eea_ch": _("EU citizen"),
    "third_country": _("third-country national"),
    "stateless": _("stateless person"),
}
CODES: dict[tuple[str, str], Text] = {
    ("citizenship_class", "poland"): pgettext_lazy("this programme takes …", "Polish citizens"),
    ("citizenship_class", "eu_eea_ch"): pgettext_lazy("this programme takes …", "EU citizens"),
    ("citizenship_class", "third_country"): pgettext_lazy("this programme takes …", "third-country nationals"),
    ("citizenship_class", "stateless"): pgettext_lazy("this programme takes …", "stateless people"),
    ("sex", "female"): pgettext_lazy("this programme takes …", "women"),
    ("sex", "male"): pgettext_lazy("this programme takes …", "men"),
    ("sex", "other"): pgettext_lazy("this programme takes …", "people of another sex"),
    ("residence_class", "temporary"): _("temporary residence"),
    ("residence_class", "permanent"): _("permanent or long-term residence"),
    ("residence_class", "protection"): _("international protection"),
    ("residence_class", "temporary_protection"): _("temporary protection"),
    ("residence_class", "applicant"): _("applicant for protection"),
    ("residence_class", "eu"): _("residence of an EU citizen or their family"),
    ("residence_class", "visa"): _("visa"),
    ("residence_class", "visa_free"): _("visa-free stay"),
    ("residence_class", "pending"): _("application under way"),
    ("residence_class", "return"): _("return decision"),
    ("residence_class", "irregular"): _("no title to stay"),
}
AS_THEY_ARE = ("citizenship_class", "sex")  # these phrases say "people" themselves
STATES: dict[tuple[str, object], Text] = {
    ("legal_stay", True): _("stays in Poland legally"),
    ("legal_stay", False): _("has no title that makes the stay legal"),
    ("household_has_minor", True): _("a child under 18 in the household"),
    ("household_has_minor", False): _("no child under 18 in the household"),
    ("sex", "female"): _("woman"),
    ("sex", "male"): _("man"),
    ("sex", "other"): _("other sex"),
}
ASKED: dict[tuple[str, bool], Text] = {
    ("legal_stay", True): pgettext_lazy("this programme takes …", "people who stay in Poland legally"),
    ("legal_stay", False): pgettext_lazy("this programme takes …", "people without a title that makes the stay legal"),
    ("household_has_minor", True): pgettext_lazy("this programme takes …", "households with a child under 18"),
    ("household_has_minor", False): pgettext_lazy("this programme takes …", "households without a child under 18"),
}
OF_CODES: dict[str, Text] = {
    "citizenship": pgettext_lazy("this programme takes …", "people with the citizenship of: %(codes)s"),
    "residence_class": pgettext_lazy("this programme takes …", "people with this kind of title to stay: %(codes)s"),
    "residence_title": pgettext_lazy("this programme takes …", "people with this title to stay: %(codes)s"),
    "place": pgettext_lazy("this programme takes …", "people who live in: %(codes)s"),
    "point": pgettext_lazy("this programme takes …", "people who come to this point: %(codes)s"),
    "service": pgettext_lazy("this programme takes …", "people who receive: %(codes)s"),
}


class HasCode(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def since(self) -> date | None: ...


class Labelled(Protocol):
    def __call__(self, fact: str, code: str) -> str: ...


def citizen(code: str) -> str:
    """A class of citizenship, of one person."""
    return str(CITIZENS[code])


def country(code: str) -> str:
    """The country's name in the page's language."""
    return country_name(code)


def missing(fact: str) -> str:
    """What to ask the person, said as what is not known."""
    return str(MISSING.get(fact, FACTS[fact]))


def state(fact: str, facts: Facts) -> str:
    """A yes-or-no fact, or the sex, as it is for this person."""
    if fact == "sex":
        return str(STATES.get((fact, facts.sex), ""))
    if fact == "legal_stay":
        return str(STATES[fact, any(title.legal for title in facts.titles)])
    return str(STATES[fact, bool(facts.household and facts.household.has_minor)])


def both(words: Iterable[str]) -> str:
    """ "a, b and c" in the page's language."""
    return format_list(list(words), locale=_locale())


def either(words: Iterable[str]) -> str:
    """ "a, b or c" in the page's language."""
    return format_list(list(words), style="or", locale=_locale())


def _locale() -> str:
    return (get_language() or "pl").split("-")[0]


def name(fact: str, code: str, labels: Labelled) -> str:
    """One code of a fact in words."""
    if fact == "citizenship":
        return country_name(code)
    known = CODES.get((fact, code))
    return str(known) if known else labels(fact, code)


def takes(leaf: Leaf, labels: Labelled) -> str:
    """Whom a condition asks for, to stand after "this programme takes"."""
    match leaf:
        case Among(fact, codes):
            words = either(name(fact, code, labels) for code in codes)
            return words if fact in AS_THEY_ARE else str(OF_CODES[fact]) % {"codes": words}
        case Is(fact, value):
            return str(ASKED[fact, value])
        case Between(fact, least, most):
            return _numbers(fact, least, most)
        case Within(_, first, last):
            return _days(first, last)


def _numbers(fact: str, least: int | None, most: int | None) -> str:
    """The plural follows the number said last."""
    said = {"age": _ages, "household_size": _households}.get(fact, _days_before)
    if least is not None and most is not None:
        both_ends = {"age": _ages_between, "household_size": _households_between}.get(fact, _days_between)
        return both_ends(most) % {"least": least, "most": most}
    return said(least, most) % {"n": least if most is None else most}


def _ages(least: int | None, most: int | None) -> str:
    if most is None:
        return ngettext("people of at least %(n)d year", "people of at least %(n)d years", least or 0)
    return ngettext("people of at most %(n)d year", "people of at most %(n)d years", most)


def _ages_between(most: int) -> str:
    return ngettext("people of %(least)d to %(most)d year", "people of %(least)d to %(most)d years", most)


def _households(least: int | None, most: int | None) -> str:
    if most is None:
        return ngettext("households of at least %(n)d person", "households of at least %(n)d people", least or 0)
    return ngettext("households of at most %(n)d person", "households of at most %(n)d people", most)


def _households_between(most: int) -> str:
    return ngettext("households of %(least)d to %(most)d person", "households of %(least)d to %(most)d people", most)


def _days_before(least: int | None, most: int | None) -> str:
    if most is None:
        return ngettext(
            "people who came to Poland at least %(n)d day before",
            "people who came to Poland at least %(n)d days before",
            least or 0,
        )
    return ngettext(
        "people who came to Poland at most %(n)d day before",
        "people who came to Poland at most %(n)d days before",
        most,
    )


def _days_between(most: int) -> str:
    return ngettext(
        "people who came to Poland %(least)d to %(most)d day before",
        "people who came to Poland %(least)d to %(most)d days before",
        most,
    )


def _days(first: date | None, last: date | None) -> str:
    words = {"from": date_format(first) if first else "", "to": date_format(last) if last else ""}
    if first and last:
        return _("people who came to Poland from %(from)s to %(to)s") % words
    if first:
        return _("people who came to Poland on %(from)s or later") % words
    return _("people who came to Poland on %(to)s or before") % words


def heading(rule: Rule, labels: Labelled) -> str:
    """A node of the tree as a line of its own, above its parts."""
    match rule:
        case All(()):
            return str(_("Everyone"))
        case AnyOf(()):
            return str(_("No one"))
        case All():
            return str(_("All of these:"))
        case AnyOf():
            return str(_("At least one of these:"))
        case Not():
            return str(_("Not these:"))
        case leaf:
            return capfirst(takes(leaf, labels))


@dataclass(frozen=True)
class Outline:
    """A rule as nested lines, for a page."""

    heading: str
    parts: tuple["Outline", ...] = ()


def outline(rule: Rule, labels: Labelled) -> Outline:
    """The rule in words; groups of one are left out."""
    match rule:
        case All((part,)) | AnyOf((part,)):
            return outline(part, labels)
        case All(parts) | AnyOf(parts):
            return Outline(heading(rule, labels), tuple(outline(part, labels) for part in parts))
        case Not(AnyOf(parts)):
            return Outline(heading(rule, labels), tuple(outline(part, labels) for part in parts))
        case Not(part):
            return Outline(heading(rule, labels), (outline(part, labels),))
        case _:
            return Outline(heading(rule, labels))
