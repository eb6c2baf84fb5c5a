"""Every address, for every actor, by every method, on every object: exactly what the table says.

A run asks a sample drawn by the day (tests/matrix/sample.py); MATRIX=full asks all, before a release.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from przystan.access.addresses import policy
from tests.harness import database, seed
from tests.matrix import sample
from tests.matrix.addresses import ADDRESSES
from tests.matrix.asking import Asking, outcome, path_of, quickly
from tests.matrix.cast import CAST, Card
from tests.matrix.oracle import PLACE, expected, standing
from tests.matrix.world import Builder, World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all actors: their requests leave nothing behind."""
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "matrix"):
        made = Builder().as_the_tests()
        logging.disable(logging.CRITICAL)
        yield made
        logging.disable(logging.NOTSET)


def test_the_table_is_whole() -> None:
    """Every address of the policy has its line in tests/matrix/addresses.py, and the other way round."""
    lines = {address.name for address in ADDRESSES}
    assert sorted(set(policy()) - lines) == [], "add its line to ADDRESSES in tests/<module>/matrix.py"
    assert sorted(lines - set(policy())) == [], "no address has this name any more"


def test_every_run_asks_of_everything() -> None:
    """Whatever is drawn: each address, each role, each standing and each answer, on each kind of object."""
    drawn = set(sample.sample())
    assert {request.card for request in drawn} == {card.name for card in CAST}
    pairs = {(place, obj) for place, address in enumerate(ADDRESSES) for obj in address.objects}
    assert {(request.place, request.obj) for request in drawn} == pairs
    assert {(request.place, request.method) for request in drawn} >= {
        (place, method) for place in range(len(ADDRESSES)) for method in sample.METHODS
    }
    assert set(filter(None, map(reached, sample.everything()))) == set(filter(None, map(reached, drawn)))
    assert drawn <= set(sample.everything())
    assert len({card.name for card in CAST}) == len(CAST) >= 20


def reached(request: sample.Request) -> tuple[str, str, str] | None:
    """The kind of object, what the actor is to it, and what must happen; None: the object is not looked at."""
    card, address = sample.CARDS[request.card], ADDRESSES[request.place]
    if request.method not in sample.ASKED or sample.stopped(card, address):
        return None
    near = standing(card, request.obj) if request.obj in PLACE else request.obj
    return address.on, near, expected(card, address, request.method, request.obj)


@pytest.mark.parametrize("card", CAST, ids=lambda card: card.name)
def test_nobody_gets_more_or_less_than_the_table_says(world: World, card: Card) -> None:
    asking, wrong = Asking(world.accounts[card.name]), []
    with quickly():
        for _, place, obj, method in sample.by_card()[card.name]:
            address = ADDRESSES[place]
            path, data = path_of(address, world.refs, obj), address.data(world.refs, obj)
            found, wanted = outcome(asking.ask(method, path, data), address), expected(card, address, method, obj)
            if found != wanted:
                wrong.append(f"{method} {address.name} {address.label} {obj}: {found}, not {wanted}")
    assert not wrong, f"{len(wrong)}, {seed.AGAIN}:\n" + "\n".join(wrong)
