"""Failure point stepping (test 15 of the security design): all or nothing, wherever an operation breaks off."""

import os

import pytest
from django.db import connection

from tests.faults.operations import OPERATIONS, World
from tests.faults.stepping import Injected, digests, left_after, statements, steps, undone

pytestmark = pytest.mark.django_db
# So many faults of each operation, spread over its statements; with 9999 each has its turn (bench/faults.md).
MOST = int(os.environ.get("PRZYSTAN_STEPS", "12"))


def test_there_are_twenty() -> None:
    assert len(OPERATIONS) == 20


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_that_breaks_off_leaves_nothing(name: str) -> None:
    work = OPERATIONS[name](World())
    depth = len(connection.savepoint_ids)
    total, before = statements(work), digests()
    tried = steps(total, MOST)
    assert tried, "an operation without a statement"
    left = {number: found for number in tried if (found := left_after(work, number, before))}
    assert not left, f"of {total} statements"
    assert not connection.savepoint_ids[depth:], "a transaction was left open"
    with undone():
        work()
        assert digests() != before, "the whole operation changes something"


def test_the_attack_itself_sees_what_is_left_half_done() -> None:
    """An operation in two transactions is what the stepping is for."""
    world = World()

    def half() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE team_organisation SET short_name = 'A' WHERE id = %s", [world.organisation.pk])
            cursor.execute("UPDATE team_organisation SET name = 'B' WHERE id = %s", [world.organisation.pk])

    assert left_after(half, 1, digests()) == {"team_organisation"}


def test_who_swallows_a_fault_is_found() -> None:
    def swallows() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Injected:
            pass

    with pytest.raises(AssertionError, match="swallowed"):
        left_after(swallows, 1, digests())


def test_what_is_looked_up_once_for_all_is_not_counted() -> None:
    known: list[int] = []

    def looks_up_once() -> None:
        with connection.cursor() as cursor:
            if not known:
                cursor.execute("SELECT 1")
                known.append(1)
            cursor.execute("SELECT 2")

    assert statements(looks_up_once) == 1


@pytest.mark.parametrize(
    ("total", "most", "tried"),
    [(4, 12, [1, 2, 3]), (13, 12, [*range(1, 13)]), (102, 3, [1, 51, 101]), (1, 5, [])],
)
def test_faults_are_spread_evenly(total: int, most: int, tried: list[int]) -> None:
    assert steps(total, most) == tried
