"""Loads rows by COPY: hundreds of thousands in seconds, where one INSERT each would take an hour."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cached_property
from queue import Queue
from threading import Thread
from typing import Any, Self

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from przystan.access.fields import SealedTextField

FLUSH_AT = 20_000
_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def cell(value: object) -> str:
    """One value in COPY's text format."""
    if value is None:
        return r"\N"
    if value is True:
        return "t"
    if value is False:
        return "f"
    if isinstance(value, str):
        return value.translate(_SPECIAL)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def array(values: list[str]) -> str:
    """A text[] of words without quotes in them (name keys, lists of codes)."""
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


class Table:
    """Rows of one model on their way into the database; ids follow its sequence."""

    def __init__(self, model: type[models.Model], fields: str) -> None:
        self.model = model
        self.names = fields.split()
        self.lines: list[str] = []
        self.count = 0
        self.numbered = model._meta.pk.name == "id"
        self.next_id = _next_id(model) if self.numbered else 0
        rest = [f for f in model._meta.concrete_fields if _needs_constant(f, self.names)]
        self.constants = "".join("\t" + _constant(f) for f in rest)
        wanted = (["id"] if self.numbered else []) + self.names + [f.attname for f in rest]
        columns = {f.attname: f.column for f in model._meta.concrete_fields}
        listed = ", ".join(f'"{columns[name]}"' for name in wanted)
        self.sql = f'COPY "{model._meta.db_table}" ({listed}) FROM STDIN'

    def add(self, *values: object) -> int:
        """Append a row (values in the order of `fields`); returns its id."""
        row = "\t".join([cell(value) for value in values])
        self.count += 1
        if not self.numbered:
            self.lines.append(f"{row}{self.constants}\n")
            return 0
        number = self.next_id
        self.next_id += 1
        self.lines.append(f"{number}\t{row}{self.constants}\n")
        return number

    def take(self) -> bytes:
        """What is waiting, to be sent."""
        data = "".join(self.lines).encode()
        self.lines.clear()
        return data

    def settle(self) -> None:
        """Move the sequence behind the last id and let the planner know the new size."""
        table = f'"{self.model._meta.db_table}"'
        with connection.cursor() as cursor:
            if self.numbered and self.count:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, self.next_id - 1])
            cursor.execute(f"ANALYZE {table}")


class Sender:
    """A thread that feeds the database while rows are still being made. Meanwhile nobody else uses the connection."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self._connection: psycopg.Connection[Any] = connection.connection
        self._waiting: Queue[tuple[str, bytes] | None] = Queue(maxsize=8)
        self._error: BaseException | None = None
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def send(self, sql: str, data: bytes) -> None:
        """Queue one COPY; raises what an earlier one met."""
        self.check()
        self._waiting.put((sql, data))

    def stop(self) -> None:
        """Wait for everything that was queued."""
        self._waiting.put(None)
        self._thread.join()

    def check(self) -> None:
        """Raise what went wrong, if anything did."""
        if self._error:
            raise self._error

    def _work(self) -> None:
        while job := self._waiting.get():
            if self._error:
                continue  # only empty the queue, so that nobody waits
            try:
                with self._connection.cursor() as cursor, cursor.copy(job[0]) as copy:
                    copy.write(job[1])
            except BaseException as error:
                self._error = error


class Loader:
    """All tables of one load, in the order in which they may be filled (referred-to rows first).

    A context: leaving it sends the rest. Open all tables before the first row.
    """

    def __init__(self) -> None:
        self.tables: list[Table] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.flush(at_least=1)
        self.sender.stop()
        if kind is None:
            self.sender.check()
            for table in self.tables:
                table.settle()

    @cached_property
    def sender(self) -> Sender:
        return Sender()

    def table(self, model: type[models.Model], fields: str) -> Callable[..., int]:
        """Open a model for rows with these attributes; returns its `add`."""
        table = Table(model, fields)
        self.tables.append(table)
        return table.add

    def flush(self, *, at_least: int = FLUSH_AT) -> None:
        """Send all tables once any of them holds `at_least` rows."""
        if any(len(table.lines) >= at_least for table in self.tables):
            for table in self.tables:
                if table.lines:
                    self.sender.send(table.sql, table.take())


def _next_id(model: type[models.Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [f'"{model._meta.db_table}"'])
        return int(cursor.fetchone()[0])


def _needs_constant(field: "models.Field[Any, Any]", listed: list[str]) -> bool:
    """Columns that the generator leaves to the model's default, where the database has none."""
    return not (field.primary_key or field.null or field.attname in listed or field.generated)


def _constant(field: "models.Field[Any, Any]") -> str:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        raise ValueError(f"say when: {field}")
    if isinstance(field, SealedTextField):
        return ""  # nothing to hide
    default = field.get_default()
    if isinstance(field, ArrayField):
        return array(default)
    if isinstance(field, models.JSONField):
        return "[]" if default == [] else "{}"
    return cell(default)
