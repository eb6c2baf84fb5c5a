"""Nobody asks without saying who asks: found in the sources, refused by Python, left empty by PostgreSQL."""

import ast
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection, connections

from przystan.access.scope import UnscopedQuery, acting, guarded_models
from przystan.access.tiers import Tier, tiers_of
from przystan.project.cluster import PACKAGE
from przystan.team.queries import actor_for
from tests.harness import database
from tests.harness.database import connect_to
from tests.matrix.world import Builder, World

FACING = {"views", "forms", "tables", "exports", "templatetags"}
NARROWED = {"seen_by", "worked_with_by", "of_people_seen_by", "open_to"}
GUARDED = {model.__name__ for model in guarded_models()}
SECRET = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if (privacy := getattr(model, "Privacy", None)) and max(tiers_of(privacy).values()) >= Tier.T2
)
# Read and found right: each starts from an object that the actor was given by `seen_by`, or asks nothing of people.
REVIEWED = {
    "people/views/protecting.py: TeamMember",  # of a person whom the actor may protect
    "exchange/views.py: ImportBatch",
    "people/views/duplicates.py: Merge",  # of a person from person_or_404
    "institutions/views/doubles.py: InstitutionMerge",  # of an institution from institution_or_404
    "institutions/views/catalogue.py: a manager by name",  # of kinds, which all organisations share
    "people/forms/consents.py: Guardian",  # those who may sign for the person whose page it is
    "people/forms/facts.py: HouseholdMember",  # of the person whose page it is
    "people/forms/facts.py: Person",  # none()
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = str(path.relative_to(PACKAGE))
        if "migrations" not in path.parts:
            yield name, ast.parse(path.read_text())


def faces_people(name: str) -> bool:
    parts = Path(name).with_suffix("").parts
    return len(parts) > 1 and parts[1] in FACING


def unnarrowed(tree: ast.Module) -> Iterator[str]:
    """Guarded models whose `objects` are asked for anything else than what an actor may see."""
    allowed = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in NARROWED and isinstance(node.value, ast.Attribute)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager"):
            model = node.value.id if isinstance(node.value, ast.Name) else ""
            if (model in GUARDED or node.attr != "objects") and id(node) not in allowed:
                yield model or "a manager by name"


def test_pages_and_forms_start_from_what_the_actor_may_see() -> None:
    found = {f"{name}: {model}" for name, tree in sources() if faces_people(name) for model in unnarrowed(tree)}
    assert found - REVIEWED == set()


def test_the_scan_sees_what_it_looks_for() -> None:
    wrong = ast.parse("Person.objects.get(ref=ref); Person._base_manager.all(); other.model._default_manager")
    assert sorted(unnarrowed(wrong)) == ["Person", "Person", "a manager by name"]
    assert list(unnarrowed(ast.parse("Person.objects.seen_by(actor).get(ref=ref)"))) == []


def test_pages_and_forms_write_no_sql() -> None:
    found = [
        name
        for name, tree in sources()
        if faces_people(name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("cursor", "raw", "extra") and name != "reviewed"
    ]
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", list(guarded_models()), ids=lambda model: model._meta.label)
def test_a_query_without_an_actor_raises(model: Any) -> None:
    def ask(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    table = model._meta.db_table
    from przystan.access import scope

    def nobody() -> None:
        scope._actor.set(None)
        for work in (
            lambda: list(model.objects.all()[:1]),
            lambda: model.objects.filter(pk=1).exists(),
            lambda: model._base_manager.count(),
            lambda: ask(f"SELECT count(*) FROM {table}"),
            lambda: ask(f"WITH a AS (SELECT * FROM {table}) SELECT * FROM a"),
            lambda: ask(f"DELETE FROM {table}"),
        ):
            with pytest.raises(UnscopedQuery):
                work()

    copy_context().run(nobody)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "unscoped"):
        yield Builder().as_the_tests()


def app() -> psycopg.Connection[tuple[object, ...]]:
    """A plain connection of the application's role, as somebody has who took over the web process."""
    return connect_to(connections.settings["default"])


def rows_of(found: Any, table: str) -> int:
    return int(found.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_the_application_owns_nothing(world: World) -> None:
    with app() as found:
        role = found.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        owned = found.execute(
            "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
        ).fetchone()
    assert role == (False, False, False, False)
    assert owned == (0,)


@pytest.mark.parametrize("table", SECRET)
def test_sql_without_an_actor_finds_nothing(world: World, table: str) -> None:
    with app() as found:
        assert rows_of(found, table) == 0
        found.execute("SELECT set_config('app.purpose', 'system', false)")
        assert rows_of(found, table) > 0, "the test has no row of it: tests/matrix/world.py"


@pytest.mark.parametrize("setting", ["app.uid", "app.org", "app.points", "app.leads", "app.purpose"])
def test_half_an_actor_finds_nothing_about_sensitive_facts(world: World, setting: str) -> None:
    """Settings that do not belong together open less, not more; only the purpose of the system opens all."""
    values = {"app.uid": "1000000", "app.org": "1000000", "app.points": "*", "app.leads": "{}", "app.purpose": "sy"}
    with app() as found:
        found.execute("SELECT set_config(%s, %s, false)", [setting, values[setting]])
        for table in (
            "people_citizenship",
            "people_titleheld",
            "people_relation",
            "casework_casefile",
            "people_person",
        ):
            assert rows_of(found, table) == 0


def test_the_actor_of_the_coordinator_sees_no_case(world: World) -> None:
    """Leading a point opens no file, in the database neither."""
    account = world.accounts["coordinator of all points"]
    assert account
    actor = actor_for(account)
    assert actor
    with acting(actor), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM casework_casefile), (SELECT count(*) FROM casework_noteversion)")
        assert cursor.fetchone() == (0, 0)
