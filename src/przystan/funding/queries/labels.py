"""Names of the codes that rules speak of, read only when a sentence needs them, all in one query."""

import json
from functools import cached_property

from django.db import connection

from przystan.reference.cldr import alphabetical, countries
from przystan.reference.models import translated

from .. import phrases
from ..rules import All, Among, AnyOf, Not, Rule

NAMED = ("residence_title", "service", "place", "point")
NAMES = """
SELECT 'residence_title', code, names FROM reference_residencetitle
UNION ALL SELECT 'service', code, names FROM support_service
UNION ALL SELECT 'place', code, jsonb_build_object('pl', name) FROM reference_place
UNION ALL SELECT 'point', code, jsonb_build_object('pl', name) FROM team_point
"""


class Labels:
    """`labels("place", "gdansk")` is "Gdańsk"; an unknown code is shown as it is."""

    def __call__(self, fact: str, code: str) -> str:
        """The name of a code of this fact in the page's language."""
        names = self._names.get((fact, code))
        return translated(names) if names else code

    def choices(self, fact: str) -> list[tuple[str, str]]:
        """Every (code, name) that a rule may name for this fact, as the page's language sorts them."""
        if fact == "citizenship":
            return countries()
        if fact in NAMED:
            found = [(code, self(fact, code)) for kind, code in self._names if kind == fact]
            return sorted(found, key=lambda pair: alphabetical(pair[1]))
        return [(code, phrases.name(fact, code, self)) for kind, code in phrases.CODES if kind == fact]

    @cached_property
    def _names(self) -> dict[tuple[str, str], dict[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute(NAMES)
            return {(fact, code): json.loads(names) for fact, code, names in cursor.fetchall()}


def unknown_codes(rule: Rule, labels: Labels | None = None) -> list[tuple[str, str]]:
    """(fact, code) of everything that a rule names and that does not exist: it would quietly take nobody."""
    labels = labels or Labels()
    named = codes_in(rule)
    known = {fact: {code for code, _name in labels.choices(fact)} for fact in {fact for fact, _code in named}}
    return [(fact, code) for fact, code in named if code not in known[fact]]


def codes_in(rule: Rule) -> list[tuple[str, str]]:
    """Every (fact, code) that a rule speaks of."""
    match rule:
        case All(parts) | AnyOf(parts):
            return [pair for part in parts for pair in codes_in(part)]
        case Not(part):
            return codes_in(part)
        case Among(fact, codes):
            return [(fact, code) for code in codes]
        case _:
            return []
