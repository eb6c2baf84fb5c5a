"""The chain of audit rows: each closes over the one before it with a key that is not in the database.

`mac = HMAC-SHA256(key, canonical(row) | mac of the row before)`. Plain Python; `audit` writes chains, `chain_check`
and `anchors` read them, `audit_keys` has the keys.
"""

import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, NamedTuple


class Row(NamedTuple):
    """One audit row as it is in the database; see `models.AuditEntry`."""

    seq: int
    at: datetime
    actor_id: int | None
    roles: str
    organisation_id: int
    action: str
    model: str
    object_ref: str
    tier: int
    fields: list[str]
    purpose: str
    request: str
    key_id: str
    prev: bytes
    mac: bytes


class Head(NamedTuple):
    """The last link of a chain."""

    seq: int
    mac: bytes


START = Head(0, b"")
# Sorted here once, so that no row has to be.
CLOSED_OVER = tuple(sorted(set(Row._fields) - {"prev", "mac"}))
_values = attrgetter(*CLOSED_OVER)
_AT = CLOSED_OVER.index("at")
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False).encode


def canonical(row: Any) -> bytes:
    """All columns of a `Row` or an `AuditEntry` but the links, the same bytes at any time and on any machine.

    Compact JSON with sorted names; times in UTC to the microsecond.
    """
    values = list(_values(row))
    values[_AT] = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return _write(dict(zip(CLOSED_OVER, values, strict=True))).encode()


def mac_of(row: Any, prev: bytes, secret: bytes) -> bytes:
    """The link of a row whose predecessor's link is `prev` (32 bytes, none before the first row)."""
    return hmac.digest(secret, canonical(row) + prev, "sha256")


def link(rows: Iterable[Any], head: Head, key_id: str, secret: bytes) -> Head:
    """Number and close rows (AuditEntry) that follow `head`; returns the new head."""
    seq, mac = head
    for row in rows:
        seq += 1
        row.seq, row.key_id, row.prev = seq, key_id, mac
        row.mac = mac = mac_of(row, mac, secret)
    return Head(seq, mac)
