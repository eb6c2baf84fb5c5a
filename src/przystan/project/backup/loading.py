"""The database of a backup into an empty one: all of it, or nothing."""

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from gettext import gettext as _
from threading import Thread
from typing import IO, Any

from przystan.project import cluster
from przystan.project.cluster import clients
from przystan.project.trouble import Exit, Trouble

from .parts import pieces
from .snapshot import Connection, connect, last_line, running

MARK = "restore_unfinished"
SCHEMA = "SELECT quote_ident(current_schema())"
THERE = """
    SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
    AND relkind IN ('r', 'p', 'v', 'm') AND relname <> %s"""
# pg_restore 17 and later says it to every server; older servers do not know it.
NEWER = b"SET transaction_timeout"


def is_marked(connection: Connection) -> bool:
    """Whether a restore into this database began and did not end."""
    found = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [MARK]).fetchone()
    return bool(found and found[0])


def refuse_full(connection: Connection) -> None:
    """Raise Trouble unless the database is empty, or holds only what an interrupted restore has left."""
    if not is_marked(connection) and (found := connection.execute(THERE, [MARK]).fetchone()):
        raise Trouble(
            _(
                "There is a centre here already (the database has a table %s). Restore into an empty folder (--data) or"
                " an empty database. Nothing was changed."
            )
            % found[0],
            Exit.DATABASE,
        )


def empty(connection: Connection) -> None:
    """An empty database with the mark of a restore that is not finished: no command takes it for a centre."""
    (schema,) = connection.execute(SCHEMA).fetchone() or ("public",)
    with connection.transaction():
        if is_marked(connection):
            connection.execute(f"DROP SCHEMA {schema} CASCADE")
            connection.execute(f"CREATE SCHEMA {schema}")
            # As a new database has it; else the application would not see the mark.
            connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO PUBLIC")
        connection.execute(f"CREATE TABLE {MARK} (began timestamptz DEFAULT now())")


def unmark(connection: Connection) -> None:
    """The restore is finished: from here on this is a centre."""
    connection.execute(f"DROP TABLE {MARK}")


def load(dump: Iterable[bytes], finish: Callable[[], None]) -> None:
    """Load what pg_dump wrote, in one transaction that is committed only after `finish`. Raises Trouble.

    pg_restore writes SQL, psql says it: so a dump of a newer PostgreSQL comes into an older one too, as far as the
    older one knows the same tables.
    """
    with connect() as connection:
        server = connection.info.server_version // 10000
    environment = clients.address(cluster.owner_database())
    reading = [str(clients.client("pg_restore", server)), "--no-owner", "--no-privileges", "--no-comments", "-f", "-"]
    writing = [str(clients.client("psql", server)), "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE}
    with (
        tempfile.TemporaryFile() as said_reading,
        tempfile.TemporaryFile() as said_writing,
        running(reading, environment, **pipes, stdout=subprocess.PIPE, stderr=said_reading) as source,
        running(writing, environment, **pipes, stdout=subprocess.DEVNULL, stderr=said_writing) as sink,
    ):
        feeder = Feeder(source.stdin, dump, finish)  # type: ignore[arg-type]
        try:
            pump(script(source.stdout, server), sink.stdin)  # type: ignore[arg-type]
            feeder.check()
            require_fine(source, said_reading, "pg_restore")
            pump([b"COMMIT;\n"], sink.stdin)  # type: ignore[arg-type]
            sink.stdin.close()
        except BrokenPipeError:
            source.kill()
        require_fine(sink, said_writing, "psql")


class Feeder(Thread):
    """Gives pg_restore its input while its output is read."""

    def __init__(self, sink: IO[bytes], dump: Iterable[bytes], finish: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.sink, self.dump, self.finish = sink, dump, finish
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            pump(self.dump, self.sink)
            self.finish()
            self.sink.close()
        except BrokenPipeError:
            pass  # pg_restore ended early, and says why
        except Exception as error:
            self.error = error
            self.sink.close()

    def check(self) -> None:
        """Raise what went wrong with the input."""
        self.join()
        if self.error:
            raise self.error


def script(file: IO[bytes], server: int) -> Iterator[bytes]:
    """The SQL of pg_restore, in a transaction, without what an older server does not know.

    Raises Trouble unless it begins as that of a pg_restore which tells psql to take no commands of its own from a dump
    (`\\restrict`, since 2025-08): else whoever wrote the dump could run programs here.
    """
    lines = iter(file)
    first = next((line for line in lines if line.strip() and not line.startswith(b"--")), b"")
    if not first:
        return  # pg_restore failed, and says why
    if not first.startswith(b"\\restrict "):
        raise Trouble(
            _("pg_restore and psql of this machine are too old to be safe. Update PostgreSQL. Nothing was changed."),
            Exit.DATABASE,
        )
    yield first
    yield b"BEGIN;\n"
    for line in lines:
        if server >= 17 or not line.startswith(NEWER):
            yield line
        if line.startswith((NEWER, b"COPY ")):  # said once, before any data
            break
    yield from pieces(file)


def pump(chunks: Iterable[bytes], sink: IO[bytes]) -> None:
    for chunk in chunks:
        sink.write(chunk)


def require_fine(process: subprocess.Popen[bytes], said: IO[bytes], name: str) -> None:
    """Raise Trouble, with what it said last, when a program failed."""
    if process.wait():
        said.seek(0)
        raise Trouble(
            _("%(program)s could not load the backup: %(words)s. Nothing of it is used.")
            % {"program": name, "words": last_line(said.read())},
            Exit.DATABASE,
        )
