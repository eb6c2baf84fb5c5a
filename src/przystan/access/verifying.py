"""The audit chain of the database, checked row by row: what `przystan audit verify` does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DataError, connection, transaction
from django.utils.translation import gettext as _

from . import anchors, audit_keys
from .anchors import Anchors
from .chain import Head, Row
from .chain_check import Bounds, Fault, Secrets, Wrong, first_fault
from .models import AuditAnchor, AuditEntry

CHUNK = 5000  # rows fetched at once
# What reading a row raises when a column was edited into something that no application wrote.
UNREADABLE = (DataError, ValueError, OverflowError, RecursionError)
# One statement, so that head and last row are of one moment.
BOUNDS = """
    SELECT coalesce(head.seq, 0), coalesce(head.mac, ''), (SELECT coalesce(max(seq), 0) FROM access_auditentry)
    FROM (VALUES (1)) one (id) LEFT JOIN access_audithead head USING (id)
"""


# Rows that are kept from us would look like rows that somebody took away.
SEES_ALL = """
    SELECT has_table_privilege('access_auditentry', 'SELECT') AND has_table_privilege('access_audithead', 'SELECT')
           AND (NOT row_security_active('access_auditentry') OR app_reaches_all())
"""


class LogUnreadable(RuntimeError):
    """The log cannot be read as a whole, so nothing can be said of it: neither sound nor tampered with."""


@dataclass
class Report:
    """What a check found. `rows`: how many links hold; `anchors`: what was written down elsewhere."""

    fault: Fault | None
    rows: int
    anchors: Anchors
    anchor_lost: bool

    @property
    def is_fine(self) -> bool:
        """Whether nothing at all is wrong."""
        return not (self.fault or self.anchors.bad_lines or self.anchor_lost)


@dataclass
class Stream:
    """The rows up to `until`, in their order, a few at a time. `passed`: the last one that was given out."""

    until: int
    passed: int | None = field(default=None, init=False)
    given: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Row]:
        rows = AuditEntry.objects.filter(seq__lte=self.until).order_by("seq").values_list(*Row._fields)
        for values in rows.iterator(chunk_size=CHUNK):
            yield (row := row_of(values))
            self.passed = row.seq
            self.given += 1


def row_of(values: tuple[Any, ...]) -> Row:
    """A row as it came from the database."""
    *others, prev, mac = values
    return Row._make([*others, bytes(prev), bytes(mac)])


@transaction.atomic
def verify(file: Path | None = None) -> Report:
    """Check the whole chain against its keys and the anchors of `file` (none: those of the settings).

    One million rows take some 20 seconds; they are streamed. Others go on writing: what they add meanwhile is not
    looked at. Raises LogUnreadable for who does not see all rows.
    """
    require_all()
    secrets = audit_keys.all_keys()
    found = anchors.read_file(file or Path(settings.AUDIT_ANCHORS), secrets)
    bounds = bounds_now()
    stream = Stream(bounds.head.seq)
    try:
        with transaction.atomic():
            fault = first_fault(stream, bounds, secrets, row_at, found.by_seq())
    except UNREADABLE:
        fault = _before(_unreadable(stream.passed), bounds, secrets, found)
    return Report(fault, stream.given, found, file is None and _last_is_lost(found))


def require_all() -> None:
    """Raise LogUnreadable unless all rows are shown to us."""
    with connection.cursor() as cursor:
        cursor.execute(SEES_ALL)
        if cursor.fetchone() != (True,):
            raise LogUnreadable(_("The audit log cannot be read here as a whole: say `przystan migrate` as its owner."))


def bounds_now() -> Bounds:
    """Head and last row of the database, of one moment."""
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS)
        seq, mac, last = cursor.fetchone()
    return Bounds(Head(seq, bytes(mac)), last)


def row_at(seq: int) -> Row | None:
    """One row by its number; None when there is none, or it cannot be read."""
    try:
        return _read(seq)
    except UNREADABLE:
        return None


def _read(seq: int) -> Row | None:
    with transaction.atomic():
        values = AuditEntry.objects.filter(seq=seq).values_list(*Row._fields).first()
    return row_of(values) if values else None


def _unreadable(passed: int | None) -> Fault:
    """The first row after `passed` that cannot be read at all."""
    later = AuditEntry.objects.all() if passed is None else AuditEntry.objects.filter(seq__gt=passed)
    for seq in later.order_by("seq").values_list("seq", flat=True).iterator():
        try:
            _read(seq)
        except UNREADABLE:
            return Fault(seq, Wrong.UNREADABLE)
    raise RuntimeError("a row could not be read, and then could")


def _before(unreadable: Fault, bounds: Bounds, secrets: Secrets, found: Anchors) -> Fault:
    """Rows are fetched many at a time: an earlier one may be bad too, and is the first then."""
    fault = first_fault(Stream(unreadable.seq - 1), bounds, secrets, row_at, found.by_seq())
    return fault if fault and fault.seq < unreadable.seq else unreadable


def _last_is_lost(found: Anchors) -> bool:
    """Whether the database knows of an anchor that its file no longer has."""
    noted = AuditAnchor.objects.filter(where=anchors.FILE).first()
    return noted is not None and all(one.seq != noted.seq for one in found.genuine)
