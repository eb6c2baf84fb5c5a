"""A connection goes from one request to the next; who asked does not go with it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from django.db import connection, connections

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.people.models import Citizenship, Person, TeamMember
from tests import factories
from tests.harness import database
from tests.harness.scope import TESTS, scope

USERS, THREADS, CONNECTIONS = 300, 6, 3
LOCAL = "app.uid", "app.org", "app.points", "app.leads", "app.purpose", "app.held"


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Actor]]:
    """As many colleagues, each with one person to work with, in two organisations; and a pool that is too small."""
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "pool"):
        token = scope._actor.set(TESTS)
        try:
            actors = filled()
        finally:
            scope._actor.reset(token)
        connections.close_all()
        options = connections.settings["default"]["OPTIONS"]
        options["pool"] = {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "timeout": 60}
        try:
            yield actors
        finally:
            connections.close_all()
            with ThreadPoolExecutor(1) as thread:
                thread.submit(lambda: connection.close_pool()).result()
            options.pop("pool")


def filled() -> list[Actor]:
    homes = [factories.organisation(), factories.organisation()]
    points = [factories.point(home) for home in homes]
    users = User.objects.bulk_create(User(username=f"crowd{number}", full_name="x") for number in range(USERS))
    people = Person.objects.bulk_create(
        Person(organisation=homes[number % 2], point=points[number % 2]) for number in range(USERS)
    )
    Citizenship.objects.bulk_create(Citizenship(person=person, country="UA") for person in people)
    TeamMember.objects.bulk_create(
        TeamMember(person=person, user=user, source="named") for person, user in zip(people, users, strict=True)
    )
    return [
        Actor(user.pk, "x", person.organisation_id, points=frozenset({person.point_id}))
        for user, person in zip(users, people, strict=True)
    ]


class Round:
    """What each request of a shuffled crowd finds, a third of them breaking off in the middle."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.served: set[tuple[int, int]] = set()
        self.lock = threading.Lock()

    def serve(self, actor: Actor, breaks: bool) -> None:
        try:
            with acting(actor):
                rows = self.facts()
                mine = TeamMember.objects.filter(user_id=actor.user_id).values_list("person_id", flat=True)
                self.note(rows == set(mine) and len(rows) == 1, f"{actor.user_id} found {len(rows)} rows")
                if breaks:
                    raise InterruptedError
        except InterruptedError:
            pass
        self.leaves_nothing()
        connection.close()  # back to the pool

    def facts(self) -> set[int]:
        """Without any condition: the database alone decides."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT person_id, pg_backend_pid() FROM people_citizenship")
            rows = cursor.fetchall()
        self.served |= {(pid, threading.get_ident()) for _, pid in rows}
        return {person for person, _ in rows}

    def leaves_nothing(self) -> None:
        """After the request, past our own guard."""
        with connection.connection.cursor() as raw:
            left = raw.execute("SELECT count(*) FROM people_citizenship").fetchone()[0]
            settings = [raw.execute("SELECT current_setting(%s, true)", [name]).fetchone()[0] for name in LOCAL]
        self.note(left == 0 and not any(settings), f"left behind: {left} rows, {settings}")

    def note(self, fine: bool, words: str) -> None:
        if not fine:
            with self.lock:
                self.wrong.append(words)


def test_hundreds_of_users_on_three_connections_see_their_own_alone(crowd: list[Actor]) -> None:
    order = Random(3).sample(crowd, len(crowd))
    found = Round()
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(found.serve, order, [number % 3 == 0 for number in range(len(order))]))
    assert found.wrong == []
    pids = {pid for pid, _ in found.served}
    assert len(pids) <= CONNECTIONS < len(found.served), "the connections were not shared by the threads"
