"""How links get into the tables: one statement when this process wrote the last link, else one more to read it."""

import json
from collections.abc import Sequence

from django.db import connection

from .chain import Head, Row
from .models import AuditEntry, AuditHead

TYPES = {
    "seq": "bigint",
    "at": "timestamptz",
    "actor_id": "bigint",
    "organisation_id": "bigint",
    "tier": "smallint",
    "fields": "jsonb",
    "prev": "bytea",
    "mac": "bytea",
}
# Each column comes as one array; the head moves on in the same statement, and nothing is written unless it was there.
INSERT = f"""
    WITH head AS (
        UPDATE access_audithead SET seq = %s, mac = %s
        WHERE id = {AuditHead.ONLY} AND (seq, mac) = (%s, %s) RETURNING id
    )
    INSERT INTO access_auditentry ({", ".join(Row._fields)})
    SELECT link.* FROM unnest({", ".join(f"%s::{TYPES.get(name, 'text')}[]" for name in Row._fields)}) AS link, head
"""  # noqa: S608
LOCK = f"SELECT seq, mac FROM access_audithead WHERE id = {AuditHead.ONLY} FOR UPDATE"  # noqa: S608

# What this process wrote last. A guess, and no more: `insert` writes nothing when it is not so any more.
_last: list[Head] = []


def guessed_head() -> Head | None:
    """Where the chain probably ends, without asking."""
    return next(iter(_last), None)


def forget() -> None:
    """Guess no more: this process talks to another log from here."""
    _last.clear()


def lock_head() -> Head:
    """The head, held until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if (found := cursor.fetchone()) is None:
            _begin()
            cursor.execute(LOCK)
            found = cursor.fetchone()
    return Head(found[0], bytes(found[1]))


def _begin() -> None:
    """The head of a chain that begins: one, however many begin at once."""
    AuditHead.objects.bulk_create([AuditHead(pk=AuditHead.ONLY)], ignore_conflicts=True)


def insert(rows: Sequence[AuditEntry], before: Head, head: Head) -> bool:
    """Add closed rows and move the head on; False, and nothing done, when the chain does not end at `before`.

    The head is held from here to the end of the transaction.
    """
    columns = [[getattr(row, name) for row in rows] for name in Row._fields]
    at = Row._fields.index("fields")
    columns[at] = [json.dumps(fields) for fields in columns[at]]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [head.seq, head.mac, before.seq, before.mac, *columns])
        written: bool = cursor.rowcount == len(rows)
    _last[:] = [head] if written else []
    return written
