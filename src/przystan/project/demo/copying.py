"""Loads rows by COPY: hundreds of thousands in seconds, where one INSERT each would take an hour."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

FLUSH_AT = 40_000
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

    def flush(self) -> None:
        """Send what is waiting."""
        if not self.lines:
            return
        with connection.cursor() as cursor, cursor.copy(self.sql) as copy:
            copy.write("".join(self.lines).encode())
        self.lines.clear()

    def finish(self) -> None:
        """Send the rest and move the sequence behind the last id."""
        self.flush()
        if self.numbered and self.count:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [*self._sequence(), self.next_id - 1]
                )

    def _sequence(self) -> list[str]:
        return [f'"{self.model._meta.db_table}"']


class Loader:
    """All tables of one load, in the order in which they may be filled (referred-to rows first)."""

    def __init__(self) -> None:
        self.tables: list[Table] = []

    def table(self, model: type[models.Model], fields: str) -> Callable[..., int]:
        """Open a model for rows with these attributes; returns its `add`."""
        table = Table(model, fields)
        self.tables.append(table)
        return table.add

    def flush(self, *, at_least: int = FLUSH_AT) -> None:
        """Send all tables once any of them holds `at_least` rows."""
        if any(len(table.lines) >= at_least for table in self.tables):
            for table in self.tables:
                table.flush()

    def finish(self) -> None:
        """Send everything, set the sequences, and let the planner know the new sizes."""
        for table in self.tables:
            table.finish()
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f'ANALYZE "{table.model._meta.db_table}"')


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
    default = field.get_default()
    if isinstance(field, ArrayField):
        return array(default)
    if isinstance(field, models.JSONField):
        return "[]" if default == [] else "{}"
    return cell(default)
