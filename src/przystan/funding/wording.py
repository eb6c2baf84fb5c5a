"""Why a programme pays or does not, in the words of the user's language."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from przystan.support.models import Service

from . import phrases
from .enums import LimitKind
from .rules import Among, Because, Facts, Leaf, RuleError, Span, Verdict, reasons
from .rules.decide import numbers_of


def because(verdict: Verdict, facts: Facts, labels: phrases.Labelled) -> list[str]:
    """The sentences that explain a verdict, each once. A rule without conditions takes everyone."""
    found = reasons(verdict)
    if not found:
        return [_("this programme takes everyone")] if verdict.value else [_("this programme takes no one")]
    return list(dict.fromkeys(_sentence(one, facts, labels, verdict.value) for one in found))


def _sentence(one: Because, facts: Facts, labels: phrases.Labelled, verdict: bool | None) -> str:
    if one.value is None:
        return _not_known(one.leaf, facts)
    has = held(one.leaf, facts, labels)
    if verdict:
        return has
    words = {"has": has, "takes": phrases.takes(one.leaf, labels)}
    if one.negated:
        return _("%(has)s; this programme does not take %(takes)s") % words
    return _("%(has)s; this programme takes %(takes)s") % words


def _not_known(leaf: Leaf, facts: Facts) -> str:
    if leaf.fact == "age" and facts.born:
        return _("the exact birth date is not known")
    if leaf.fact in ("arrived_on", "days_since_arrival") and facts.arrived:
        return _("the exact day of coming to Poland is not known")
    if leaf.fact == "household_has_minor" and facts.household:
        return _("the age of someone in the household is not known")
    return phrases.missing(leaf.fact)


def held(leaf: Leaf, facts: Facts, labels: phrases.Labelled) -> str:
    """What is true of this person on the day, as far as the condition asks: "EU citizen since 4 May 2019"."""
    match leaf.fact:
        case "citizenship_class" if facts.citizenship_class:
            return _since(phrases.citizen(facts.citizenship_class.code), facts.citizenship_class.since)
        case "citizenship":
            found = [_since(phrases.country(one.code), one.since) for one in _asked(leaf, facts.citizenships)]
            return _("citizenship: %(countries)s") % {"countries": phrases.both(found)}
        case "residence_title" | "residence_class":
            found = [_since(labels("residence_title", one.code), one.since) for one in facts.titles]
            return _("title to stay: %(titles)s") % {"titles": phrases.both(found)}
        case "place" if facts.places:
            # The last is the town itself, after the county and the voivodeship that it lies in.
            home = facts.places[-1]
            return _since(_("lives in: %(place)s") % {"place": labels("place", home.code)}, home.since)
        case "age":
            return _age(numbers_of("age", facts))
        case "arrived_on" | "days_since_arrival":
            return _arrived(facts)
        case "household_size" if facts.household:
            size = facts.household.size
            return ngettext("household of %(size)d person", "household of %(size)d people", size) % {"size": size}
        case "point":
            return _("point: %(name)s") % {"name": labels("point", facts.point)}
        case "service":
            return _("service: %(name)s") % {"name": labels("service", facts.service)}
        case fact:
            return phrases.state(fact, facts)


def _asked(leaf: Leaf, known: Sequence[phrases.HasCode]) -> Sequence[phrases.HasCode]:
    """Those that the condition names, or all when it names none of them."""
    named = [one for one in known if isinstance(leaf, Among) and one.code in leaf.codes]
    return named or known


def _since(what: str, day: date | None) -> str:
    return _("%(what)s since %(day)s") % {"what": what, "day": date_format(day)} if day else what


def _age(ages: tuple[int, int] | None) -> str:
    if not ages:
        return ""
    if ages[0] == ages[1]:
        return ngettext("%(age)d year old on that day", "%(age)d years old on that day", ages[0]) % {"age": ages[0]}
    words = {"from": ages[0], "to": ages[1]}
    return (
        ngettext("%(from)d or %(to)d year old on that day", "%(from)d or %(to)d years old on that day", ages[1]) % words
    )


def _arrived(facts: Facts) -> str:
    if not facts.arrived:
        return ""
    day = facts.arrived.latest
    if facts.arrived == Span(day, day):
        return _("came to Poland on %(day)s") % {"day": date_format(day)}
    return _("came to Poland between %(from)s and %(to)s") % {
        "from": date_format(facts.arrived.earliest),
        "to": date_format(day),
    }


def paid_outside(funder: str) -> str:
    """For a payer whose money does not go through the centre."""
    return _("paid by %(funder)s outside the centre; not counted here") % {"funder": funder}


def service_not_offered(service: Service) -> str:
    """For a programme without this service."""
    return _("this programme does not pay for: %(service)s") % {"service": service}


def point_outside() -> str:
    """For a programme of another region."""
    return _("this point lies outside the programme's territory")


def point_without_town() -> str:
    """For a point of which the town was not entered."""
    return _("the town of this point is not known")


def no_rule_on(day: date) -> str:
    """For a programme of which nobody wrote down whom it takes."""
    return _("nobody has written down for whom it pays on %(day)s") % {"day": date_format(day)}


def untold() -> str:
    """Instead of reasons, for whoever may not know them."""
    return _("It depends on facts that you see when you work with the person.")


def asks_too_much() -> str:
    """A condition of somebody who may not know of everybody what it asks."""
    return _(
        "Such a condition asks something personal of everybody, people of other points too. Only those who lead all"
        " points may set it or see its numbers. Nothing was saved; ask one of them."
    )


def limit_reached(kind: str, value: int) -> str:
    """For a programme that has paid as much as it may."""
    match kind:
        case LimitKind.SUPPORTS_PER_PERSON:
            text = ngettext(
                "the limit is reached: %(n)d support for one person",
                "the limit is reached: %(n)d supports for one person",
                value,
            )
        case LimitKind.HOURS_PER_PERSON:
            text = ngettext(
                "the limit would be exceeded: %(n)d hour for one person",
                "the limit would be exceeded: %(n)d hours for one person",
                value,
            )
        case LimitKind.PEOPLE:
            text = ngettext(
                "the limit is reached: %(n)d person in all", "the limit is reached: %(n)d people in all", value
            )
        case _:
            text = ngettext(
                "the limit would be exceeded: %(n)d hour in all",
                "the limit would be exceeded: %(n)d hours in all",
                value,
            )
    return text % {"n": value}


def initials(name: str) -> str:
    """At most three first letters, as on a person's chip."""
    return " ".join(f"{word[0].upper()}." for word in name.split()[:3]) or _("No name")


def about(who: Sequence[str], sentence: str) -> str:
    """A sentence about some of several people, who are named by initials."""
    return _("%(who)s: %(sentence)s") % {"who": ", ".join(who), "sentence": sentence}


FAULTS: dict[str, str | Promise] = {
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


def unknown_code(fact: str, code: str) -> str:
    """For a rule that names a town, a title, a point or a service which the centre does not have."""
    return _("%(fact)s: “%(code)s” is not known here") % {"fact": phrases.FACTS[fact], "code": code}
