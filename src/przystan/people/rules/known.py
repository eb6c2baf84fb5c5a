"""What is known of a person on one day. What is not known is None, or an empty tuple."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Held:
    """A citizenship or a place on the day, and since when, if that is known."""

    code: str
    since: date | None = None


@dataclass(frozen=True)
class Title(Held):
    """A title to stay on the day, with what law says of it."""

    title_class: str = ""
    legal: bool = True


@dataclass(frozen=True)
class Span:
    """A date known in part: the first and the last day it can mean."""

    earliest: date
    latest: date


@dataclass(frozen=True)
class Household:
    """Everyone who shares a household with the person on the day, the person included."""

    size: int
    has_minor: bool | None


@dataclass(frozen=True)
class Facts:
    """One person on one day; as it stands, somebody of whom nothing is known.

    `places` holds each town with all that it lies in.
    """

    sex: str | None = None
    born: Span | None = None
    arrived: Span | None = None
    citizenships: tuple[Held, ...] = ()
    citizenship_class: Held | None = None
    titles: tuple[Title, ...] = ()
    places: tuple[Held, ...] = ()
    household: Household | None = None
