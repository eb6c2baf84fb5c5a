"""A person who may be the one that is looked for, and why."""

from dataclasses import dataclass

from django.utils.functional import Promise

from ..models import Person
from ..wording import doubts, reasons


@dataclass(frozen=True)
class Candidate:
    """`score` orders candidates (1.0 and more: as good as certain); `codes` say why; `name` is the form that fits.

    `fits`: may be the person meant; without it only the nearest there is.
    """

    person: Person
    score: float
    codes: tuple[str, ...] = ()
    name: str = ""
    fits: bool = True

    @property
    def reasons(self) -> list[str | Promise]:
        """What speaks for this person, in words."""
        return reasons(self.codes)

    @property
    def doubts(self) -> list[str | Promise]:
        """What speaks against, in words."""
        return doubts(self.codes)

    @property
    def other_name(self) -> str:
        """The form that fitted, where it is not the one shown for the person."""
        return "" if self.name == self.person.display_name else self.name
