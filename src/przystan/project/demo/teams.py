"""Who works with whom in the demo, as the work of the last year would have made it; and a few sealed words."""

from datetime import date, timedelta
from random import Random
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from przystan.people.models import Channel, TitleHeld

Row = TypeVar("Row", bound=Model)
_YEAR = timedelta(days=365)
_GAVE = """
INSERT INTO people_teammember (person_id, user_id, source, starts_at, ends_at, by_id)
SELECT r.person_id, s.staff_id, 'support', min(s.day), max(s.day) + interval '365 days', s.staff_id
FROM support_support s JOIN support_supportperson r ON r.support_id = s.id
WHERE s.day > %(since)s AND s.kind = 'full' AND s.sign = 1 AND s.staff_id IS NOT NULL
GROUP BY r.person_id, s.staff_id
"""
_REGISTERED = """
INSERT INTO people_teammember (person_id, user_id, source, starts_at, ends_at, by_id)
SELECT id, created_by_id, 'registered', created_at, created_at + interval '365 days', created_by_id
FROM people_person WHERE created_at > %(since)s AND created_by_id IS NOT NULL
"""
_SEALED = 40  # of each kind: enough to be met, few enough to be quick
_SHARED = ("mąż", "partner", "matka", "syn", "współlokatorka")


def grow(rng: Random, today: date) -> None:
    """Fill the teams, then seal who shares some of the phones, and which documents were copied."""
    with connection.cursor() as cursor:
        for statement in (_REGISTERED, _GAVE):
            cursor.execute(statement, {"since": today - _YEAR})
        cursor.execute("ANALYZE people_teammember")
    for channel in _latest(Channel.objects.filter(safety__in=("neutral", "no"))):
        channel.shared_with = rng.choice(_SHARED)
        channel.save(update_fields=["shared_with"])
    for held in _latest(TitleHeld.objects.filter(evidence="copy")):
        held.document = "karta pobytu nr w aktach"
        held.save(update_fields=["document"])


def _latest(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.select_related("person").order_by("-id")[:_SEALED]
