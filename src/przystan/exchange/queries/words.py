"""What the words of a spreadsheet mean in this centre: names in four languages, codes, and synonyms kept as data."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from babel import Locale
from babel.core import get_global
from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.funding.models import Programme
from przystan.institutions.models import InstitutionKind
from przystan.people.enums import FamilyRole
from przystan.reference.cldr import STATELESS, countries, languages
from przystan.reference.models import Place, ResidenceTitle
from przystan.reference.shipped import shipped
from przystan.support.enums import Mode
from przystan.support.models import Service, Topic
from przystan.team.models import Point
from przystan.team.queries import colleagues
from przystan.ui.templatetags.ui import minutes

from ..models import ValueMeaning
from ..rules.attendance import ABSENT, PRESENT
from ..rules.places import folded
from ..rules.table import plain

LENGTHS = (30, 45, 60, 90, 120, 135, 180, 240, 360, 480)  # minutes that a mark may stand for
Words = Mapping[str, str]  # a word, plain -> code or id as text


class Meanings:
    """Look-ups for one import, each read once. A word that means two things means neither."""

    def __init__(self, actor: Actor):
        self.actor = actor
        self.synonyms = shipped("exchange", "words")

    def _words(self, pairs: Iterable[tuple[str, str]], field: str) -> Words:
        """Names first; a synonym never overrules a name, nor do names without their diacritics; what somebody has said
        of a value overrules all.
        """
        found: dict[str, str] = {}
        doubtful: set[str] = set()
        for word, code in pairs:
            word = plain(word)
            if word and found.setdefault(word, code) != code:
                doubtful.add(word)
        known = set(found.values())
        for code, words in self.synonyms.get(field, {}).items():
            for word in words:
                if code in known or field in ("modes", "countries", "languages", "family_roles"):
                    found.setdefault(plain(word), code)
        clear = {word: code for word, code in found.items() if word not in doubtful}
        return {**_without_diacritics(clear), **clear, **self.said.get(field, {})}

    @cached_property
    def said(self) -> Mapping[str, Words]:
        """What values were said to mean, by list."""
        found: dict[str, dict[str, str]] = {}
        rows = ValueMeaning.objects.filter(organisation_id=self.actor.organisation_id).order_by("pk")
        for field, value, meaning in rows.values_list("field", "value", "meaning"):
            found.setdefault(field, {})[value] = meaning
        return found

    def choices(self, field: str) -> list[tuple[str, str]]:
        """(code, name) of everything in a list, but for towns, which are too many to choose from."""
        match field:
            case "countries":
                return countries()
            case "languages":
                return languages()
            case "family_roles":
                return [(str(role), str(label)) for role, label in FamilyRole.choices]
            case "marks":
                told = [(str(length), minutes(length)) for length in LENGTHS]
                return [(PRESENT, _("was there")), (ABSENT, _("was not there")), *told]
            case "modes":
                return [(str(mode), str(label)) for mode, label in Mode.choices]
            case "points":
                return list(self._points().values_list("code", "name"))
            case "staff":
                return [(user.ref, user.full_name) for user in colleagues(self.actor, everybody=True)]
            case "programmes":
                return list(Programme.objects.seen_by(self.actor).order_by("name", "id").values_list("ref", "name"))
        return [(row.code, str(row)) for row in NAMED[field]()]

    def _points(self) -> QuerySet[Point]:
        return Point.objects.filter(organisation_id=self.actor.organisation_id).order_by("id")

    @cached_property
    def countries(self) -> Words:
        """By name in each language of the interface, by ISO code and by what clerks write."""
        pairs = [
            (name, code)
            for language, _ in settings.LANGUAGES
            for code, name in Locale.parse(language).territories.items()
            if len(code) == 2 and code.isalpha()
        ]
        codes = {code for _, code in pairs} | {STATELESS}
        three = ((long, alias[0]) for long, alias in get_global("territory_aliases").items() if len(long) == 3)
        pairs += [(code, code) for code in sorted(codes)]
        return self._words([*pairs, *((long, code) for long, code in three if code in codes)], "countries")

    @cached_property
    def languages(self) -> Words:
        pairs = [
            (name, code)
            for language, _ in settings.LANGUAGES
            for code, name in Locale.parse(language).languages.items()
            if len(code) <= 3 and code.isalpha()
        ]
        return self._words([*pairs, *((code, code) for _, code in pairs)], "languages")

    @cached_property
    def places(self) -> Words:
        """By name; of two of one name the first."""
        rows = Place.objects.filter(kind="municipality").order_by("-id").values_list("name", "code")
        return self._words({plain(name): code for name, code in rows}.items(), "places")

    @cached_property
    def institution_kinds(self) -> Words:
        return self._words(_named(NAMED["institution_kinds"]()), "institution_kinds")

    @cached_property
    def titles(self) -> Words:
        return self._words(_named(NAMED["titles"]()), "titles")

    @cached_property
    def services(self) -> Words:
        return self._words(_named(NAMED["services"]()), "services")

    @cached_property
    def topics(self) -> Words:
        return self._words(_named(NAMED["topics"]()), "topics")

    @cached_property
    def modes(self) -> Words:
        return self._words(_labels(Mode), "modes")

    @cached_property
    def marks(self) -> Words:
        """Of attendance sheets. Signs are no words: they are looked up as they stand."""
        signs = {sign.casefold(): meaning for meaning, signs in self.synonyms["marks"].items() for sign in signs}
        return {**signs, **self.said.get("marks", {})}

    @cached_property
    def family_roles(self) -> Words:
        return self._words(_labels(FamilyRole), "family_roles")

    @cached_property
    def points(self) -> Words:
        return self._words(
            ((word, point.code) for point in self._points() for word in (point.name, point.code)), "points"
        )

    @cached_property
    def staff(self) -> Words:
        """By full name in either order, and by user name."""
        pairs = []
        for user in colleagues(self.actor, everybody=True):
            names = user.full_name.split()
            pairs += [(word, user.ref) for word in (user.full_name, " ".join(reversed(names)), user.username)]
        return self._words(pairs, "staff")

    @cached_property
    def programmes(self) -> Words:
        rows = Programme.objects.seen_by(self.actor).order_by("id")
        return self._words(
            (
                (word, programme.ref)
                for programme in rows
                for word in (programme.name, programme.key, programme.agreement, *programme.gloss.values())
            ),
            "programmes",
        )


def _labels(choices: type[TextChoices]) -> list[tuple[str, str]]:
    """By value, and by label in each language of the interface."""
    pairs = [(str(one), str(one)) for one in choices.values]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            pairs += [(str(label), str(one)) for one, label in choices.choices]
    return pairs


def _named(rows: Iterable[ResidenceTitle | Service | Topic | InstitutionKind]) -> list[tuple[str, str]]:
    return [(word, row.code) for row in rows for word in (*row.names.values(), row.code)]


def _without_diacritics(words: Words) -> Words:
    """Each word as somebody types it who has no Polish letters; not where two would be one."""
    found: dict[str, str] = {}
    doubtful = set()
    for word, code in words.items():
        if found.setdefault(folded(word), code) != code:
            doubtful.add(folded(word))
    return {word: code for word, code in found.items() if word not in doubtful}


NAMED: Mapping[str, Callable[[], Any]] = {
    "titles": lambda: ResidenceTitle.objects.order_by("id"),
    "services": lambda: Service.objects.filter(retired=False).order_by("id"),
    "topics": lambda: Topic.objects.filter(retired=False).order_by("id"),
    "institution_kinds": lambda: InstitutionKind.objects.order_by("id"),
}
