"""What is in a list is what opens: for every actor, objects are listed exactly where their page is theirs to open."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from przystan.access.actors import Actor
from przystan.access.scope import acting
from przystan.casework.queries import my_cases
from przystan.desk.queries import results
from przystan.desk.queries.supports import listed
from przystan.exchange.models import ImportBatch
from przystan.funding.models import Programme
from przystan.people.models import Person
from przystan.results.queries import Filters as ResultFilters
from przystan.staff.models import Worker
from przystan.support.queries import Filters
from przystan.team.queries import actor_for, colleagues
from tests.harness import database
from tests.matrix.addresses import ADDRESSES, Address
from tests.matrix.asking import Asking, outcome, path_of, quickly
from tests.matrix.cast import CAST, Card
from tests.matrix.oracle import OPEN, PLACE, expected, standing
from tests.matrix.world import Builder, World

COLLEAGUES = [card for card in CAST if not card.kind]
PAGES = {address.name: address for address in ADDRESSES if not address.label}

# page of one -> kind of object, and where its list begins
LISTS: dict[str, tuple[str, Callable[[Actor], Any]]] = {
    "casework:case": ("case", my_cases),
    "funding:programme": ("programme", lambda actor: Programme.objects.seen_by(actor)),
    "exchange:batch": ("import", lambda actor: ImportBatch.objects.seen_by(actor)),
    "staff:worker": ("worker", lambda actor: Worker.objects.seen_by(actor)),
    "team:member": ("member", lambda actor: colleagues(actor, everybody=True)),
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "lists"):
        yield Builder().as_the_tests()


def actor_of(world: World, card: Card) -> Actor:
    account = world.accounts[card.name]
    found = actor_for(account) if account else None
    assert found
    return found


def named(world: World, kind: str, refs: Iterable[str]) -> set[str]:
    """The world's own objects among these references."""
    names = {ref: obj for obj, ref in world.refs[kind].items()}
    return {names[ref] for ref in refs if ref in names}


def opening(world: World, card: Card, address: Address) -> set[str]:
    """Objects whose page opens."""
    asking = Asking(world.accounts[card.name])
    with quickly():
        return {
            obj
            for obj in address.objects
            if outcome(asking.ask("GET", path_of(address, world.refs, obj)), address) == OPEN
        }


@pytest.mark.parametrize("card", COLLEAGUES, ids=lambda card: card.name)
def test_lists_hold_what_opens(world: World, card: Card) -> None:
    actor = actor_of(world, card)
    for name, (kind, rows) in LISTS.items():
        page = PAGES[name]
        if any(expected(card, page, "GET", obj) == OPEN for obj in page.objects):
            with acting(actor):
                shown = named(world, kind, rows(actor).values_list("ref", flat=True))
            assert shown == opening(world, card, page), name


@pytest.mark.parametrize("card", COLLEAGUES, ids=lambda card: card.name)
def test_people_are_listed_by_their_standing(world: World, card: Card) -> None:
    """Elsewhere: that there is somebody of this name. Sensitive facts: those who work with them. Excluded: nothing."""
    actor = actor_of(world, card)
    with acting(actor):
        seen = named(world, "person", Person.objects.seen_by(actor).values_list("ref", flat=True))
        worked = named(world, "person", Person.objects.worked_with_by(actor).values_list("ref", flat=True))
    known = {obj: standing(card, obj) for obj in PLACE}
    assert seen == {
        obj for obj, near in known.items() if near == "team" or (obj != "hidden" and near not in ("alien", "excluded"))
    }
    assert worked == {obj for obj, near in known.items() if near == "team" or (obj != "hidden" and near == "lead")}


LEDGERS = {
    "support": lambda actor: listed(actor, Filters()),
    "result": lambda actor: results.listed(actor, ResultFilters()),
}


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("card", COLLEAGUES, ids=lambda card: card.name)
def test_entries_of_the_list_open(world: World, card: Card, ledger: str) -> None:
    """The list holds what was given at one's points; what opens beside is about people one works with."""
    actor = actor_of(world, card)
    address = PAGES[f"desk:{ledger}"]
    with acting(actor):
        shown = named(world, ledger, LEDGERS[ledger](actor).values_list("ref", flat=True))
    if expected(card, address, "GET", "own") == OPEN:
        opens = opening(world, card, address)
        assert shown <= opens
        assert {obj for obj in opens if obj != "hidden" and standing(card, obj) != "team"} <= shown
