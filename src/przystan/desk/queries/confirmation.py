"""A confirmation in Polish, each sentence once more in a language of the person's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_noop, override

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.support.models import Support
from przystan.team.models import Organisation

from ..enums import Gloss

PAPER = "pl"
WORDS = {
    "title": gettext_noop("Confirmation of support"),
    "says": gettext_noop("We confirm that this person received support from us:"),
    "born": gettext_noop("born"),
    "day": gettext_noop("Day"),
    "service": gettext_noop("Service"),
    "where": gettext_noop("Place and day"),
    "signed": gettext_noop("Signature"),
    "asked": gettext_noop("Issued because the person asked for it."),
}


@dataclass(frozen=True)
class Line:
    """One support: its day, its service in Polish, and in the second language, "" where there is none."""

    day: date
    service: str
    gloss: str


@dataclass(frozen=True)
class Paper:
    """`words`, `glosses`: by the keys of WORDS, in Polish and in the second language; no glosses without one."""

    person: Person
    centre: Organisation
    lines: list[Line]
    language: str
    words: dict[str, str]
    glosses: dict[str, str]


def paper(actor: Actor, person: Person, supports: Sequence[Support], language: str) -> Paper:
    """`language`: of the gloss, "" for none."""
    second = _words(language) if language else {}
    lines = [Line(one.day, _named(one, PAPER), _named(one, language) if language else "") for one in supports]
    centre = Organisation.objects.get(pk=actor.organisation_id)
    return Paper(person, centre, lines, language, _words(PAPER), second)


def gloss_for(person: Person) -> str:
    """The language of a person's that we can write in; "" where there is none."""
    spoken = person.languages.order_by("id").values_list("language", flat=True)
    return next((code for code in spoken if code in Gloss.values), "")


def _words(language: str) -> dict[str, str]:
    with override(language):
        return {key: gettext(text) for key, text in WORDS.items()}


def _named(support: Support, language: str) -> str:
    with override(language):
        return str(support.service)
