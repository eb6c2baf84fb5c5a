"""Names of the codes that rules speak of, read only when a sentence needs them, all in one query."""

import json
from functools import cached_property

from django.db import connection

from przystan.reference.cldr import alphabetical
from przystan.reference.models import translated

from .facts import Fact, Fixed, Listed, Rows
from .trees import Among, Rule, leaves_of
from .vocabulary import Vocabulary


class Labels:
    """`labels(fact, "gdansk")` is "Gdańsk"; an unknown code is shown as it is."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __call__(self, fact: Fact, code: str) -> str:
        """The name of a code of this fact in the page's language."""
        match fact.codes:
            case Fixed(words):
                return str(words.get(code, code))
            case Listed(_, name):
                return name(code)
            case _:
                names = self._names.get((fact.code, code))
                return translated(names) if names else code

    def choices(self, fact: Fact) -> list[tuple[str, str]]:
        """Every (code, name) that a rule may name for this fact, as the page's language sorts them."""
        match fact.codes:
            case Fixed(words):
                return [(code, str(word)) for code, word in words.items()]
            case Listed(every, _):
                return every()
            case _:
                found = [(code, self(fact, code)) for kind, code in self._names if kind == fact.code]
                return sorted(found, key=lambda pair: alphabetical(pair[1]))

    @cached_property
    def _names(self) -> dict[tuple[str, str], dict[str, str]]:
        kinds = {fact.code: fact.codes.sql for fact in self.vocabulary.facts.values() if isinstance(fact.codes, Rows)}
        parts = [f"SELECT %s AS fact, code, names FROM ({sql}) AS t(code, names)" for sql in kinds.values()]  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), list(kinds))
            return {(fact, code): json.loads(names) for fact, code, names in cursor.fetchall()}


def codes_of(rule: Rule) -> list[tuple[Fact, str]]:
    """Every (fact, code) that a rule speaks of."""
    return [(leaf.fact, code) for leaf in leaves_of(rule) if isinstance(leaf, Among) for code in leaf.codes]


def unknown_codes(rule: Rule, labels: Labels) -> list[tuple[Fact, str]]:
    """(fact, code) of everything that a rule names and that does not exist: it would quietly cover nobody."""
    named = codes_of(rule)
    known = {fact: {code for code, _ in labels.choices(fact)} for fact in {fact for fact, _ in named}}
    return [(fact, code) for fact, code in named if code not in known[fact]]
