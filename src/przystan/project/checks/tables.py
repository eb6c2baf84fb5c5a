"""Tables, columns, constraints and indexes that the models declare: is each there, and as it is declared?"""

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from django.apps import apps
from django.db import connection, models

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    AND a.attnum > 0 AND NOT a.attisdropped"""
# Of indexes and constraints: table, name, kind ("i" an index, else as in pg_constraint), first column, is it the only
# one, is it unique, is it whole.
NAMED = """
    SELECT t.relname, i.relname, 'i', a.attname, x.indnkeyatts = 1 AND x.indpred IS NULL, x.indisunique, x.indisvalid
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0] AND a.attnum > 0
    WHERE t.relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT t.relname, k.conname, k.contype::text, a.attname, cardinality(k.conkey) = 1, false, k.convalidated
    FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
    WHERE t.relnamespace = current_schema()::regnamespace"""
# What Django calls a type -> what PostgreSQL calls it.
TYPES = {"varchar": "character varying", "time": "time without time zone", "char": "character"}


def faults() -> Iterator[str]:
    """What is missing or otherwise, one sentence each, by name."""
    there = Catalogue()
    for model in declared():
        table = model._meta.db_table
        if table not in there.columns:
            yield _("The table %(name)s is missing.") % {"name": table}
            continue
        yield from wrong_columns(model, there)
        yield from (_("%(name)s is missing on the table %(table)s.") % {"name": name, "table": table}
                    for name in missing_names(model, there))  # fmt: skip
    for name in sorted(there.unfinished):
        yield _("%(name)s was not finished and holds nothing: remove it, then make it anew.") % {"name": name}


def declared() -> Iterator[type[models.Model]]:
    """Models whose tables our migrations make, and those of the libraries; once for each table."""
    seen = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in seen:
            seen.add(model._meta.db_table)
            yield model


class Catalogue:
    """What the database has: table -> columns, table -> names and what they hold."""

    def __init__(self) -> None:
        self.columns: dict[str, dict[str, tuple[str, bool]]] = {}
        self.names: dict[str, set[str]] = {}
        self.foreign: set[tuple[str, str]] = set()
        self.indexed: set[tuple[str, str]] = set()
        self.unique: set[tuple[str, str]] = set()
        self.unfinished: set[str] = set()
        with connection.cursor() as cursor:
            cursor.execute(COLUMNS)
            for table, column, kind, null in cursor.fetchall():
                self.columns.setdefault(table, {})[column] = (kind, null)
            cursor.execute(NAMED)
            for row in cursor.fetchall():
                self._note(*row)

    def _note(self, table: str, name: str, kind: str, column: str, alone: bool, unique: bool, whole: bool) -> None:
        if not whole:
            self.unfinished.add(name)
            return
        self.names.setdefault(table, set()).add(name)
        if kind == "f" and alone:
            self.foreign.add((table, column))
        if kind == "i":
            self.indexed.add((table, column))
        if unique and alone:
            self.unique.add((table, column))


def wrong_columns(model: type[models.Model], there: Catalogue) -> Iterator[str]:
    """Columns that are missing, of another type, or empty where they may not be."""
    table = model._meta.db_table
    for field in fields_of(model):
        name = {"name": f"{table}.{field.column}"}
        if (found := there.columns[table].get(field.column)) is None:
            yield _("The column %(name)s is missing.") % name
            continue
        wanted = spelled(str(field.db_type(connection)))
        if found[0] != wanted and is_ours(model):
            kinds = name | {"found": found[0], "wanted": wanted}
            yield _("The column %(name)s is of the type %(found)s instead of %(wanted)s.") % kinds
        if found[1] and not field.null and not isinstance(field, models.GeneratedField):
            yield _("The column %(name)s may be empty and should not.") % name


def fields_of(model: type[models.Model]) -> list[Any]:
    """Fields that have a column in the model's own table."""
    return list(model._meta.local_concrete_fields)


def is_ours(model: type[models.Model]) -> bool:
    """Libraries' migrations may make wider columns than their models ask for."""
    return model.__module__.startswith("przystan.")


def spelled(kind: str) -> str:
    """A type as PostgreSQL spells it: "varchar(12)[]" -> "character varying(12)[]", without spaces inside."""
    word, bracket, rest = kind.partition("(") if "(" in kind else kind.partition("[")
    return TYPES.get(word, word) + bracket + rest.replace(", ", ",")


def missing_names(model: type[models.Model], there: Catalogue) -> Iterator[str]:
    """Indexes and constraints by their names; those that Django names, by their column."""
    table = model._meta.db_table
    names = there.names.get(table, set())
    for one in (*model._meta.constraints, *model._meta.indexes):
        if one.name not in names:
            yield one.name
    for field in fields_of(model):
        yield from missing_of(field, (table, field.column), there)


def missing_of(field: Any, place: tuple[str, str], there: Catalogue) -> Iterator[str]:
    """What a field asks for by itself."""
    if place[1] not in there.columns[place[0]]:
        return  # told already
    if field.remote_field and field.db_constraint and place not in there.foreign:
        yield _("the foreign key of %(column)s") % {"column": place[1]}
    if field.unique and place not in there.unique:
        yield _("the uniqueness of %(column)s") % {"column": place[1]}
    elif field.db_index and place not in there.indexed:
        yield _("the index of %(column)s") % {"column": place[1]}
