"""The application's role in the database: owns nothing, bypasses nothing, and cannot give itself more."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from przystan.access.locks import views
from przystan.access.scope import guarded
from przystan.people.models import Person
from przystan.project import cluster, grants, ownership
from przystan.project.cluster import server
from tests import factories
from tests.harness import database

pytestmark = pytest.mark.django_db
APPLICATION, OWNER = cluster.django_database()["USER"], cluster.owner_database()["USER"]
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def column(sql: str, *values: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def tables() -> list[str]:
    return column("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")


def test_tests_are_the_application() -> None:
    assert column("SELECT current_user") == column("SELECT session_user") == [APPLICATION]
    assert APPLICATION != OWNER
    assert ownership.excess() == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (word text)",
        "CREATE SCHEMA more",
        "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION pg_stat_statements",
        "CREATE ROLE more",
        "ALTER TABLE people_person ADD COLUMN more text",
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE access_auditentry DISABLE TRIGGER access_audit_no_edit",
        "ALTER TABLE support_support DISABLE TRIGGER USER",
        "ALTER FUNCTION app_purpose() STRICT",
        "DROP POLICY need_to_know ON people_person",
        "DROP TABLE people_relation",
        "TRUNCATE people_relation",
        "TRUNCATE access_auditentry",
        "UPDATE access_auditentry SET action = action",
        "DELETE FROM access_auditentry",
        "DELETE FROM access_auditanchor",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('team', '9999', now())",
        "SET session_replication_role = replica",
        f"SET ROLE {OWNER}",
        f"SET SESSION AUTHORIZATION {OWNER}",
        f"GRANT {OWNER} TO {APPLICATION}",
        f"ALTER ROLE {APPLICATION} BYPASSRLS",
        f"ALTER ROLE {APPLICATION} SUPERUSER",
        "COPY people_person TO PROGRAM 'true'",
        "COPY people_person TO '/tmp/people'",
    ],
)
def test_is_refused(statement: str) -> None:
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_nothing_more_can_be_granted_to_oneself() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, TRUNCATE ON access_auditentry TO {APPLICATION}")  # PostgreSQL only warns
    assert ownership.excess() == []


def test_every_table_has_exactly_the_rights_of_the_list() -> None:
    assert set(grants.LESS) < set(tables())
    for table in tables():
        may = {right for right in RIGHTS if column("SELECT has_table_privilege(%s, %s)", table, right) == [True]}
        assert may == set(grants.LESS.get(table, grants.USUAL).split(", ")), table


def test_without_saying_who_acts_there_are_no_rows() -> None:
    factories.person(factories.point(factories.organisation()))
    assert Person.objects.exists()
    column("SELECT set_config('app.purpose', '', true)")
    for table in column("SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"):
        assert column(f"SELECT count(*) FROM {table}") == [0], table
    column("SELECT set_config('app.purpose', 'system', true)")
    assert Person.objects.exists()


def test_whoever_does_not_act_is_told_for_every_table_with_a_lock() -> None:
    """Without the guard a locked table is silently empty, which has been read as "the audit log is gone". Roles are
    read by all: they are asked to find out who acts."""
    locked = column("SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace")
    assert [table for table in locked if not guarded().fullmatch(table)] == ["team_membership"]


# One has tables analysed, some say whether a row is of the house that asks, triggers note that a row was changed
# (funding.touching): nobody reads or writes anything else through them.
DOORS = ["app_forget_statistics", "app_owns_case", "app_owns_note", "app_owns_person", "app_owns_support"]
NOTING = "funding_(note_added|touch_[a-z_]+)"


def test_nothing_looks_with_the_eyes_of_the_owner() -> None:
    """Views and functions with their owner's rights would be doors past row-level security."""
    assert column("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND pg_has_role(%s, relowner, 'USAGE')",
                  OWNER) == views()  # fmt: skip
    doors = "SELECT proname FROM pg_proc WHERE prosecdef AND pg_has_role(%s, proowner, 'USAGE') ORDER BY 1"
    assert [one for one in column(doors, OWNER) if not re.fullmatch(NOTING, one)] == DOORS


# What `serve` refuses


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Who may make roles; all of it is undone."""
    if not database.EMBEDDED:
        pytest.skip("no superuser on a server of one's own")
    places = cluster.Places(cluster.data_dir())
    with server.connect(places, connection.settings_dict["NAME"]) as found, found.transaction(force_rollback=True):
        yield found


def told(found: psycopg.Connection[tuple[Any, ...]]) -> set[str]:
    row = found.execute(ownership.ASK).fetchone()
    assert row
    return {words for words, is_so in zip(ownership.EXCESS, row, strict=True) if is_so}


def test_the_owner_owns() -> None:
    with database.owner() as found:
        assert "owns tables or is a member of the role that does" in told(found)


def test_a_superuser_is_seen(superuser: psycopg.Connection[tuple[Any, ...]]) -> None:
    assert "is a superuser" in told(superuser)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("", None),
        ("BYPASSRLS", "is not bound by row-level security (BYPASSRLS)"),
        ("CREATEROLE", "may make itself other roles (CREATEROLE)"),
        ("NOINHERIT IN ROLE przystan", "owns tables or is a member of the role that does"),
        ("IN ROLE pg_write_all_data", "may change the audit log"),
    ],
)
def test_a_role_that_is_too_mighty_is_seen(
    superuser: psycopg.Connection[tuple[Any, ...]], more: str, words: str | None
) -> None:
    superuser.execute(f"CREATE ROLE mighty {more}")  # type: ignore[call-overload]
    superuser.execute("SET LOCAL ROLE mighty")
    found = told(superuser)
    assert words in found if words else not found
