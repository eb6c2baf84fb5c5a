"""What the words of a spreadsheet mean in this centre: names in four languages, codes, and synonyms kept as data."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from babel import Locale
from django.conf import settings
from django.utils import translation

from przystan.access.actors import Actor
from przystan.funding.models import Programme
from przystan.institutions.models import InstitutionKind
from przystan.reference.models import Place, ResidenceTitle
from przystan.reference.shipped import shipped
from przystan.support.enums import Mode
from przystan.support.models import Service, Topic
from przystan.team.models import Point
from przystan.team.queries import colleagues

from ..rules.table import plain

Words = Mapping[str, str]  # a word, plain -> code or id as text


class Meanings:
    """Look-ups for one import, each read once. A word that means two things means neither."""

    def __init__(self, actor: Actor):
        self.actor = actor
        self.synonyms = shipped("exchange", "words")

    def _words(self, pairs: Iterable[tuple[str, str]], synonyms: str = "") -> Words:
        """Names first; a synonym never overrules a name."""
        found: dict[str, str] = {}
        doubtful: set[str] = set()
        for word, code in pairs:
            word = plain(word)
            if word and found.setdefault(word, code) != code:
                doubtful.add(word)
        known = set(found.values())
        for code, words in self.synonyms.get(synonyms, {}).items():
            for word in words:
                if code in known or synonyms in ("modes", "countries", "languages"):
                    found.setdefault(plain(word), code)
        return {word: code for word, code in found.items() if word not in doubtful}

    @cached_property
    def countries(self) -> Words:
        """By name in each language of the interface, by ISO code and by what clerks write."""
        pairs = [
            (name, code)
            for language, _ in settings.LANGUAGES
            for code, name in Locale.parse(language).territories.items()
            if len(code) == 2 and code.isalpha()
        ]
        return self._words([*pairs, *((code, code) for _, code in pairs)], "countries")

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
        rows = Place.objects.filter(kind="municipality").order_by("id")
        return {plain(place.name): place.code for place in reversed(rows)}

    @cached_property
    def institution_kinds(self) -> Words:
        return self._words(_named(InstitutionKind.objects.order_by("id")), "institution_kinds")

    @cached_property
    def titles(self) -> Words:
        return self._words(_named(ResidenceTitle.objects.order_by("id")), "titles")

    @cached_property
    def services(self) -> Words:
        return self._words(_named(Service.objects.filter(retired=False).order_by("id")), "services")

    @cached_property
    def topics(self) -> Words:
        return self._words(_named(Topic.objects.filter(retired=False).order_by("id")))

    @cached_property
    def modes(self) -> Words:
        pairs = [(str(mode), str(mode)) for mode in Mode.values]
        for language, _ in settings.LANGUAGES:
            with translation.override(language):
                pairs += [(str(label), str(mode)) for mode, label in Mode.choices]
        return self._words(pairs, "modes")

    @cached_property
    def points(self) -> Words:
        rows = Point.objects.filter(organisation_id=self.actor.organisation_id).order_by("id")
        return self._words((word, point.code) for point in rows for word in (point.name, point.code))

    @cached_property
    def staff(self) -> Words:
        """By full name in either order, and by user name."""
        pairs = []
        for user in colleagues(self.actor, everybody=True):
            names = user.full_name.split()
            pairs += [(word, user.ref) for word in (user.full_name, " ".join(reversed(names)), user.username)]
        return self._words(pairs)

    @cached_property
    def programmes(self) -> Words:
        rows = Programme.objects.seen_by(self.actor).order_by("id")
        return self._words(
            (word, programme.ref)
            for programme in rows
            for word in (programme.name, programme.key, programme.agreement, *programme.gloss.values())
        )


def _named(rows: Iterable[ResidenceTitle | Service | Topic | InstitutionKind]) -> list[tuple[str, str]]:
    return [(word, row.code) for row in rows for word in (*row.names.values(), row.code)]
