"""A new table gets its row-level lock, and the trigger that keeps its earlier wordings, in the migration that makes it,
as the model's `class Privacy` declares them."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.commands import makemigrations
from django.db.migrations import CreateModel, RunSQL
from django.db.migrations.autodetector import MigrationAutodetector

from przystan.access.locks import Lock, lock, narrow, under


class Locking(MigrationAutodetector):
    """Finds the changes of models as Django does, and the locks of models that are new."""

    def _detect_changes(self, convert_apps: Any = None, graph: Any = None) -> Any:
        found = super()._detect_changes(convert_apps, graph)  # type: ignore[misc]
        last = graph.leaf_nodes("access")
        for label, migrations in found.items():
            for migration in migrations:
                made = [one for one in migration.operations if isinstance(one, CreateModel)]
                locks = [found for one in made for found in kept_of(apps.get_model(label, one.name))]
                if locks:
                    migration.operations += locks
                    migration.dependencies = list({*migration.dependencies, *last})
        return found


def kept_of(model: Any) -> Iterator[RunSQL]:
    """The locks of a table, and what keeps its history."""
    yield from locks_of(model)
    if history := getattr(getattr(model, "Privacy", None), "history", None):
        yield history.of(model._meta.db_table)


def locks_of(model: Any) -> Iterator[RunSQL]:
    """The locks of a table, and of those that join it to others; none where its model declares none."""
    declared: Lock | None = getattr(getattr(model, "Privacy", None), "lock", None)
    if declared is None:
        return
    table = model._meta.db_table
    yield lock(table, declared.seen, declared.written)
    if declared.added or declared.removed or declared.changed:
        yield narrow(table, added=declared.added, removed=declared.removed, changed=declared.changed)
    for field in model._meta.local_many_to_many:
        if field.remote_field.through._meta.auto_created:
            yield lock(field.m2m_db_table(), under(table, field.m2m_column_name()).seen)


class Command(makemigrations.Command):
    autodetector = Locking
