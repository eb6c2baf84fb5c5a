"""The backend: everything is Django's, but for the guard."""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.schema import DatabaseSchemaEditor


class SchemaEditor(DatabaseSchemaEditor):
    """What migrations say is said by whoever owns the tables, and for nobody: it passes the guard."""

    connection: "DatabaseWrapper"

    def execute(self, *args: Any, **kwargs: Any) -> Any:
        before, self.connection.migrates = self.connection.migrates, True
        try:
            return super().execute(*args, **kwargs)
        finally:
            self.connection.migrates = before


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor
    migrates = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_guarded)


def _guarded(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    from przystan.access.scope import guard  # needs the models, which need this backend

    return (
        execute(sql, params, many, context)
        if context["connection"].migrates
        else guard(execute, sql, params, many, context)
    )
