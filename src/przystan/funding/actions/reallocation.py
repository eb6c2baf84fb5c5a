"""Moving many supports to another payer at once: a programme ended, an auditor refused."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.access.rights import Right
from przystan.support.models import Support

from ..models import Allocation, Programme
from ..queries.moving import Movable, movable
from .refusals import ReasonMissing, in_words


@dataclass(frozen=True)
class Reallocated:
    """How many supports moved, and how many stayed because the rule refuses or their period is closed."""

    moved: int
    refused: int
    closed: int


@transaction.atomic
def reallocate(
    *, by: Actor, supports: Collection[int], to: Programme | None, reason: str, undecided: bool = False
) -> Reallocated:
    """Give these supports (ids) the payer `to`, or none. What `to` cannot pay for, and what is closed, stays.

    `undecided`: move also those of which something is missing to decide. Show `queries.moving.effect` before.
    """
    by.require(Right.PAYER_CHOOSE, Right.PROGRAMMES_WRITE)
    if not reason.strip():
        raise ReasonMissing()
    rows = movable(by, supports, to)
    going = [row.support_id for row in rows if not row.closed and _may(row, to, undecided)]
    _move(by, going, to, reason.strip())
    closed = sum(row.closed for row in rows)
    audit.record_all(by, "funding.reallocate", Support.objects.filter(pk__in=going).only("ref"), ["payer"])
    return Reallocated(len(going), len(rows) - len(going) - closed, closed)


def _may(row: Movable, to: Programme | None, undecided: bool) -> bool:
    return to is None or row.verdict is True or (undecided and row.verdict is None)


def _move(by: Actor, supports: Collection[int], to: Programme | None, reason: str) -> None:
    with door(), in_words():
        Allocation.objects.filter(support__in=supports).delete()
        if to is not None:
            rows = [Allocation(support_id=pk, programme=to, reason=reason[:300], by_id=by.user_id) for pk in supports]
            Allocation.objects.bulk_create(rows, batch_size=5000)
