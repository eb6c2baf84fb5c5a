"""Row-level security: is it on where it should be, and do the policies say what the migrations say?

PostgreSQL itself compares: each declared policy is made once more, on an empty copy of its table that lives as long as
a savepoint, and both are asked for in PostgreSQL's own words.
"""

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from django.db import connection, transaction
from django.db.utils import ProgrammingError

from .declared import Declared

Rule = tuple[Any, ...]
LOCKED = """
    SELECT relname, relforcerowsecurity FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND relrowsecurity"""
POLICIES = """
    SELECT c.relname, p.polname, p.polcmd::text, p.polpermissive, p.polroles::text,
           pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = {schema}"""
HERE, COPY = "current_schema()::regnamespace", "pg_my_temp_schema()"


class Undo(Exception):
    """Nothing of the copies stays."""


def faults(wanted: Declared) -> Iterator[str]:
    """One sentence for each lock that is open, missing or otherwise."""
    locked = dict(rows(LOCKED))
    for table, forced in sorted(wanted.locked.items()):
        if table not in locked:
            yield _(
                "Row-level security is off on the table %(table)s. As the owner: "
                "ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY"
            ) % {"table": table}
        elif locked[table] != forced:
            yield _("Row-level security binds the owner of the table %(table)s otherwise than declared.") % {
                "table": table
            }
    yield from wrong_policies(wanted)


def wrong_policies(wanted: Declared) -> Iterator[str]:
    """Policies that are missing, say something else, or that nobody declared."""
    there = rules(HERE)
    for key in sorted(there.keys() - wanted.policies.keys()):
        yield _("The policy %(name)s on the table %(table)s is none of ours.") % named(key)
    for key in sorted(wanted.policies.keys() - there.keys()):
        yield _("The policy %(name)s on the table %(table)s is missing.") % named(key)
    try:
        meant = {key: rule for key in wanted.policies.keys() & there.keys() for rule in [as_said(key, wanted)]}
    except ProgrammingError:
        yield _("Policies were not compared word by word: the role %(role)s may make no temporary tables.") % {
            "role": connection.settings_dict["USER"]
        }
        return
    for key in sorted(key for key, rule in meant.items() if rule != there[key]):
        yield _("The policy %(name)s on the table %(table)s does not say what this version says.") % named(key)


def as_said(key: tuple[str, str], wanted: Declared) -> Rule:
    """A declared policy in PostgreSQL's own words."""
    table, name = key
    found: Rule = ()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table})")
            cursor.execute(f"CREATE POLICY {name} ON pg_temp.{table} {wanted.policies[key]}")
            found = rules(COPY)[key]
            raise Undo
    except Undo:
        return found


def rules(schema: str) -> dict[tuple[str, str], Rule]:
    """(table, policy) -> all that it says."""
    return {(table, name): tuple(rest) for table, name, *rest in rows(POLICIES.format(schema=schema))}


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def named(key: tuple[str, str]) -> dict[str, str]:
    return {"table": key[0], "name": key[1]}
