"""Python, SQL and the lock of the database give one answer, in random centres (test 5 of the security design)."""

from collections.abc import Iterator
from copy import copy
from random import Random
from typing import Any

import pytest
from django.db import connection

from przystan.access import scope
from przystan.access.actors import Actor
from przystan.access.decisions import Verdict, decide
from przystan.people.models import Person
from przystan.people.policies import sensitive
from przystan.people.queries.visible import OPEN, SEEN, about
from przystan.people.rights import PEOPLE_READ
from przystan.support.models import Support
from przystan.support.queries import any_support
from przystan.team.queries import actor_for
from tests.harness import seed
from tests.matrix.sample import FULL

from .worlds import STAFF, Level, World, build

FACTS = ["people_citizenship", "people_householdmember", "people_relation"]
COUNTED = ["people_citizenship", "people_householdmember"]  # relations make no number
SWITCHES = 300
pytestmark = pytest.mark.django_db


# Two worlds a day, which are others the next day; before a release twenty.
DRAWN = seed.lot("worlds of people").sample(range(1000), 20 if FULL else 2)


@pytest.fixture(params=DRAWN)
def world(request: pytest.FixtureRequest) -> World:
    return build(request.param)


def everybody(world: World) -> Iterator[tuple[str, Actor]]:
    for name, user in world.users.items():
        actor = actor_for(user)
        assert actor
        with scope.acting(actor):
            yield name, actor


def ids(sql: str, values: dict[str, Any] | None = None) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {row[0] for row in cursor.fetchall()}


def pks(rows: Any) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def test_lists_are_what_is_decided_one_by_one(world: World) -> None:
    for name, actor in everybody(world):
        assert pks(Person.objects.seen_by(actor)) == world.known(name, Level.NAME), name
        assert pks(Person.objects.open_to(actor)) == world.known(name, Level.PAGE), name
        assert pks(Person.objects.worked_with_by(actor)) == world.known(name, Level.ALL), name
        named = {person.pk: person.is_open for person in Person.objects.named_for(actor)}
        assert named == {pk: world.level(pk, name) >= Level.PAGE for pk in world.known(name, Level.NAME)}, name


@pytest.mark.parametrize("listed", [False, True], ids=["alone", "from a list"])
def test_the_decision_on_one_person(world: World, listed: bool) -> None:
    """The same whether the row was read by itself or came through `seen_by`, which spares the decision its query."""
    whole = [Verdict.DENY, Verdict.MASK, Verdict.ALLOW, Verdict.ALLOW]
    for name, actor in everybody(world):
        rows = Person.objects.seen_by(actor).in_bulk() if listed else {}
        for pk, person in world.people.items():
            level = world.level(pk, name) if STAFF[name].reads_people else Level.NOTHING
            person = rows.get(pk) or copy(person)
            assert decide(actor, PEOPLE_READ, person).verdict == whole[level], (name, pk, level)
            assert sensitive(actor, person).allowed == (level is Level.ALL), (name, pk, level)


def test_conditions_in_sql_are_the_lists(world: World) -> None:
    people = "SELECT p.id FROM people_person p WHERE p.organisation_id = %(of)s AND "
    for name, actor in everybody(world):
        values = about(actor) | {"of": actor.organisation_id}
        assert ids(people + SEEN, values) == world.known(name, Level.NAME), name
        assert ids(f"{people}{SEEN} AND {OPEN}", values) == world.known(name, Level.PAGE), name


def test_the_database_alone_hides_what_is_protected_and_what_is_sensitive(world: World) -> None:
    """Whatever is asked: nobody of another organisation, nobody protected and no sensitive fact but for the team."""
    for name, _actor in everybody(world):
        mine = {pk for pk, who in world.team if who == name}
        people = {pk for pk in world.own(name) if not world.people[pk].protected} | mine
        assert ids("SELECT id FROM people_person") == people, name
        led = {pk for pk in people if world.at[pk] in STAFF[name].leads and not world.people[pk].protected}
        for table in FACTS:
            assert ids(f"SELECT person_id FROM {table}") == mine | led, (name, table)
        assert people >= world.known(name, Level.NAME)
        assert mine | led >= world.known(name, Level.ALL)


def test_supports_are_those_of_known_people(world: World) -> None:
    for name, actor in everybody(world):
        known = {pk for pk in world.entries if world.may_know(pk, name)}
        here = {pk for pk in known if world.entries[pk][1] in STAFF[name].works or world.entries[pk][2] == name}
        about_mine = {pk for pk in known if {world.level(one, name) for one in world.entries[pk][3]} & {Level.ALL}}
        assert pks(Support.objects.seen_by(actor)) == here, name
        assert pks(Support.objects.of_people_seen_by(actor)) == about_mine, name
        raw = ids("SELECT id FROM support_support")
        assert raw >= here | about_mine, name
        assert not {pk for pk in raw - known if world.hidden(pk)} - _of_my_teams(world, name), name
        assert raw <= world.own_entries(name), name
        for entry in any_support(actor):
            shown = {recipient.person_id for recipient in entry.recipients.all()}
            assert shown == {pk for pk in world.entries[entry.pk][3] if world.level(pk, name) > Level.NOTHING}, name


def _of_my_teams(world: World, name: str) -> set[int]:
    return {pk for pk, entry in world.entries.items() if {(one, name) for one in entry[3]} & world.team}


def test_a_count_knows_nobody_protected_even_for_their_team(world: World) -> None:
    joined = "SELECT p.id FROM people_person p JOIN {} f ON f.person_id = p.id"
    for name, _actor in everybody(world):
        countable = {pk for pk in world.own(name) if not world.people[pk].protected}
        with scope.counting():
            assert ids("SELECT id FROM people_person") == countable, name
            for table in COUNTED:
                assert ids(joined.format(table)) == countable, (name, table)
            counted = {pk for pk in world.own_entries(name) if not world.hidden(pk)}
            assert ids("SELECT id FROM support_support") == counted, name
            received = "SELECT r.person_id FROM support_support s JOIN support_supportperson r ON r.support_id = s.id"
            assert ids(received) <= countable, name


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_many_share_carries_nothing_over() -> None:
    """Hundreds of times somebody else on one connection: each sees what is theirs, and between them nothing is seen."""
    world, random = build(99), Random(5)
    actors = {name: actor_for(user) for name, user in world.users.items()}
    people = {name: {pk for pk in world.own(name) if not world.people[pk].protected} for name in actors}
    foreign = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.purpose', '', false)")  # as in life; the harness makes it "system"
    for _ in range(SWITCHES):
        name = random.choice(list(actors))
        mine = {pk for pk, who in world.team if who == name}
        with scope.acting(actors[name]):  # type: ignore[arg-type]
            foreign += ids("SELECT id FROM people_person") != people[name] | mine
        foreign += bool(ids("SELECT id FROM people_person LIMIT 1"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.purpose', 'system', false)")
    assert foreign == 0
