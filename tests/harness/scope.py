"""Tests make and read rows as the system; what a request does, it does as its own actor."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.backends.signals import connection_created

from przystan.access import scope
from przystan.access.actors import Actor
from przystan.access.rights import every
from przystan.project.ownership import as_owner

TESTS = Actor(None, "tests", 0, rights=frozenset(every()), purpose="tests", leads=None)


def tell(connection: Any, **_: Any) -> None:
    """The connection of the tests' own thread sees all rows; those of served requests see what they are told."""
    if threading.current_thread() is threading.main_thread():
        with connection.connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.purpose', 'system', false)")


connection_created.connect(tell)


@pytest.fixture(scope="module")
def as_the_owner(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tests of this module work as the owner of the tables, like `migrate` and the building of the demo."""
    with django_db_blocker.unblock(), as_owner():
        yield


@contextmanager
def acting_tests() -> Iterator[None]:
    """For fixtures of a module, which come before the one of every test."""
    token = scope._actor.set(TESTS)
    try:
        yield
    finally:
        scope._actor.reset(token)


@pytest.fixture(autouse=True)
def the_tests_act() -> Iterator[None]:
    """Rows of people answer tests, too, only when somebody acts."""
    with acting_tests():
        yield
