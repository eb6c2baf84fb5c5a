"""Is the chain of audit rows whole? Names the first row that is not, and what happened to it. Asks no database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext, gettext_noop

from .chain import START, Head, Row, mac_of

Secrets = Mapping[str, bytes]  # the audit keys by their numbers
LookUp = Callable[[int], Row | None]


class Wrong(Enum):
    """What can be wrong, as it is said to the operator."""

    EDITED = gettext_noop("Row %(seq)d was edited, or was written without the key.")
    MISSING = gettext_noop("Row %(seq)d is missing.")
    INSERTED = gettext_noop("Row %(seq)d was put in.")
    SWAPPED = gettext_noop("Row %(seq)d was swapped with row %(other)s.")
    RECHAINED = gettext_noop("Row %(seq)d and what follows were chained anew without the key.")
    SPLICED = gettext_noop(
        "Row %(seq)d is genuine, but follows another row than when it was written (a restored copy?)."
    )
    OLD_KEY = gettext_noop("Row %(seq)d is closed with an older key than the row before it.")
    NO_KEY = gettext_noop("Row %(seq)d is closed with the key %(other)s, whose file is not here.")
    UNREADABLE = gettext_noop("Row %(seq)d cannot be read: one of its columns was edited.")
    HEAD = gettext_noop("Row %(seq)d does not fit the head of the chain, which was edited.")
    PAST_HEAD = gettext_noop(
        "Row %(seq)d and what follows lie beyond the head of the chain: put in, or the head was set back."
    )
    CUT = gettext_noop("Row %(seq)d and what followed are gone: the tail was cut before the anchor of %(other)s.")
    ANCHOR = gettext_noop("Row %(seq)d does not fit the anchor of %(other)s: the chain was written anew with the key.")


@dataclass(frozen=True)
class Fault:
    """The first bad row and what is wrong with it."""

    seq: int
    wrong: Wrong
    other: str = ""

    def __str__(self) -> str:
        return gettext(self.wrong.value) % {"seq": self.seq, "other": self.other}

    def noted(self) -> str:
        """As it is kept, to be said later in the language of whoever reads: "SWAPPED 12 17"."""
        return f"{self.wrong.name} {self.seq} {self.other}".rstrip()


def read(noted: str) -> str:
    """What `Fault.noted` kept, in words. Older versions kept words, which are left as they are."""
    name, _, rest = noted.partition(" ")
    if name not in Wrong.__members__:
        return noted
    seq, _, other = rest.partition(" ")
    return str(Fault(int(seq), Wrong[name], other))


@dataclass(frozen=True)
class Bounds:
    """What the database says of the chain at one moment: the head, and the number of the last row (0: none)."""

    head: Head
    last: int


Anchored = Mapping[int, tuple[bytes, str]]  # seq -> mac, when it was written down (in words)


def first_fault(
    rows: Iterable[Row], bounds: Bounds, secrets: Secrets, look_up: LookUp, anchored: Anchored | None = None
) -> Fault | None:
    """Follow `rows` (all up to the head, by seq) link by link; None when nothing is wrong.

    `look_up` gives a row by its number, to say what happened to a bad one.
    """
    anchored = anchored or {}
    before = START
    key = ""
    for row in rows:
        if not _closes(row, before, secrets) or (row.key_id != key and _number(row.key_id) < _number(key)):
            return _said(row, before, bounds, secrets, look_up)
        if row.seq in anchored and anchored[row.seq][0] != row.mac:
            return Fault(row.seq, Wrong.ANCHOR, anchored[row.seq][1])
        before, key = Head(row.seq, row.mac), row.key_id
    return _end(before, bounds, anchored)


def _closes(row: Row, before: Head, secrets: Secrets) -> bool:
    """Whether the row is the genuine next link."""
    return row.seq == before.seq + 1 and row.prev == before.mac and _fits(row, before.mac, secrets)


def _fits(row: Row, prev: bytes, secrets: Secrets, seq: int | None = None) -> bool:
    """Whether somebody who has the key closed these very columns (with this number, if one is given) after `prev`."""
    secret = secrets.get(row.key_id)
    if secret is None:
        return False
    try:
        return mac_of(row if seq is None else row._replace(seq=seq), prev, secret) == row.mac
    except (ValueError, TypeError, OverflowError, RecursionError):  # columns edited into what no row ever holds
        return False


def _number(key_id: str) -> int:
    return int(key_id) if key_id.isdecimal() else 0


def _end(last: Head, bounds: Bounds, anchored: Anchored) -> Fault | None:
    """The rows are all genuine: is there one too few or too many at their end?"""
    if last.seq < bounds.head.seq:
        return Fault(last.seq + 1, Wrong.MISSING)
    if last.mac != bounds.head.mac:
        return Fault(last.seq, Wrong.HEAD)
    if bounds.last > last.seq:
        return Fault(last.seq + 1, Wrong.PAST_HEAD)
    beyond = min((seq for seq in anchored if seq > last.seq), default=0)
    return Fault(last.seq + 1, Wrong.CUT, anchored[beyond][1]) if beyond else None


def _said(row: Row, before: Head, bounds: Bounds, secrets: Secrets, look_up: LookUp) -> Fault:
    """What happened to the first bad row; `before` is the last good one."""
    due = before.seq + 1
    if row.seq > due:
        return Fault(due, Wrong.MISSING)
    if row.seq < due:
        return Fault(row.seq, Wrong.INSERTED)
    if row.key_id not in secrets:
        return Fault(due, Wrong.NO_KEY, row.key_id)
    if _closes(row, before, secrets):
        return Fault(due, Wrong.OLD_KEY)
    if _fits(row, row.prev, secrets):
        return Fault(due, Wrong.SPLICED)
    if own := _own_number(row, bounds.head.seq + 1, secrets):
        return _moved(due, own, secrets, look_up)
    following = look_up(due + 1)
    if following and _fits(following, before.mac, secrets, seq=due):
        return Fault(due, Wrong.INSERTED)
    if following and following.prev == row.mac and not _fits(following, following.prev, secrets):
        return Fault(due, Wrong.RECHAINED)
    return Fault(due, Wrong.EDITED)


def _own_number(row: Row, most: int, secrets: Secrets) -> int:
    """The number under which a genuine row was written; 0 when it is not genuine."""
    return next((seq for seq in range(1, most + 1) if _fits(row, row.prev, secrets, seq)), 0)


def _moved(due: int, own: int, secrets: Secrets, look_up: LookUp) -> Fault:
    """A genuine row stands under another number: two were swapped, or one was taken out and the rest moved up."""
    other = look_up(own)
    if other and _fits(other, other.prev, secrets, seq=due):
        return Fault(due, Wrong.SWAPPED, str(own))
    return Fault(due, Wrong.MISSING)
