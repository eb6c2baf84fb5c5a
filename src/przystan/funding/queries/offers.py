"""The programmes of one day and the people they may pay for: all that decides whether they do, in one statement."""

# ruff: noqa: S608 (put together from constants; every value is a parameter)

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.queries.known import PEOPLE, Known, asked, known_from, reading
from przystan.results.models import ResultKind
from przystan.rules.trees import Rule
from przystan.support.models import Service
from przystan.team.models import Point

from ..enums import OF_RESULTS
from ..models import Programme
from ..vocabulary import PAYERS
from .limits import Ceiling

# Whoever is about to pay waits where there are limits for whoever pays now: of two at once both would see room for one.
# One lock for the centre, so that nobody waits in a circle; the statement after this one sees what the other wrote.
HELD = "pg_advisory_xact_lock(hashtext('funding.limits'), p.organisation_id::int)::text"
# A result is paid for where an indicator counts its kind. Limits are limits of support: none is asked for it.
COUNTS = """EXISTS (
        SELECT 1 FROM funding_indicator i WHERE i.programme_id = p.id AND i.counted = ANY(%(of_results)s) AND (
            EXISTS (SELECT 1 FROM funding_indicator_kinds k WHERE k.indicator_id = i.id AND k.resultkind_id = %(kind)s)
            OR NOT EXISTS (SELECT 1 FROM funding_indicator_kinds k WHERE k.indicator_id = i.id)))"""
# Raw, because a form asks this at every change and building it from querysets takes longer than answering it.
OFFERS = f"""
SELECT p.*, f.names AS funder_names,
    (SELECT r.tree FROM funding_targetrule r WHERE r.programme_id = p.id
     AND (r.valid_from IS NULL OR r.valid_from <= %(day)s) AND (r.valid_to IS NULL OR r.valid_to >= %(day)s)
     ORDER BY r.id LIMIT 1) AS tree,
    CASE WHEN %(kind)s::bigint IS NULL THEN
        EXISTS (SELECT 1 FROM funding_programme_services s WHERE s.programme_id = p.id AND s.service_id = %(service)s)
    ELSE {COUNTS} END AS offered,
    (SELECT CASE WHEN count(*) = 0 THEN 'everywhere' WHEN h.path IS NULL THEN 'unknown'
            WHEN bool_or(jsonb_exists(h.path, w.code)) THEN 'inside' ELSE 'outside' END
     FROM funding_programme_territory t JOIN reference_place w ON w.id = t.place_id WHERE t.programme_id = p.id)
        AS place,
    (SELECT json_agg(json_build_array(l.id, l.kind, l.value, l.service_id) ORDER BY l.id)
     FROM funding_limit l, LATERAL (SELECT CASE WHEN %(hold)s THEN {HELD} END) held
     WHERE %(kind)s::bigint IS NULL AND l.programme_id = p.id AND (l.service_id IS NULL OR l.service_id = %(service)s)
        AND (l.valid_from IS NULL OR l.valid_from <= %(day)s) AND (l.valid_to IS NULL OR l.valid_to >= %(day)s))
        AS ceiling_rows,
    CASE WHEN row_number() OVER (ORDER BY p.rank, p.name, p.id) = 1 THEN {PEOPLE} END AS people_rows
FROM funding_programme p JOIN funding_funder f ON f.id = p.funder_id
LEFT JOIN reference_place h ON h.id = %(town)s
WHERE p.organisation_id = %(organisation)s
    AND (p.starts IS NULL OR p.starts <= %(day)s) AND (p.ends IS NULL OR p.ends >= %(day)s)
ORDER BY p.rank, p.name, p.id
"""


@dataclass(frozen=True)
class Offer:
    """A programme that runs on a day. `place`: everywhere, inside, outside, unknown; `rule` None: none that day."""

    programme: Programme
    funder: dict[str, str]
    offered: bool
    place: str
    rule: Rule | None
    ceilings: tuple[Ceiling, ...]

    @property
    def outside(self) -> bool:
        return self.programme.outside


def offers_to(
    actor: Actor,
    people: Sequence[Person],
    *,
    day: date,
    of: Service | ResultKind,
    point: Point,
    mine: bool = False,
    hold: bool = False,
) -> tuple[list[Offer], list[Known]]:
    """The actor's programmes of a day, by rank, as offers for this service, or kind of result, at this point; and what
    is known of these people (nothing where there is no programme). `mine`: see `people.queries.known.reading`. `hold`:
    limits stay as they are until the end of the transaction. One query; two where some of many people are protected.
    """
    values: dict[str, Any] = {"service": None, "kind": None, "of_results": sorted(OF_RESULTS), "hold": hold}
    values["kind" if isinstance(of, ResultKind) else "service"] = of.pk
    values |= {"town": point.place_id, "organisation": actor.organisation_id}
    rows: list[Any] = []
    known: list[Known] = []
    for part in [people] if mine else _apart(people):
        with reading(part, mine=mine):
            rows = list(Programme.objects.raw(OFFERS, values | asked(part, day)))
        known += known_from(rows[0].people_rows) if rows else []
    return [_offer(row) for row in rows], known


def _apart(people: Sequence[Person]) -> list[Sequence[Person]]:
    """Protected people, whose facts only their team reads, apart from those whose facts are read as for a count."""
    parts = [[one for one in people if one.protected is hidden] for hidden in (False, True)]
    return [part for part in parts if part] or [people]


def _offer(row: Any) -> Offer:
    return Offer(
        programme=row,
        funder=_json(row.funder_names),
        offered=row.offered,
        place=row.place,
        rule=None if row.tree is None else PAYERS.parse(_json(row.tree)),
        ceilings=() if row.outside else tuple(Ceiling(*limit) for limit in _json(row.ceiling_rows) or ()),
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
