"""Earlier states of the tables whose migrations were later written anew in place; since 0.1.0 this is never done.

A state is recognised by what the database remembers of its migrations and by the columns that these should have made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from . import links

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Earlier:
    """`lacks`: columns ("table.column") that `recorded` says are there, one of which is not.

    `folder`: SQL that makes up for it, in order. `after`: what SQL cannot do, in the same transaction.
    """

    name: str
    recorded: str
    lacks: tuple[str, ...]
    folder: str
    after: Callable[[], None] | None = None

    def is_here(self, recorded: set[str]) -> bool:
        """Whether this database is in that state."""
        return self.recorded in recorded and not columns().issuperset(self.lacks)

    def scripts(self) -> list[Path]:
        """The SQL files, in their order."""
        return sorted((FOLDER / self.folder).glob("*.sql"))


STATES = (
    Earlier(
        "0.1.0 before need-to-know",
        recorded="access.0001_initial",
        lacks=("access_auditentry.seq", "people_person.protected"),
        folder="first_landing",
        after=links.close_all,
    ),
    Earlier(
        "0.1.0 before limits had their days",
        recorded="exchange.0001_initial",
        lacks=("exchange_importbatch.checked_at", "funding_limit.valid_from", "funding_limit.valid_to"),
        folder="second_landing",
    ),
)
# Migrations that were folded into others after a centre may have run them: what they made is there.
FOLDED = frozenset({"people.0002_channel_email", "exchange.0003_checked_at"})


def columns() -> set[str]:
    """Every column there is, as "table.column"."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"
            " AND a.attnum > 0 AND NOT a.attisdropped"
        )
        return {row[0] for row in cursor.fetchall()}
