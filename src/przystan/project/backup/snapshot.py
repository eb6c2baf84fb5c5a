"""One moment of the database, as its owner sees it: counts and digests of all tables, and pg_dump of that moment."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from hashlib import sha256
from typing import Any

import psycopg
from psycopg.sql import SQL, Composable, Identifier

from przystan.project import cluster
from przystan.project.cluster import clients
from przystan.project.trouble import Exit, Trouble

from .manifest import Table
from .parts import CHUNK, pieces

Connection = psycopg.Connection[Any]
# Their rows are of no use elsewhere: who is logged in now (with unlocked keys), and counted tries.
LEFT_OUT = ("django_session", "django_cache")
TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum),
           coalesce((SELECT array_agg(k.attname || CASE WHEN k.attcollation > 0 THEN '*' ELSE '' END ORDER BY n)
                     FROM pg_index i, unnest(i.indkey) WITH ORDINALITY u (num, n)
                     JOIN pg_attribute k ON k.attnum = u.num
                     WHERE i.indrelid = c.oid AND i.indisprimary AND k.attrelid = c.oid), '{}')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relname <> ALL(%s)
    GROUP BY c.oid, c.relname ORDER BY c.relname"""
OWNS = """
    SELECT coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('django_migrations')),
                    has_schema_privilege(current_schema(), 'CREATE'))"""
# So that one value is one text on every server. An owner is never filtered; if it were, PostgreSQL refuses instead.
SAME_TEXT = """
    SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex';
    SET extra_float_digits = 1; SET client_encoding = 'UTF8'; SET row_security = off; SET statement_timeout = 0;
    SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0"""


def connect(entry: dict[str, Any] | None = None) -> Connection:
    """A connection as the owner of the tables. Raises Trouble for a role that is not."""
    entry = entry or cluster.owner_database()
    found = psycopg.connect(
        host=entry["HOST"] or None,
        port=entry.get("PORT") or None,
        user=entry["USER"] or None,
        password=entry.get("PASSWORD") or None,
        dbname=entry["NAME"],
        autocommit=True,
        **entry["OPTIONS"],
    )
    if not found.execute(OWNS).fetchone()[0]:  # type: ignore[index]
        found.close()
        raise Trouble(
            _(
                "The role %s does not own the tables, so rows would be missing from its backup. Set DATABASE_OWNER_URL"
                " to the address of the role that does."
            )
            % entry["USER"],
            Exit.DATABASE,
        )
    for statement in SAME_TEXT.split(";"):
        found.execute(statement)
    return found


@dataclass
class Snapshot:
    """A moment that does not move while this is open."""

    connection: Connection
    name: str

    @property
    def server(self) -> int:
        """Major version of the server."""
        return self.connection.info.server_version // 10000

    def column(self, sql: str) -> list[Any]:
        """The first column of what is found."""
        return [row[0] for row in self.connection.execute(sql)]

    def dump(self) -> Iterator[bytes]:
        """What pg_dump writes (custom format, compressed), piece by piece. Raises Trouble when it fails."""
        command = [
            str(clients.client("pg_dump", self.server)),
            *("--format=custom", "--no-owner", "--no-privileges", "--no-password", f"--snapshot={self.name}"),
            *(f"--exclude-table-data={table}" for table in LEFT_OUT),
        ]
        environment = clients.address(cluster.owner_database())
        with (
            tempfile.TemporaryFile() as said,
            running(command, environment, stdout=subprocess.PIPE, stderr=said) as run,
        ):
            yield from pieces(run.stdout, CHUNK)  # type: ignore[arg-type]
            if run.wait():
                said.seek(0)
                raise Trouble(_("pg_dump failed: %s") % last_line(said.read()), Exit.DATABASE)


@contextmanager
def taken() -> Iterator[Snapshot]:
    """Hold a moment of the centre's database. Writers are not hindered; a change of tables waits."""
    with connect() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        name = connection.execute("SELECT pg_export_snapshot()").fetchone()
        yield Snapshot(connection, str(name[0] if name else ""))
        connection.execute("ROLLBACK")


def tables(connection: Connection) -> dict[str, Table]:
    """Every table with its rows counted and digested."""
    found = connection.execute(TABLES, [list(LEFT_OUT)]).fetchall()
    return {name: digested(connection, name, columns, key) for name, columns, key in found}


def digested(connection: Connection, name: str, columns: list[str], key: list[str]) -> Table:
    """SHA-256 over the rows as COPY writes them, in the order of the primary key (`*`: text, compared by its bytes)."""
    order = [ordered(column) for column in key] or [SQL("t::text COLLATE {}").format(Identifier("C"))]
    copy = SQL("COPY (SELECT {} FROM {} t ORDER BY {}) TO STDOUT").format(
        SQL(", ").join(map(Identifier, columns)), Identifier(name), SQL(", ").join(order)
    )
    digest = sha256()
    with connection.cursor() as cursor:
        with cursor.copy(copy) as rows:
            for row in rows:
                digest.update(row)
        return Table(columns, cursor.rowcount, digest.hexdigest())


def ordered(column: str) -> Composable:
    """One column of an order that is the same on every server."""
    name = Identifier(column.removesuffix("*"))
    return SQL("{} COLLATE {}").format(name, Identifier("C")) if column.endswith("*") else name


@contextmanager
def running(command: list[str], environment: dict[str, str], **files: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that does not outlive the block."""
    with subprocess.Popen(command, env=environment, **files) as process:  # noqa: S603
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def last_line(said: bytes) -> str:
    """The last thing that a program said."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "?"
