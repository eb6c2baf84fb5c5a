"""Closes the rows of an audit log that had no links: from now on, whatever is done to them is seen."""

import json
from types import SimpleNamespace
from typing import Any

from django.db import connection

from przystan.access import audit_keys
from przystan.access.chain import START, Row, link

BATCH = 5000  # rows in one statement
READ = f"SELECT {', '.join(Row._fields)} FROM access_auditentry ORDER BY seq"  # noqa: S608 - names of our own
NEW = ("seq", "key_id", "prev", "mac")
WRITE = """
    UPDATE access_auditentry a SET key_id = n.key_id, prev = n.prev, mac = n.mac
    FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::bytea[]) AS n (seq, key_id, prev, mac) WHERE a.seq = n.seq"""
END = "INSERT INTO access_audithead (id, seq, mac) VALUES (1, %s, %s)"


def close_all() -> None:
    """Chain all rows in their order, and note where the chain ends. The key file is made if there is none."""
    head = START
    with connection.cursor() as reading, connection.cursor() as writing:
        reading.execute(READ)
        while found := reading.fetchmany(BATCH):
            rows = [row_of(values) for values in found]
            head = link(rows, head, *audit_keys.newest(chain_is_empty=True))
            writing.execute(WRITE, [[getattr(row, name) for row in rows] for name in NEW])
        if head.seq:
            writing.execute(END, head)


def row_of(values: tuple[Any, ...]) -> SimpleNamespace:
    """A row to be linked, as the chain reads it."""
    row = SimpleNamespace(**dict(zip(Row._fields, values, strict=True)))
    row.fields = json.loads(row.fields)
    return row
