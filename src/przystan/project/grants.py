"""What the application's role may do in the database: written anew after every migrate, by the owner.

It owns nothing, so row-level security binds it; it makes, alters, empties and drops no table. Views look with the
owner's eyes: those that are read are named here, and each asks by itself who acts.
"""

from collections.abc import Iterator
from gettext import gettext as _
from typing import Any

from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Identifier

from przystan.access.locks import views

from . import cluster
from .trouble import Exit, Trouble

USUAL = "SELECT, INSERT, UPDATE, DELETE"
# Tables of which it may do less.
LESS = {
    "access_auditentry": "SELECT, INSERT",  # the log is only ever added to
    "access_auditanchor": "SELECT, INSERT",
    "access_backupplan": "SELECT",  # where backups go, and for whom, says the owner
    "access_backuprun": "SELECT, INSERT",
    "django_migrations": "SELECT",
}
RELATIONS = """
    SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
    AND pg_has_role(relowner, 'USAGE') AND relkind = ANY(%s) ORDER BY relname"""
ROUTINES = """
    SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND pg_has_role(proowner, 'USAGE')"""
SCHEMA = "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = current_schema()"
READABLE = "SELECT coalesce(has_table_privilege(to_regclass('django_migrations'), 'SELECT'), true)"
CHANGEABLE = """
    SELECT coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('django_migrations')),
                    has_schema_privilege(current_schema(), 'CREATE'))"""


def grant() -> None:
    """Give the application's role exactly what it needs. Does nothing where it is the owner itself (a demo)."""
    role = str(cluster.django_database()["USER"])
    if role == cluster.owner_database()["USER"]:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements(Identifier(role)):
            cursor.execute(statement)


def statements(role: Identifier) -> Iterator[Composed]:
    """All that is granted, after all that was granted before is taken back."""
    tables, sequences = names(RELATIONS, ["r", "p"]), names(RELATIONS, ["S"])
    shown = [view for view in names(RELATIONS, ["v"]) if view in views()]
    if names(SCHEMA) == [True]:
        yield SQL("REVOKE CREATE ON SCHEMA {} FROM PUBLIC, {}").format(schema(), role)
        yield SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema(), role)
    yield SQL("REVOKE ALL ON {} FROM PUBLIC, {}").format(listed([*tables, *shown, *sequences]), role)
    for rights, some in by_rights(tables).items():
        yield SQL("GRANT {} ON {} TO {}").format(SQL(rights), listed(some), role)
    if shown:
        yield SQL("GRANT SELECT ON {} TO {}").format(listed(shown), role)
    if sequences:
        yield SQL("GRANT USAGE ON SEQUENCE {} TO {}").format(listed(sequences), role)
    for routine in names(ROUTINES):
        yield SQL("GRANT EXECUTE ON ROUTINE {} TO {}").format(SQL(routine), role)


def by_rights(tables: list[str]) -> dict[str, list[str]]:
    """Rights -> tables."""
    found: dict[str, list[str]] = {}
    for table in tables:
        found.setdefault(LESS.get(table, USUAL), []).append(table)
    return found


def names(sql: str, *values: str | list[str]) -> list[Any]:
    """The first column of what is found."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return [row[0] for row in cursor.fetchall()]


def schema() -> Identifier:
    return Identifier(names("SELECT current_schema()")[0])


def listed(tables: list[str]) -> Composed:
    return SQL(", ").join(map(Identifier, tables))


def require() -> None:
    """Raise Trouble when the application may not even see how old the tables are: `migrate` has not been run."""
    if names(READABLE) != [True]:
        said = _("The role %(role)s may not use the tables of this centre yet. Make a backup, then: przystan migrate")
        raise Trouble(said % {"role": connection.settings_dict["USER"]}, Exit.DATABASE)


def require_owner() -> None:
    """Raise Trouble unless we may make and change tables, and there is a role to grant something to."""
    if names(CHANGEABLE) != [True]:
        said = _(
            "The role %(role)s does not own the tables. Set DATABASE_OWNER_URL to the address of the role that does."
        )
        raise Trouble(said % {"role": connection.settings_dict["USER"]}, Exit.DATABASE)
    role = str(cluster.django_database()["USER"])
    if not names("SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        said = _(
            "DATABASE_URL names the role %(role)s, which this server does not have. docs/operator/running.md tells how "
            "to make it. Nothing was changed."
        )
        raise Trouble(said % {"role": role}, Exit.DATABASE)
