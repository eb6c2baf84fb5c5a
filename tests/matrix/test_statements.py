"""No page asks the database more often than bench/pages.py allows: each address, and what a demo centre leads to."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from bench.pages import ROLES, allowed, counted, walked
from django.utils import translation

from przystan.access.addresses import CLOSED, policy
from tests.harness import database
from tests.matrix.addresses import ADDRESSES, Address
from tests.matrix.asking import Asking, let_go, path_of
from tests.matrix.cast import CAST, Card
from tests.matrix.oracle import OPEN, expected
from tests.matrix.world import Builder, World

# Who shows most comes first: each address is opened by the first who may.
NAMES = ["coordinator", "case_manager", "lawyer", "coordinator of all points", "director", "data_protection_officer"]
WHO = [card for name in NAMES for card in CAST if card.name == name]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A little of everything."""
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "statements"):
        made = Builder().as_the_tests()
        logging.disable(logging.CRITICAL)
        yield made
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A living centre."""
    with django_db_blocker.unblock(), database.copy_of(database.demo(), "statements"), translation.override("en"):
        yield


def opened() -> dict[str, tuple[Card, Address, str]]:
    """By name each address that answers a GET of somebody, with an object on which it does."""
    found: dict[str, tuple[Card, Address, str]] = {}
    for card in WHO:
        for address in ADDRESSES:
            objects = [obj for obj in address.objects if expected(card, address, "GET", obj) == OPEN]
            if "GET" in address.methods and objects:
                found.setdefault(f"{address.name} {address.label}", (card, address, objects[0]))
    return found


def test_of_each_address(world: World) -> None:
    asking, many = {card.name: Asking(world.accounts[card.name]) for card in WHO}, {}
    for name, (card, address, obj) in opened().items():
        request = asking[card.name].factory.get(path_of(address, world.refs, obj))
        with counted() as statements:
            let_go(asking[card.name].handler.get_response(request))
        if statements[0] > allowed(address.name):
            many[f"{name} as {card.name}"] = statements[0]
    assert many == {}


def test_somebody_opens_each_address() -> None:
    answering = {address.name for address in ADDRESSES if "GET" in address.methods and policy()[address.name] != CLOSED}
    never = {address.name for address in ADDRESSES if not address.objects or address.on == "never"}
    assert sorted(answering - never - {address.name for _, address, _ in opened().values()}) == []


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("role", ROLES)
def test_of_what_a_demo_centre_leads_to(role: str) -> None:
    pages = list(walked(role, each=1, times=1))
    assert len({page.name for page in pages}) > 20
    assert {f"{page.name} {page.path}": page.statements for page in pages if page.asks_more} == {}
