"""The statement that writes entries with their parts: one round trip for a support, one for ten thousand."""

# ruff: noqa: S608 (the text is put together from names of columns; every value is a parameter)

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from przystan.access.fields import SealedTextField
from przystan.ledger.actions import in_words
from przystan.people.models import Person

from ..models import Support
from ..queries.checks import Known
from ..rules import Entry

COLUMNS = ", ".join(field.column or "" for field in Support._meta.concrete_fields if field.column != "id")
# `entry` is where the parts belong: entries written just now, or one that was there and is being amended.
INSERT = f"""
WITH written AS (
    INSERT INTO support_support ({COLUMNS})
    SELECT {COLUMNS} FROM json_populate_recordset(NULL::support_support, %(rows)s::json)
    RETURNING id, ref
), entry AS (
    SELECT id, ref FROM written UNION ALL SELECT * FROM unnest(%(ids)s::bigint[], %(refs)s::text[])
), recipients AS (
    INSERT INTO support_supportperson (support_id, person_id, household_id, protected)
    SELECT entry.id, part.person, part.household, false -- a trigger marks protected people
    FROM unnest(%(to)s::text[], %(people)s::bigint[], %(households)s::bigint[]) AS part(ref, person, household)
    JOIN entry USING (ref)
), efforts AS (
    INSERT INTO support_supporttopic (support_id, topic_id, minutes)
    SELECT entry.id, part.topic, part.minutes
    FROM unnest(%(about)s::text[], %(topics)s::bigint[], %(minutes)s::int[]) AS part(ref, topic, minutes)
    JOIN entry USING (ref)
)
SELECT ref, id FROM written
"""


@dataclass(frozen=True)
class Recorded:
    """An entry that was written, and who received it, each once, without reading either again.

    The support knows of its service and point, and each person of themselves, only what ranking payers needs.
    """

    support: Support
    people: tuple[Person, ...]


def write(supports: Sequence[Support], entries: Sequence[Entry], known: Known) -> list[Recorded]:
    """Insert new supports with their people and efforts; gives them their ids."""
    token = next((entry.form_token for entry in entries if entry.form_token), None)
    moment = timezone.now()
    for support in supports:
        support.created_at = moment
    with in_words(token):
        ids = _run(supports, entries, known, rows=[_row(support) for support in supports])
    for support in supports:
        support.pk, support._state.adding, support._state.db = ids[support.ref], False, "default"
    return [Recorded(support, _people(entry, known)) for support, entry in zip(supports, entries, strict=True)]


def write_parts(support: Support, entry: Entry, known: Known) -> None:
    """Insert people and efforts of an entry that is there, and has none."""
    _run([support], [entry], known, ids=[support.pk], refs=[support.ref])


def _people(entry: Entry, known: Known) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(known.people[ref, entry.day].person for ref in entry.people))


def _run(supports: Sequence[Support], entries: Sequence[Entry], known: Known, **extra: list[Any]) -> dict[str, int]:
    pairs = list(zip(supports, entries, strict=True))
    recipients = {
        (support.ref, one.person.pk): one.household_id
        for support, entry in pairs
        for one in (known.people[ref, entry.day] for ref in entry.people)
    }
    efforts = [(support.ref, effort) for support, entry in pairs for effort in entry.efforts]
    parameters: dict[str, Any] = {
        "rows": json.dumps(extra.get("rows", []), default=str),
        "ids": extra.get("ids", []),
        "refs": extra.get("refs", []),
        "to": [ref for ref, _ in recipients],
        "people": [person for _, person in recipients],
        "households": list(recipients.values()),
        "about": [ref for ref, _ in efforts],
        "topics": [effort.topic_id for _, effort in efforts],
        "minutes": [effort.minutes for _, effort in efforts],
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT, parameters)
        return dict(cursor.fetchall())


def _row(support: Support) -> dict[str, Any]:
    return {str(field.column): _value(field, support) for field in Support._meta.concrete_fields}


def _value(field: Any, support: Support) -> Any:
    """As JSON for PostgreSQL holds it; sealed bytes as its bytea reads them."""
    if isinstance(field, SealedTextField):
        return "\\x" + field.pre_save(support, add=True).hex()
    return getattr(support, field.attname)
