"""Rules in words: whom a rule covers, why it holds or does not, and what is wrong with one.

What a condition asks for stands at the end of a sentence: "this programme takes …", "this rule covers …". Translations
give it the nominative; so must the sentences of every `Frame`, which put it after a colon or make it their subject.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.lists import format_list
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .deciding import Because, Verdict, reasons
from .facts import Fact, Names, Situation
from .trees import All, Among, AnyOf, Between, Is, Not, Rule, RuleError, Within

Text = str | Promise
Asks = Callable[[Any, Names], str]


@dataclass(frozen=True)
class Frame:
    """The sentences of one kind of rules. `asks` and `refuses` hold %(has)s and %(asked)s."""

    asks: Text
    refuses: Text
    everyone: Text
    no_one: Text


def because(verdict: Verdict, situation: Situation, names: Names, frame: Frame) -> list[str]:
    """The sentences that explain a verdict, each once."""
    found = reasons(verdict)
    if not found:
        return [str(frame.everyone if verdict.value else frame.no_one)]
    return list(dict.fromkeys(_sentence(one, situation, names, frame, verdict.value) for one in found))


def _sentence(one: Because, situation: Situation, names: Names, frame: Frame, verdict: bool | None) -> str:
    fact = one.leaf.fact
    whose = situation.of[fact.of]
    if one.value is None:
        return str(fact.missing(whose))
    has = fact.has(one.leaf, whose, situation.day, names)
    if verdict:
        return has
    words = {"has": has, "asked": fact.asks(one.leaf, names)}
    return str(frame.refuses if one.negated else frame.asks) % words


# ---- What facts are told with ----


def among(phrase: Text = "%(codes)s") -> Asks:
    """Words of a condition on codes; `phrase` where the codes' own words do not stand alone."""

    def said(leaf: Among, names: Names) -> str:
        return str(phrase) % {"codes": either(names(leaf.fact, code) for code in leaf.codes)}

    return said


def yes_no(yes: Text, no: Text) -> Asks:
    """Words of a condition on a fact of yes or no."""

    def said(leaf: Is, names: Names) -> str:
        return str(yes if leaf.value else no)

    return said


def numbers(*, at_least: Callable[[int], str], at_most: Callable[[int], str], between: Callable[[int], str]) -> Asks:
    """Words of a condition on a number. Each gives the phrase in the plural of the number that is said last.

    They hold %(n)d; `between` %(least)d and %(most)d.
    """

    def said(leaf: Between, names: Names) -> str:
        least, most = leaf.at_least, leaf.at_most
        if most is None:
            return at_least(least or 0) % {"n": least or 0}
        return at_most(most) % {"n": most} if least is None else between(most) % {"least": least, "most": most}

    return said


def days(*, between: Text, since: Text, until: Text) -> Asks:
    """Words of a condition on a day. They hold %(from)s, %(to)s, or both."""

    def said(leaf: Within, names: Names) -> str:
        words = {"from": leaf.first and date_format(leaf.first), "to": leaf.last and date_format(leaf.last)}
        return str((between if leaf.last else since) if leaf.first else until) % words

    return said


def since(what: str, day: date | None) -> str:
    """ "what since 4 May 2019"; without the day where it is not known."""
    return _("%(what)s since %(day)s") % {"what": what, "day": date_format(day)} if day else what


def both(words: Iterable[str]) -> str:
    """ "a, b and c" in the page's language."""
    return str(format_list(list(words), locale=_locale()))


def either(words: Iterable[str]) -> str:
    """ "a, b or c" in the page's language."""
    return str(format_list(list(words), style="or", locale=_locale()))


def _locale() -> str:
    return (get_language() or "pl").split("-")[0]


# ---- The rule itself ----


@dataclass(frozen=True)
class Outline:
    """A rule as nested lines, for a page."""

    heading: str
    parts: tuple["Outline", ...] = ()


def outline(rule: Rule, names: Names) -> Outline:
    """The rule in words; groups of one are left out."""
    match rule:
        case All((part,)) | AnyOf((part,)):
            return outline(part, names)
        case All(parts) | AnyOf(parts):
            return Outline(heading(rule, names), tuple(outline(part, names) for part in parts))
        case Not(AnyOf(parts)):
            return Outline(heading(rule, names), tuple(outline(part, names) for part in parts))
        case Not(part):
            return Outline(heading(rule, names), (outline(part, names),))
        case _:
            return Outline(heading(rule, names))


def heading(rule: Rule, names: Names) -> str:
    """A node of the tree as a line of its own, above its parts."""
    match rule:
        case All(()):
            return _("Everyone")
        case AnyOf(()):
            return _("No one")
        case All():
            return _("All of these:")
        case AnyOf():
            return _("At least one of these:")
        case Not():
            return _("Not these:")
        case leaf:
            return capfirst(leaf.fact.asks(leaf, names))


# ---- What is wrong ----

FAULTS: Mapping[str, Text] = {
    "too_big": gettext_lazy("the rule is too big"),
    "not_a_condition": gettext_lazy("this is no condition"),
    "not_a_list": gettext_lazy("a list of conditions is missing"),
    "unknown_fact": gettext_lazy("this fact is not known here"),
    "unknown_word": gettext_lazy("this word does not belong here"),
    "nothing_asked": gettext_lazy("the condition asks for nothing yet"),
    "no_codes": gettext_lazy("choose at least one"),
    "bad_code": gettext_lazy("this is no code"),
    "not_yes_or_no": gettext_lazy("the answer must be yes or no"),
    "not_a_number": gettext_lazy("write a whole number"),
    "not_a_day": gettext_lazy("write a day"),
    "ends_before_it_begins": gettext_lazy("the end lies before the beginning"),
}


def rule_error(error: RuleError, place: str = "") -> str:
    """What is wrong with a rule, and where: "condition all.2: write a whole number (abc)"; `place`: in better words."""
    words = {"path": place or error.path or "1", "fault": FAULTS.get(error.code, error.code), "detail": error.detail}
    if error.detail:
        return _("condition %(path)s: %(fault)s (%(detail)s)") % words
    return _("condition %(path)s: %(fault)s") % words


def unknown_code(fact: Fact, code: str) -> str:
    """For a rule that names a town, a title, a point or a service which the centre does not have."""
    return _("%(fact)s: “%(code)s” is not known here") % {"fact": fact.label, "code": code}


def asks_too_much() -> str:
    """For a condition of somebody who may not know of everybody what it asks."""
    return _(
        "Such a condition asks something personal of everybody, people of other points too. Only those who lead all"
        " points may set it or see its numbers. Nothing was saved; ask one of them."
    )
