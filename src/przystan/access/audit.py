"""The one door to the audit log.

Inside `scope.acting` (every request, job and command) rows are gathered and written, chained, at its end, before the
commit; if that fails, nothing is changed and nothing is shown.

A change that is rolled back with its savepoint is not told. What was read stays read, whatever is rolled back later.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection, models, transaction
from django.utils import timezone

from . import audit_keys
from .actors import Actor
from .chain import Head, link
from .chain_rows import guessed_head, insert, lock_head
from .models import AuditEntry
from .tiers import Tier

READ = "read"
BATCH = 5000  # rows in one statement
# Names of fields, codes of roles and the like; codes and references. Anything else could be somebody's data.
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE = re.compile(r"[a-z0-9_.-]{0,40}")
Mark = Callable[[], None]


@dataclass
class Gathered:
    """Rows for the end of the transaction, each with its `_mark` (None: no savepoint takes it back)."""

    rows: list[tuple[AuditEntry, Mark | None]] = field(default_factory=list)
    looks: dict[tuple[object, ...], AuditEntry] = field(default_factory=dict)


_gathered: ContextVar[Gathered | None] = ContextVar("audit_gathered", default=None)
request_id: ContextVar[str] = ContextVar("audit_request", default="")


@contextmanager
def together() -> Iterator[None]:
    """Writes the rows of several actions at once, at the end: open it inside the actions' transaction."""
    if _gathered.get() is not None:
        yield
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit rows belong into the transaction of what they tell")
    gathered = Gathered()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    _write(_standing(gathered))


@contextmanager
def taken_back(error: type[Exception]) -> Iterator[None]:
    """Looks of a try that ends with `error` are not told: nobody was shown anything, and who does it again tells."""
    gathered = _gathered.get() or Gathered()
    rows, looks = len(gathered.rows), dict(gathered.looks)
    try:
        yield
    except error:
        del gathered.rows[rows:]
        gathered.looks = looks
        raise


def record(by: Actor, action: str, obj: models.Model, fields: Iterable[str] = (), purpose: str = "") -> AuditEntry:
    """Append one row in the transaction of the change.

    `fields`: names, never values (ValueError for what is no name). `purpose`: a code or a reference of ours, never
    what somebody typed.
    """
    row = _row(by, action, obj, fields, purpose)
    _append([row])
    return row


def record_all(by: Actor, action: str, objects: Iterable[models.Model], fields: Iterable[str] = ()) -> None:
    """Like `record`, one row for each object, in one statement."""
    names = list(fields)
    _append([_row(by, action, obj, names, "") for obj in objects])


def read(by: Actor, obj: models.Model, fields: Iterable[str], tier: Tier = Tier.T2, purpose: str = "") -> None:
    """Note that the actor sees fields of tier 2 or above: one row for each object and request.

    A second look at the same object in the same request only adds its fields to that row.
    """
    row = _row(by, READ, obj, fields, purpose, tier)
    gathered = _gathered.get()
    if gathered is None:
        return _append([row])
    before = gathered.looks.setdefault((row.model, row.object_ref, row.actor_id), row)
    if before is row:
        gathered.rows.append((row, None))
    before.fields = sorted({*before.fields, *row.fields})
    before.tier = max(before.tier, row.tier)


def anything_done() -> bool:
    """Whether anything was done, and stands, since `together` began: looks are no deeds."""
    gathered = _gathered.get()
    return gathered is not None and any(row.action != READ for row in _standing(gathered))


def _append(rows: list[AuditEntry]) -> None:
    gathered = _gathered.get()
    if gathered is None:
        with transaction.atomic(savepoint=False):
            _write(rows)
    else:
        mark = _mark()
        gathered.rows.extend((row, mark) for row in rows)


def _mark() -> Mark:
    """Something that waits for the commit: Django forgets it when a savepoint it was made in is rolled back."""

    def mark() -> None:
        pass

    transaction.on_commit(mark)
    return mark


def _standing(gathered: Gathered) -> list[AuditEntry]:
    """The rows whose savepoints were not rolled back."""
    waits = {entry[1] for entry in connection.run_on_commit}
    return [row for row, mark in gathered.rows if mark is None or mark in waits]


def _write(rows: list[AuditEntry]) -> None:
    """Chain and insert. The head is locked from here to the commit, which follows at once."""
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        guess = guessed_head()
        if not (guess and _chained(batch, guess)) and not _chained(batch, lock_head()):
            raise RuntimeError("the end of the audit log moved while it was held")


def _chained(rows: list[AuditEntry], head: Head) -> bool:
    """Write rows that follow `head`; False when the log does not end there."""
    key_id, key = audit_keys.newest(chain_is_empty=head.seq == 0)
    return insert(rows, head, link(rows, head, key_id, key))


def _row(
    by: Actor, action: str, obj: models.Model, fields: Iterable[str], purpose: str, tier: Tier = Tier.T0
) -> AuditEntry:
    if not CODE.fullmatch(purpose):
        raise ValueError("the purpose in an audit row is a code or a reference, never what somebody typed")
    return AuditEntry(
        at=timezone.now(),
        actor_id=by.user_id,
        roles=" ".join(sorted(by.roles)),
        organisation_id=by.organisation_id,
        action=action,
        model=obj._meta.label_lower,
        object_ref=str(getattr(obj, "ref", obj.pk)),
        tier=int(tier),
        fields=_names(fields),
        purpose=purpose or by.purpose,
        request=request_id.get(),
    )


def _names(fields: Iterable[str]) -> list[str]:
    names = sorted(set(fields))
    if bad := [name for name in names if not NAME.fullmatch(name)]:
        raise ValueError(f"audit rows hold names of fields, never values; {len(bad)} of these are no names")
    return names
