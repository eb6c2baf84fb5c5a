"""What was made up goes into the ledger here: by the one action that records and pays, in sets, the oldest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from przystan.access.actors import system
from przystan.funding.actions import SUGGESTED, Given, Wish, give_all, pay_all
from przystan.funding.models import Allocation, Limit
from przystan.project.demo.centre import Centre
from przystan.project.demo.copying import Loader
from przystan.project.demo.people import Client
from przystan.project.demo.phrases import CHOSEN_ANYWAY
from przystan.support.actions import Recorded, complete_steps
from przystan.support.models import Support, SupportPerson, SupportTopic
from przystan.support.rules import Entry

AT_ONCE = 2000


@dataclass(frozen=True)
class Made:
    """An entry that was made up, and who received it.

    `done`: its next step was taken. `trusted`: an adviser takes the person's word where a fact was never asked.
    """

    entry: Entry
    clients: tuple[Client, ...] = ()
    done: bool = False
    trusted: bool = False


class Book(Protocol):
    """Where entries of one centre go. A bench that needs a million of them fills another one."""

    def add(self, made: Made) -> None:
        """Take an entry, of a day that is not before the last one's."""

    def write(self, tick: Callable[[float], None]) -> int:
        """Write what is still to be written, once the people are in the database; returns how many have a payer."""


Books = Callable[[Centre, Loader], Book]


class Recorder:
    """Records entries as the product does."""

    def __init__(self, centre: Centre, loader: Loader) -> None:
        self._by = system(centre.id, "demo")
        self._waiting: list[Made] = []

    def add(self, made: Made) -> None:
        self._waiting.append(made)

    def write(self, tick: Callable[[float], None]) -> int:
        paid = 0
        for first in range(0, len(self._waiting), AT_ONCE):
            paid += self._give(self._waiting[first : first + AT_ONCE])
            tick(first / len(self._waiting))
            _let_the_planner_know()
        return paid

    def _give(self, some: Sequence[Made]) -> int:
        given = give_all(by=self._by, entries=[one.entry for one in some], wishes=[SUGGESTED] * len(some))
        done = [one.support for one, made in zip(given, some, strict=True) if made.done]
        complete_steps(by=self._by, supports=done)
        trusted = [one for one, made in zip(given, some, strict=True) if made.trusted and not one.payer]
        return sum(one.payer is not None for one in given) + self._on_their_word(trusted)

    def _on_their_word(self, unpaid: Sequence[Given]) -> int:
        """Where nothing was sure, an adviser chooses the first programme that could not be decided. How many found one.

        None with a limit: others of these may have filled it.
        """
        limited = set(Limit.objects.values_list("programme_id", flat=True))
        chosen = [(Recorded(one.support, one.people), ref) for one in unpaid if (ref := _unsure(one, limited))]
        wishes = [Wish(ref, CHOSEN_ANYWAY) for _one, ref in chosen]
        pay_all(by=self._by, recorded=[one for one, _ref in chosen], wishes=wishes)
        return len(chosen)


def _unsure(one: Given, limited: set[int]) -> str:
    """Reference of the first programme without a limit that could not be decided; "" where there is none."""
    unsure = (offer for offer in one.ranked if offer.verdict is None and not offer.outside)
    return next((offer.programme.ref for offer in unsure if offer.programme.pk not in limited), "")


def _let_the_planner_know() -> None:
    tables = ", ".join(model._meta.db_table for model in (Support, SupportPerson, SupportTopic, Allocation))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
