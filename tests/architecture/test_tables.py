"""No module names a table that stands above it, neither in its sources nor in functions that its migrations make."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader

from przystan.access.locks import views
from przystan.project.checks.declared import Declared, in_order
from przystan.project.cluster import PACKAGE

from .test_imports import modules
from .test_models import heights, module_of, ours

BELOW = sorted(modules() - {"project"})


@cache
def tables() -> dict[str, str]:
    """Table or view -> the module that it belongs to."""
    found = {}
    for model in ours():
        joined = [field.m2m_db_table() for field in model._meta.local_many_to_many]
        found |= dict.fromkeys([model._meta.db_table, *joined], module_of(model))
    return found | {view: view.partition("_")[0] for view in views()}


@cache
def word() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(tables(), key=len, reverse=True))})\b")


def above(text: str, module: str) -> set[str]:
    """Tables in a text that belong to a module above this one, or beside it."""
    height = heights()
    owners = {table: tables()[table] for table in word().findall(text)}
    return {table for table, owner in owners.items() if owner != module and height[owner] <= height[module]}


def sources(module: str) -> Iterator[Path]:
    return (path for path in sorted((PACKAGE / module).rglob("*.py")) if "migrations" not in path.parts)


@pytest.mark.parametrize("module", BELOW)
def test_sources_name_no_table_above_them(module: str) -> None:
    found = {str(path.relative_to(PACKAGE)): above(path.read_text(), module) for path in sources(module)}
    told = {file: names for file, names in found.items() if names}
    assert not told, f"put what asks these tables into their own module (functions of locks: its locks.py): {told}"


def made() -> dict[str, tuple[str, str]]:
    """Function -> the module whose migration made it last, and its body."""
    loader, found, last = MigrationLoader(None), Declared(), dict[str, tuple[str, str]]()
    ours_ = {config.label for config in apps.get_app_configs() if config.name.startswith("przystan.")}
    for node in in_order(loader):
        if node[0] in ours_:
            for operation in loader.disk_migrations[node].operations:
                if isinstance(operation, RunSQL):
                    said = Declared()
                    said.read(str(operation.sql))
                    last |= {name: (node[0], body) for name, body in said.functions.items()}
                    found.read(str(operation.sql))
    return {name: one for name, one in last.items() if name in found.functions}


@pytest.mark.parametrize(("name", "by"), sorted(made().items()), ids=lambda one: one if isinstance(one, str) else "")
def test_a_function_of_the_database_asks_no_table_above_it(name: str, by: tuple[str, str]) -> None:
    module, body = by
    assert not above(body, module), f"{name}: make it in a migration of the module of these tables"


def test_the_test_sees_what_it_looks_for() -> None:
    assert above("SELECT 1 FROM people_person p JOIN team_point t", "access") == {"people_person", "team_point"}
    assert above("SELECT 1 FROM people_person p", "casework") == set()
    assert len(made()) > 20
