"""Moving many supports to another payer at once: a programme ended, an auditor refused."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.reference.models import translated
from przystan.support.models import Support

from ..models import Allocation, Programme
from ..queries.counting import Span
from ..queries.indicators import Figure, figures
from ..queries.moving import Movable, movable
from ..rights import PAYER_CHOOSE, PROGRAMMES_WRITE
from ..wording import paid_outside
from .refusals import PayerRefused, ReasonMissing, in_words


@dataclass(frozen=True)
class Reallocated:
    """How many supports moved, and how many stayed because the rule refuses or their period is closed."""

    moved: int
    refused: int
    closed: int


@dataclass(frozen=True)
class Shift:
    """An indicator before and after a move."""

    before: Figure
    after: Figure


@dataclass(frozen=True)
class Trial:
    """What a move would do: supports that would go, those that cannot, and every indicator that changes."""

    moving: int
    closed: int
    unknown: int
    refused: int
    shifts: list[Shift]


@transaction.atomic
def reallocate(
    *, by: Actor, supports: Collection[int], to: Programme | None, reason: str, undecided: bool = False
) -> Reallocated:
    """Give these supports (ids) the payer `to`, or none. What `to` cannot pay for, and what is closed, stays.

    `undecided`: move also those of which something is missing to decide. Limits are not asked. Show `try_move` before.
    """
    by.require(PAYER_CHOOSE, PROGRAMMES_WRITE)
    if not reason.strip():
        raise ReasonMissing()
    _check(to)
    rows = movable(by, supports, to)
    going = _going(rows, to, undecided)
    _move(by, going, to, reason.strip())
    closed = sum(row.closed for row in rows)
    audit.record_all(by, "funding.reallocate", Support.objects.filter(pk__in=going).only("ref"), ["payer"])
    return Reallocated(len(going), len(rows) - len(going) - closed, closed)


@transaction.atomic
def try_move(*, by: Actor, supports: Collection[int], to: Programme | None, undecided: bool = False) -> Trial:
    """What `reallocate` would do: moves, counts every indicator as reports count it, and takes the move back."""
    by.require(PAYER_CHOOSE, PROGRAMMES_WRITE)
    _check(to)
    rows = movable(by, supports, to)
    going = _going(rows, to, undecided)
    gone = set(going)
    touched = {row.programme_id for row in rows if row.programme_id and row.support_id in gone}
    touched |= {to.pk} if to else set()
    payers = list(Programme.objects.seen_by(by).filter(pk__in=touched).order_by("rank", "id"))
    before = figures(by, Span(), payers)
    point = transaction.savepoint()
    _move(by, going, to, "")
    after = figures(by, Span(), payers)
    transaction.savepoint_rollback(point)
    shifts = [Shift(old, new) for old, new in zip(before, after, strict=True) if old.total != new.total]
    open_rows = [row for row in rows if not row.closed]
    return Trial(
        moving=len(going),
        closed=len(rows) - len(open_rows),
        unknown=sum(row.verdict is None for row in open_rows),
        refused=sum(row.verdict is False for row in open_rows),
        shifts=shifts,
    )


def _check(to: Programme | None) -> None:
    """What is paid outside the centre cannot be counted here."""
    if to and to.outside:
        raise PayerRefused(to.name, [paid_outside(translated(to.funder.names))])


def _going(rows: Collection[Movable], to: Programme | None, undecided: bool) -> list[int]:
    """Open supports that the new payer can pay for and does not pay for yet."""
    return [
        row.support_id
        for row in rows
        if not row.closed
        and row.programme_id != (to and to.pk)
        and (to is None or row.verdict is True or (undecided and row.verdict is None))
    ]


def _move(by: Actor, supports: Collection[int], to: Programme | None, reason: str) -> None:
    with door(), in_words():
        Allocation.objects.filter(support__in=supports).delete()
        if to is not None:
            rows = [Allocation(support_id=pk, programme=to, reason=reason[:300], by_id=by.user_id) for pk in supports]
            Allocation.objects.bulk_create(rows, batch_size=5000)
