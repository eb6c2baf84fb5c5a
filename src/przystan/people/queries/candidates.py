"""A person who may be the one that is looked for, and why."""

from dataclasses import dataclass

from django.utils.functional import Promise

from ..models import Person
from ..wording import DOUBTS, reason


@dataclass(frozen=True)
class Candidate:
    """`score` orders candidates (1.0 and more: as good as certain); `codes` say why; `name` is the form that fits."""

    person: Person
    score: float
    codes: tuple[str, ...] = ()
    name: str = ""

    @property
    def reasons(self) -> list[str | Promise]:
        """What speaks for this person, in words."""
        return [reason(code) for code in self.codes if code not in DOUBTS]

    @property
    def doubts(self) -> list[str | Promise]:
        """What speaks against, in words."""
        return [reason(code) for code in self.codes if code in DOUBTS]

    @property
    def other_name(self) -> str:
        """The form that fitted, where it is not the one shown for the person."""
        return "" if self.name == self.person.display_name else self.name
