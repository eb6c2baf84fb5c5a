"""What two records of one person say otherwise, so that who merges them says which is right."""

from dataclasses import dataclass
from typing import Any

from przystan.ui.templatetags.ui import day

from ..enums import Sex
from ..models import Person
from ..rules.merging import DATES, FILLABLE, is_asked


@dataclass(frozen=True)
class Differing:
    """One field, its word, and what each record says in it."""

    name: str
    word: Any
    kept: Any
    other: Any


def differing(kept: Person, absorbed: Person) -> list[Differing]:
    """The fields in which the two contradict each other."""
    pairs = [(name, getattr(kept, name), getattr(absorbed, name)) for name in FILLABLE]
    return [
        Differing(name, _word(name), _said(name, one), _said(name, two))
        for name, one, two in pairs
        if is_asked(name, one, two)
    ]


def _word(name: str) -> Any:
    return Person._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _said(name: str, value: str) -> Any:
    if name == "sex":
        return Sex(value).label
    return day(value) if name in DATES else value
