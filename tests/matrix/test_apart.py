"""Two organisations in one database are apart in every table, for PostgreSQL itself; what is not locked says why."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from przystan.access.locks import views
from przystan.access.scope import acting, counting, guarded_models
from przystan.casework.actions import open_case
from przystan.casework.enums import CaseKind
from przystan.people.actions import Newcomer, NewName, register
from przystan.people.models import Person, PersonName
from przystan.people.queries.links import below, foreign_keys, ours, privacy_of
from przystan.support.actions import record
from przystan.support.models import Service, Topic
from przystan.support.rules import Effort, Entry
from przystan.team.models import Membership, Organisation, Point
from tests import factories
from tests.harness import database
from tests.harness.database import connect_to
from tests.matrix.world import Builder, World

MACHINE = "of the machine; jobs hold numbers and references"
# Tables of libraries.
SHARED = {
    "accounts of staff and what opens them": "account_emailaddress account_emailconfirmation django_session"
    " mfa_authenticator",
    MACHINE: "auth_group auth_group_permissions auth_permission django_cache django_content_type django_migrations"
    " procrastinate_events procrastinate_jobs procrastinate_periodic_defers procrastinate_workers",
}


def unlocked_tables() -> dict[str, str]:
    """Tables of ours without a lock -> why, as their models say; what joins such a table with others too."""
    found = {model: getattr(privacy_of(model), "unlocked", "") for model in ours()}
    tables = {model._meta.db_table: why for model, why in found.items() if why}
    joined = {
        field.remote_field.through._meta.db_table: why
        for model, why in found.items()
        if why
        for field in model._meta.local_many_to_many
    }
    return tables | joined


UNLOCKED = unlocked_tables()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "apart"):
        yield Builder().as_the_tests()


def app() -> psycopg.Connection[tuple[object, ...]]:
    """A plain connection of the application's role, as somebody has who took over the web process."""
    return connect_to(connections.settings["default"])


def of_organisations() -> set[str]:
    """Tables with personal data, and those whose rows lead to an organisation or a person."""
    named = {model for model in ours() for field in model._meta.concrete_fields if field.name == ID}
    found = {Organisation, Person, *guarded_models(), *named}
    tables = apps.get_models(include_auto_created=True)
    while more := {model for model in tables if model not in found and _leads_to(model, found)}:
        found |= more
    return {model._meta.db_table for model in found}


ID = "organisation_id"  # a number where a foreign key would point upwards


def _leads_to(model: Any, found: set[Any]) -> bool:
    return any(field.related_model in found for field in foreign_keys(model))


def locked() -> set[str]:
    with app() as open_:
        rows = open_.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND row_security_active(oid)"
        ).fetchall()
    return {str(name) for (name,) in rows}


def test_every_table_is_known(world: World) -> None:
    with app() as open_:
        rows = open_.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    shared = " ".join(SHARED.values()).split()
    assert {name for (name,) in rows} == {*locked(), *UNLOCKED, *shared}
    assert len(shared) + len(locked()) + len(UNLOCKED) == len(rows), "said twice"
    assert not of_organisations() & set(shared)


def test_every_table_of_an_organisation_has_a_lock_or_a_reason(world: World) -> None:
    unlocked = of_organisations() - locked()
    assert unlocked <= set(UNLOCKED), "write `access.locks.lock` in a migration of its module, or say here why not"


def test_the_views_that_may_be_read_are_those_that_ask_who_acts(world: World) -> None:
    with app() as open_:
        rows = open_.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT')"
        ).fetchall()
        assert {name for (name,) in rows} == set(views())
        for view in views():
            assert open_.execute(f"SELECT count(*) FROM {view}").fetchone() == (0,)  # type: ignore[arg-type]


def everything_of(organisation: Organisation) -> dict[str, set[Any]]:
    """Table -> primary keys of the rows that hang on an organisation, at any depth."""
    rows = below({Organisation: {organisation.pk}})
    return {model._meta.db_table: keys for model, keys in rows.items() if keys}


READ_BY_ALL = ("team_membership",)  # asked to find out who acts; written under a lock
SETTINGS = ("app.uid", "app.org", "app.points", "app.leads", "app.purpose", "app.held")


@pytest.mark.parametrize("who", ["nobody", "who leads all", "who counts", "a job"])
@pytest.mark.parametrize("home", ["Home", "Abroad"])
def test_nothing_of_another_organisation(world: World, who: str, home: str) -> None:
    mine = Organisation.objects.get(short_name=home)
    other = Organisation.objects.exclude(pk=mine.pk).get()
    somebody = Membership.objects.filter(organisation=mine, role="coordinator").order_by("pk")[0].user_id
    settings = {
        "nobody": ["", "", "", "", "", ""],
        "who leads all": [str(somebody), str(mine.pk), "*", "*", "", ""],
        "who counts": [str(somebody), str(mine.pk), "*", "*", "statistics", ""],
        "a job": ["", str(mine.pk), "*", "*", "system", ""],
    }[who]
    theirs = everything_of(other)
    assert len(theirs) > 25, "the other organisation has few things: the test sees little"
    with app() as open_:
        for name, value in zip(SETTINGS, settings, strict=True):
            open_.execute("SELECT set_config(%s, %s, false)", [name, value])
        seen = {
            table: keys & read(open_, table) for table, keys in theirs.items() if table not in {*UNLOCKED, *READ_BY_ALL}
        }
        names = open_.execute("SELECT person_id FROM people_namesearch").fetchall()
    assert {table: keys for table, keys in seen.items() if keys} == {}
    assert not {person for (person,) in names} & theirs["people_person"]


def test_work_goes_on_where_there_are_two(world: World) -> None:
    """What is written together, or in another order than it is read, is written; and counted."""
    home = Organisation.objects.get(short_name="Home")
    point = Point.objects.filter(organisation=home)[0]
    by = factories.actor(home, "adviser", point)
    service = Service.objects.all()[0]
    topics = tuple(Effort(topic_id=pk) for pk in Topic.objects.values_list("pk", flat=True)[:1])
    with acting(by):
        person = register(by=by, newcomer=Newcomer(names=[NewName("Zofia Dwa")], point=point))
        of = {"service_id": service.pk, "point_id": point.pk, "day": timezone.localdate()}
        entry = Entry(**of, people=(person.ref,), efforts=topics)
        support = record(by=by, entry=entry)
        case = open_case(by=by, person=person, kind=CaseKind.SUPPORT, title="Two houses")
    with acting(by):
        assert support.recipients.count() == support.efforts.count() == 1
        assert case.members.count() == 1
        with counting(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM support_supportperson WHERE support_id = %s", [support.pk])
            assert cursor.fetchone() == (1,)


def read(open_: psycopg.Connection[Any], table: str) -> set[Any]:
    key = next(model for model in apps.get_models() if model._meta.db_table == table)._meta.pk.column
    return {key for (key,) in open_.execute(f"SELECT {key} FROM {table}").fetchall()}  # type: ignore[arg-type]


def test_the_planner_tells_no_name(world: World) -> None:
    """`pg_stats` leaves out tables that are locked; ANALYZE has put names in."""
    point = Point.objects.filter(organisation__short_name="Home")[0]
    people = [Person.objects.create(organisation=point.organisation, point=point) for _ in range(5)]
    PersonName.objects.bulk_create(PersonName(person=one, text="Statystyka", folded="statystyka") for one in people)
    with database.owner() as owner:
        owner.execute("ANALYZE people_personname")
        told = "SELECT count(*) FROM pg_stats WHERE tablename = 'people_personname' AND attname = 'text'"
        assert owner.execute(told).fetchone() == (1,)
    with app() as open_:
        open_.execute("SELECT set_config('app.purpose', 'system', false)")
        for view in ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"):
            rows = open_.execute(f"SELECT t::text FROM {view} t").fetchall()  # type: ignore[arg-type]
            assert not [row for (row,) in rows if "tatystyka" in str(row)]
