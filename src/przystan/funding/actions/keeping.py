"""Counting what is to be kept (`queries.kept`). The system's own work: nothing is decided about anybody.

Why a stale figure can never look fresh, whoever writes meanwhile (READ COMMITTED; tests/funding/test_kept_at_once.py):

1. `forget_touched` removes, in one statement, the notes it sees and every figure that they concern. So a note is gone
   only together with those figures; and a change whose note it does not see, since its writer has not finished, keeps
   its note for whoever comes next.
2. `keep` counts a figure, and reads which new entries are in it, in one statement: an entry is counted exactly where
   its note is among `included`, or was removed because it was in all figures of its programme.
3. Both hold one lock to the end of their transaction. So no figure that was counted before a change appears after 1 has
   removed the note of that change.

Whoever reads (one statement) and sees a change, sees its note, or a figure counted after that note was removed, which
is after the change.
"""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from przystan.access.actors import system
from przystan.access.scope import acting, current

from ..enums import Breakdown
from ..models import Indicator, KeptFigure, Programme
from ..queries.counting import Span, units
from ..queries.kept import STATE, TOUCHED, Asked, Kept, state
from ..queries.ledger import counted, on_ledger

LOCK = "SELECT pg_advisory_xact_lock(hashtext('funding.keep'))"
FORGET = f"""{STATE}, gone AS (
    DELETE FROM funding_touched WHERE id IN (SELECT id FROM t WHERE what <> 'added')
)
DELETE FROM funding_keptfigure k WHERE {TOUCHED}"""
# What is in every figure of its programme, or what no figure waits for.
COUNTED_IN = """
DELETE FROM funding_touched n WHERE n.what = 'added' AND NOT EXISTS (
    SELECT 1 FROM funding_keptfigure k
    WHERE k.programme_id = n.key AND NOT k.of_results AND n.id <> ALL(k.included)
)"""
PURPOSE = "keep figures"
# New entries are added by whoever reads, until there are so many of them, or they have waited so long.
FOLD_AFTER, FOLD_LATEST = 10, timedelta(minutes=5)


@transaction.atomic
def forget_touched() -> int:
    """Remove figures that notes concern, and these notes; how many figures went. For the system, of everybody."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(FORGET)
        gone = cursor.rowcount
        cursor.execute(COUNTED_IN)
    return int(gone)


@transaction.atomic
def keep(*, programme: Programme, enough: Callable[[], bool] = lambda: False) -> int:
    """Count figures of a programme that are not kept, or of which too much is new; how many were counted.

    As `access.actors.counter` of its organisation. Stops after a figure when it is `enough`: what was counted stays.
    """
    actor = current()
    assert actor, "nobody acts"
    assert actor.organisation_id == programme.organisation_id, "counted as its staff may"
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    done, now = 0, timezone.now()
    for one in _due(programme, now):
        if enough():
            break
        _count(one, now)
        done += 1
    return done


def wanted(programme: Programme) -> list[Asked]:
    """What is kept of a programme: each number, and the breakdowns that its funder asks for or, where it asks for none,
    the one that the page begins with. Three queries."""
    rows = Indicator.objects.filter(programme=programme).select_related("programme").order_by("position", "id")
    found = []
    for one in rows.prefetch_related("services", "kinds"):
        found += [Asked(one), *(Asked(one, Breakdown(by)) for by in one.breakdowns or [Breakdown.POINT])]
    return found


def _due(programme: Programme, now: datetime) -> Iterable[Asked]:
    asked = wanted(programme)
    found = state(asked)
    return [one for one in asked if one.key not in found or _is_old(found[one.key], now)]


def _is_old(kept: Kept, now: datetime) -> bool:
    return len(kept.pending) >= FOLD_AFTER or bool(kept.pending and kept.counted_at < now - FOLD_LATEST)


def _count(one: Asked, now: datetime) -> None:
    """Number and notes of one moment, so in one statement."""
    compiler, of = on_ledger(), one.indicator
    found = units(of, Span(), compiler, one.by)
    sql = (
        f"SELECT value, sum(weight)::bigint, NULL::bigint FROM ({found.sql}) u GROUP BY value"
        " UNION ALL SELECT NULL, 0, id FROM funding_touched WHERE what = 'added' AND key = %(kept_programme)s"
    )
    rows = counted(sql, found.params | {"kept_programme": of.programme_id})
    figure = KeptFigure(
        organisation_id=of.programme.organisation_id,
        programme_id=of.programme_id,
        indicator=of,
        by=one.key[1],
        definition=one.definition(compiler),
        of_results=one.of_results,
        of_people=one.of_people,
        totals={value: total for value, total, note in rows if note is None},
        included=[note for *_, note in rows if note is not None],
        counted_at=now,
    )
    with acting(system(figure.organisation_id, PURPOSE)):  # who counts reads only
        KeptFigure.objects.filter(indicator=of, by=figure.by).delete()
        figure.save()
