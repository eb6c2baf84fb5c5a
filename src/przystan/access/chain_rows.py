"""How links get into the tables: two statements, however many rows."""

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
# Each column comes as one array; the head moves on in the same statement.
INSERT = f"""
    WITH head AS (UPDATE access_audithead SET seq = %s, mac = %s WHERE id = {AuditHead.ONLY})
    INSERT INTO access_auditentry ({", ".join(Row._fields)})
    SELECT * FROM unnest({", ".join(f"%s::{TYPES.get(name, 'text')}[]" for name in Row._fields)})
"""  # noqa: S608
LOCK = f"SELECT seq, mac FROM access_audithead WHERE id = {AuditHead.ONLY} FOR UPDATE"  # noqa: S608


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


def insert(rows: Sequence[AuditEntry], head: Head) -> None:
    """Add closed rows and move the head on."""
    columns = [[getattr(row, name) for row in rows] for name in Row._fields]
    at = Row._fields.index("fields")
    columns[at] = [json.dumps(fields) for fields in columns[at]]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [head.seq, head.mac, *columns])
