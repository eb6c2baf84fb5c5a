"""What is asked of who pays, and what comes back: supports, their people, their payers, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from przystan.people.models import Person
from przystan.support.models import Gathering, Support

from ..models import Allocation, Programme
from ..queries.payers import Ranked


class Unpaid(StrEnum):
    """Why a support has no payer."""

    NOT_ASKED = "not_asked"  # nobody wanted one: an old file names none
    NONE_FITS = "none_fits"  # no programme can surely pay, or the one that a file names cannot
    CHOSEN = "chosen"  # somebody chose that nobody pays


@dataclass(frozen=True)
class Wish:
    """Who is to pay for a support. One of the constants below, or a programme that somebody chose.

    `payer`: reference of a programme, "" for nobody, None for the one that is suggested, if any. `reason` is needed for
    another one than the suggested. `asked` False: none is looked for. `settled`: it was paid for before it came here;
    the programme may pay unless its rule refuses, and limits are not asked.
    """

    payer: str | None = None
    reason: str = ""
    asked: bool = True
    settled: bool = False


SUGGESTED, NOBODY, NOT_ASKED = Wish(), Wish(payer=""), Wish(asked=False)


@dataclass(frozen=True)
class Given:
    """A support in the ledger: who received it, and who pays (`allocation`) or why nobody does (`unpaid`).

    `ranked`: every programme of the day with its reasons, where they were ranked.
    """

    support: Support
    people: tuple[Person, ...]
    allocation: Allocation | None = None
    unpaid: Unpaid | None = None
    ranked: Sequence[Ranked] = ()

    @property
    def payer(self) -> Programme | None:
        """The programme that pays."""
        return self.allocation.programme if self.allocation else None


@dataclass(frozen=True)
class GivenGroup:
    """A gathering with a support for each person, and one for all the unnamed."""

    gathering: Gathering
    given: tuple[Given, ...]
