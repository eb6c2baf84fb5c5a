"""Every address, for every actor, by every method, on every object: exactly what the table says."""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest

from przystan.access.addresses import policy
from tests.harness import database
from tests.matrix.addresses import ADDRESSES, Address
from tests.matrix.asking import Asking, outcome, path_of, quickly
from tests.matrix.cast import CAST, Card
from tests.matrix.oracle import expected
from tests.matrix.world import Builder, World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LEAST = 20_000
FULL = os.environ.get("MATRIX") == "full"  # 152,000 requests instead of 50,000: before a release


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


def test_it_is_large_enough() -> None:
    assert len({card.name for card in CAST}) == len(CAST) >= 20
    asked = [methods(card, address, obj) for card in CAST for address in ADDRESSES for obj in address.objects]
    assert sum(map(len, asked)) >= LEAST


def methods(card: Card, address: Address, obj: str) -> tuple[str, ...]:
    """All by every other actor on the first object, reading and writing by all; on others by every other actor.

    With MATRIX=full all by everybody on everything.
    """
    other = (CAST.index(card) + ADDRESSES.index(address) + address.objects.index(obj)) % 2
    if FULL or (obj == address.objects[0] and not other):
        return METHODS
    return ("GET", "POST") if obj == address.objects[0] or not other else ()


@pytest.mark.parametrize("card", CAST, ids=lambda card: card.name)
def test_nobody_gets_more_or_less_than_the_table_says(world: World, card: Card) -> None:
    asking, wrong = Asking(world.accounts[card.name]), []
    with quickly():
        for address in ADDRESSES:
            for obj in address.objects:
                path, data = path_of(address, world.refs, obj), address.data(world.refs, obj)
                for method in methods(card, address, obj):
                    found = outcome(asking.ask(method, path, data), address)
                    wanted = expected(card, address, method, obj)
                    if found != wanted:
                        wrong.append(f"{method} {address.name} {address.label} {obj}: {found}, not {wanted}")
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong)
