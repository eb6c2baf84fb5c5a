"""Who works with those whom they registered in the last year of the demo; and a few sealed words."""

from datetime import date, timedelta
from random import Random
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from przystan.people.models import Channel, TitleHeld

Row = TypeVar("Row", bound=Model)
_YEAR = timedelta(days=365)
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
        cursor.execute(_REGISTERED, {"since": today - _YEAR})
        cursor.execute("ANALYZE people_teammember")
    for channel in _latest(Channel.objects.filter(safety__in=("neutral", "no"))):
        channel.shared_with = rng.choice(_SHARED)
        channel.save(update_fields=["shared_with"])
    for held in _latest(TitleHeld.objects.filter(evidence="copy")):
        held.document = "karta pobytu nr w aktach"
        held.save(update_fields=["document"])


def _latest(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.select_related("person").order_by("-id")[:_SEALED]
