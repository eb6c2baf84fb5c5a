"""What a file says of somebody known that the register does not: what is empty is filled, nothing is changed."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

FILLED = ("sex", "birth", "arrived", "centre_reference")  # of the person, where nothing is said yet
UNSAID = frozenset({"", "unknown"})


@dataclass
class Held:
    """What is known of a person beside their own fields. Finders are digits of phones, and e-mails in small letters."""

    finders: set[str] = field(default_factory=set)
    citizenships: int = 0
    languages: set[str] = field(default_factory=set)
    titles: list[tuple[int, Any, Any]] = field(default_factory=list)  # title, first and last day
    dwellings: int = 0


def empty_fields(known: Any, said: Any) -> dict[str, str]:
    """Fields of a person in which nothing stands, and what is said of them."""
    pairs = ((name, getattr(known, name), getattr(said, name)) for name in FILLED)
    return {name: new for name, old, new in pairs if old in UNSAID and new not in UNSAID}


def new_facts(held: Held, said: Sequence[Any]) -> list[Any]:
    """Those facts that tell something new, by their kind: each phone and e-mail, each title with days; a town,
    a citizenship, a language only where none is known: which of two is right, a file does not say."""
    return [fact for fact in said if NEW[type(fact).__name__](held, fact)]


def _channel(held: Held, fact: Any) -> bool:
    finder = fact.digits or fact.value.lower()
    new = bool(finder) and finder not in held.finders
    held.finders.add(finder)
    return new


def _title(held: Held, fact: Any) -> bool:
    one = (fact.title_id, fact.valid_from, fact.valid_to)
    dated = bool(fact.valid_from or fact.valid_to)
    new = not held.titles or (dated and one not in held.titles)
    held.titles.append(one)
    return new


NEW: dict[str, Callable[[Held, Any], bool]] = {
    "Channel": _channel,
    "TitleHeld": _title,
    "Citizenship": lambda held, fact: not held.citizenships,
    "Dwelling": lambda held, fact: not held.dwellings,
    "PersonLanguage": lambda held, fact: not held.languages,
    "PersonName": lambda held, fact: False,
}


def counted(facts: Collection[Any], held: Held) -> None:
    """Let facts that are added count as known, for the next row about the same person."""
    for fact in facts:
        match type(fact).__name__:
            case "Citizenship":
                held.citizenships += 1
            case "Dwelling":
                held.dwellings += 1
            case "PersonLanguage":
                held.languages.add(fact.language)
