"""What two databases, or one database at two times, have in common: the shape of the tables, and what is in them."""

import re
from typing import Any

from tests.harness.database import Connection

Rows = dict[str, dict[str, dict[str, Any]]]  # table -> key of the row -> column -> value as text

SHAPE = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
               pg_get_expr(d.adbin, d.adrelid)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""",
    # Kind "n" is new in PostgreSQL 18: that a column is never empty, which `columns` tells already.
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "policies": """
        SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check
        FROM pg_policies WHERE schemaname = 'public'""",
    "locks": """
        SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'""",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
        WHERE NOT tgisinternal AND tgname <> 'access_audit_no_truncate'""",
    "functions": """
        SELECT oid::regprocedure::text, provolatile::text, proparallel::text, prosrc FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
            SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')""",
}
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
KEYS = """
    SELECT t.relname, a.attname FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey) WHERE x.indisprimary"""
# Made by `createcachetable`, not by migrations.
CACHE = "django_cache"


def shape(connection: Connection) -> dict[str, set[tuple[object, ...]]]:
    """The catalogue in words: kind -> everything there is of it, but the table of the cache."""
    return {
        kind: {tuple(map(plain, row)) for row in connection.execute(query.encode()) if str(row[0]) != CACHE}
        for kind, query in SHAPE.items()
    }


def plain(value: object) -> object:
    """A condition that went through a dump has its casts and brackets elsewhere."""
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", value) if isinstance(value, str) else value


def contents(connection: Connection) -> Rows:
    """Every row of every table, each value as PostgreSQL writes it."""
    keys: dict[str, list[str]] = {}
    for table, column in connection.execute(KEYS):
        keys.setdefault(str(table), []).append(str(column))
    tables = [str(row[0]) for row in connection.execute(TABLES)]
    return {table: rows_of(connection, table, keys[table]) for table in tables if table in keys}


def rows_of(connection: Connection, table: str, key: list[str]) -> dict[str, dict[str, Any]]:
    found = connection.execute(f'SELECT to_jsonb(t) FROM "{table}" t'.encode())
    return {" ".join(str(row[name]) for name in key): row for (row,) in found}  # type: ignore[index]


def differences(before: Rows, after: Rows, left_out: set[str]) -> list[str]:
    """Rows and values of `before` that are not in `after`, of columns that both have; `left_out`: tables, or columns as
    "table.column"."""
    found = []
    for table, rows in before.items():
        if table in left_out or table not in after:
            continue
        for key, row in rows.items():
            new = after[table].get(key)
            if new is None:
                found.append(f"{table} {key} is gone")
                continue
            found += [
                f"{table}.{name} of {key}: {value!r} became {new[name]!r}"
                for name, value in row.items()
                if name in new and new[name] != value and f"{table}.{name}" not in left_out
            ]
    return found
