"""The programmes of some days and the people they may pay for: all that decides whether they do, in one statement."""

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
            EXISTS (SELECT 1 FROM funding_indicator_kinds k WHERE k.indicator_id = i.id AND k.resultkind_id = asked.id)
            OR NOT EXISTS (SELECT 1 FROM funding_indicator_kinds k WHERE k.indicator_id = i.id)))"""
DATED = "({0}.valid_from IS NULL OR {0}.valid_from <= %(last)s) AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(first)s)"
# Raw, because a form asks this at every change and building it from querysets takes longer than answering it.
OFFERS = f"""
SELECT p.*, f.names AS funder_names,
    (SELECT json_agg(json_build_array(r.valid_from, r.valid_to, r.tree) ORDER BY r.id)
     FROM funding_targetrule r WHERE r.programme_id = p.id AND {DATED.format("r")}) AS rule_rows,
    (SELECT json_agg(s.service_id) FROM funding_programme_services s
     WHERE s.programme_id = p.id AND s.service_id = ANY(%(services)s::bigint[])) AS service_ids,
    EXISTS (SELECT 1 FROM funding_programme_services s WHERE s.programme_id = p.id) AS has_services,
    (SELECT json_agg(asked.id) FROM unnest(%(kinds)s::bigint[]) AS asked(id) WHERE {COUNTS}) AS kind_ids,
    (SELECT json_agg(w.code) FROM funding_programme_territory t JOIN reference_place w ON w.id = t.place_id
     WHERE t.programme_id = p.id) AS territory_codes,
    (SELECT json_agg(json_build_array(l.valid_from, l.valid_to, l.id, l.kind, l.value, l.service_id) ORDER BY l.id)
     FROM funding_limit l, LATERAL (SELECT CASE WHEN %(hold)s THEN {HELD} END) held
     WHERE l.programme_id = p.id AND cardinality(%(services)s::bigint[]) > 0
        AND (l.service_id IS NULL OR l.service_id = ANY(%(services)s::bigint[])) AND {DATED.format("l")})
        AS ceiling_rows,
    CASE WHEN row_number() OVER (ORDER BY p.rank, p.name, p.id) = 1 THEN json_build_array(
        {PEOPLE},
        (SELECT json_agg(json_build_array(h.id, h.path)) FROM reference_place h WHERE h.id = ANY(%(towns)s::bigint[]))
    ) END AS once
FROM funding_programme p JOIN funding_funder f ON f.id = p.funder_id
WHERE p.organisation_id = %(organisation)s
    AND (p.starts IS NULL OR p.starts <= %(last)s) AND (p.ends IS NULL OR p.ends >= %(first)s)
ORDER BY p.rank, p.name, p.id
"""
Dated = tuple[date, date, Any]


@dataclass(frozen=True)
class Occasion:
    """What decides on offers, but for the people."""

    of: Service | ResultKind
    day: date
    point: Point


@dataclass(frozen=True)
class Offer:
    """A programme that runs on a day. `place`: everywhere, inside, outside, unknown; `rule` None: none that day;
    `idle`: nobody has chosen its services yet."""

    programme: Programme
    funder: dict[str, str]
    offered: bool
    idle: bool
    place: str
    rule: Rule | None
    ceilings: tuple[Ceiling, ...]

    @property
    def outside(self) -> bool:
        return self.programme.outside


class Offers:
    """The actor's programmes on the days of some occasions, and what is known of people there (`known`: by person and
    day; nobody where there is no programme).

    `mine`: see `people.queries.known.reading`. `hold`: limits stay as they are until the end of the transaction. One
    query for any number of occasions and people; two where some of many people are protected.
    """

    def __init__(
        self,
        actor: Actor,
        occasions: Sequence[Occasion],
        people: Sequence[tuple[Person, date]],
        *,
        mine: bool = False,
        hold: bool = False,
    ) -> None:
        values = _values(occasions) | {"organisation": actor.organisation_id, "hold": hold}
        rows: list[Any] = []
        self.known: dict[tuple[int, date], Known] = {}
        self._towns: dict[int, list[str]] = {}
        for part in [people] if mine else _apart(people):
            with reading([person for person, _ in part], mine=mine):
                rows = list(Programme.objects.raw(OFFERS, values | asked(part)))
            known, towns = _json(rows[0].once) if rows else ((), ())
            self.known |= {(one.id, one.day): one for one in known_from(known)}
            self._towns = dict(towns or ())
        self._terms = [_terms(row) for row in rows]

    def at(self, occasion: Occasion) -> list[Offer]:
        """The programmes that run on its day, by rank, as offers for its service, or kind of result, at its point."""
        town = self._towns.get(occasion.point.place_id or 0)
        return [one.offer(occasion, town) for one in self._terms if one.runs(occasion.day)]


@dataclass(frozen=True)
class _Terms:
    """All that a programme says of whom it pays for, on all days that are asked for."""

    programme: Programme
    funder: dict[str, str]
    services: frozenset[int]
    has_services: bool
    kinds: frozenset[int]
    territory: frozenset[str]
    rules: Sequence[Dated]
    ceilings: Sequence[Dated]

    def runs(self, day: date) -> bool:
        return (self.programme.starts or date.min) <= day <= (self.programme.ends or date.max)

    def offer(self, occasion: Occasion, town: Sequence[str] | None) -> Offer:
        of, day = occasion.of, occasion.day
        return Offer(
            programme=self.programme,
            funder=self.funder,
            offered=of.pk in (self.kinds if isinstance(of, ResultKind) else self.services),
            idle=not self.has_services,
            place=self._place(town),
            rule=next(iter(_on(self.rules, day)), None),
            ceilings=() if isinstance(of, ResultKind) else tuple(self._ceilings(of, day)),
        )

    def _place(self, town: Sequence[str] | None) -> str:
        if not self.territory:
            return "everywhere"
        if town is None:
            return "unknown"
        return "outside" if self.territory.isdisjoint(town) else "inside"

    def _ceilings(self, of: Service, day: date) -> list[Ceiling]:
        return [one for one in _on(self.ceilings, day) if one.service_id in (None, of.pk)]


def _on(rows: Sequence[Dated], day: date) -> list[Any]:
    return [what for first, last, what in rows if first <= day <= last]


def _values(occasions: Sequence[Occasion]) -> dict[str, Any]:
    days = [one.day for one in occasions] or [date.min]
    kinds = {one.of.pk for one in occasions if isinstance(one.of, ResultKind)}
    return {
        "first": min(days),
        "last": max(days),
        "services": sorted({one.of.pk for one in occasions if isinstance(one.of, Service)}),
        "kinds": sorted(kinds),
        "of_results": sorted(OF_RESULTS),
        "towns": sorted({one.point.place_id for one in occasions if one.point.place_id}),
    }


def _apart(people: Sequence[tuple[Person, date]]) -> list[Sequence[tuple[Person, date]]]:
    """Protected people, whose facts only their team reads, apart from those whose facts are read as for a count."""
    parts = [[pair for pair in people if pair[0].protected is hidden] for hidden in (False, True)]
    return [part for part in parts if part] or [people]


def _terms(row: Any) -> _Terms:
    return _Terms(
        programme=row,
        funder=_json(row.funder_names),
        services=frozenset(_json(row.service_ids) or ()),
        has_services=row.has_services,
        kinds=frozenset(_json(row.kind_ids) or ()),
        territory=frozenset(_json(row.territory_codes) or ()),
        rules=[_dated(first, last, PAYERS.parse(tree)) for first, last, tree in _json(row.rule_rows) or ()],
        ceilings=()
        if row.outside
        else [_dated(first, last, Ceiling(*limit)) for first, last, *limit in _json(row.ceiling_rows) or ()],
    )


def _dated(first: str | None, last: str | None, what: Any) -> Dated:
    return (
        date.fromisoformat(first) if first else date.min,
        date.fromisoformat(last) if last else date.max,
        what,
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
