"""What the ledger must know before it writes, for one entry or ten thousand, in one query."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from przystan.access.actors import Actor
from przystan.access.scope import counted, current
from przystan.access.statements import Statement, answers_of
from przystan.people.models import Person
from przystan.people.queries.visible import IN_TEAM, LASTING, OPEN, SEEN, about
from przystan.people.rights import PEOPLE_ANSWER, PEOPLE_ANSWER_ANYBODY
from przystan.team.models import Point

from ..models import Service
from ..rules import Entry

KNOWN = f"""
SELECT
    ARRAY(SELECT DISTINCT day FROM unnest(%(days)s::date[]) day WHERE ledger_is_closed(%(organisation)s, day)),
    (SELECT json_agg(json_build_array(wanted.ref, wanted.day, home.household_id, json_build_object(
        'id', p.id, 'ref', p.ref, 'organisation_id', p.organisation_id, 'point_id', p.point_id,
        'protected', p.protected), {IN_TEAM}))
     FROM unnest(%(refs)s::text[], %(ref_days)s::date[]) AS wanted(ref, day)
     JOIN people_person found ON found.ref = wanted.ref AND found.organisation_id = %(organisation)s
     JOIN people_person p ON p.id = {LASTING}
        AND (p.restricted_on IS NULL OR CASE WHEN p.protected THEN %(answers)s ELSE %(answers_anybody)s END)
        AND {SEEN} AND ({OPEN} OR EXISTS (
            SELECT 1 FROM support_supportperson r WHERE r.person_id = p.id AND r.support_id = %(amended)s))
     LEFT JOIN LATERAL (
        SELECT m.household_id FROM people_householdmember m
        WHERE m.person_id = p.id AND (m.valid_from IS NULL OR m.valid_from <= wanted.day)
          AND (m.valid_to IS NULL OR m.valid_to >= wanted.day)
        ORDER BY m.valid_from DESC NULLS LAST, m.id DESC LIMIT 1) home ON true),
    (SELECT json_agg(json_build_object('id', id, 'code', code, 'names', names,
                                              'default_minutes', default_minutes))
     FROM support_service WHERE id = ANY(%(services)s)),
    ARRAY(SELECT id FROM support_topic WHERE id = ANY(%(topics)s)),
    (SELECT json_agg(json_build_object('id', id, 'code', code, 'place_id', place_id))
     FROM team_point WHERE id = ANY(%(at)s) AND organisation_id = %(organisation)s),
    ARRAY(SELECT DISTINCT user_id FROM team_membership
          WHERE user_id = ANY(%(staff)s) AND organisation_id = %(organisation)s),
    ARRAY(SELECT form_token FROM support_support
          WHERE form_token = ANY(%(tokens)s::uuid[]) AND organisation_id = %(organisation)s)
"""  # noqa: S608 - made of constants; every value is a parameter


class Receiving(NamedTuple):
    """A person, as kept after merges, and the id of their household on the day of the entry."""

    person: Person
    household_id: int | None


@dataclass(frozen=True)
class Known:
    """Answers about a batch of entries.

    `people`: by (ref, day). People, services and points carry only what ranking payers needs: what the actor is to
    them; code, names, usual minutes; place.
    """

    closed: frozenset[date]
    people: dict[tuple[str, date], Receiving]
    services: dict[int, Service]
    topics: frozenset[int]
    points: dict[int, Point]
    staff: frozenset[int]
    tokens: frozenset[UUID]


def known_about(
    actor: Actor,
    entries: Sequence[Entry],
    amended: int | None = None,
    *,
    mine: bool = False,
    after: Statement | None = None,
) -> Known:
    """What the actor may use in entries, of all that these name.

    People: those whose page is open to the actor, and those who received the entry that is `amended` (its id).
    `mine`: the actor works with all of them. Else their households are read as for a count, whoever they are.
    `after`: what is to be done before, on the same way.
    """
    named = [(ref, entry.day) for entry in entries for ref in entry.people]
    parameters: dict[str, Any] = {
        "organisation": actor.organisation_id,
        # GDPR Art. 18: who does not answer the person uses nothing that is restricted (people.policies.answers).
        "answers": actor.can(PEOPLE_ANSWER),
        "answers_anybody": actor.can(PEOPLE_ANSWER_ANYBODY),
        **about(actor),
        "amended": amended,
        "days": list({entry.day for entry in entries}),
        "refs": [ref for ref, _ in named],
        "ref_days": [day for _, day in named],
        "services": list({entry.service_id for entry in entries}),
        "topics": list({effort.topic_id for entry in entries for effort in entry.efforts}),
        "at": list({entry.point_id for entry in entries}),
        "staff": list({entry.staff_id for entry in entries if entry.staff_id}),
        "tokens": [entry.form_token for entry in entries if entry.form_token],
    }
    wide = named and not mine and not (current() or actor).is_system
    (row,) = (counted if wide else answers_of)(Statement(KNOWN, parameters), after)
    closed, people, services, topics, points, staff, tokens = row
    return Known(
        closed=frozenset(closed),
        people={
            (ref, date.fromisoformat(day)): Receiving(_person(actor, row, in_team), home)
            for ref, day, home, row, in_team in _list(people)
        },
        services={row["id"]: Service(**row) for row in _list(services)},
        topics=frozenset(topics),
        points={row["id"]: Point(**row) for row in _list(points)},
        staff=frozenset(staff),
        tokens=frozenset(tokens),
    )


def _person(actor: Actor, row: dict[str, Any], in_team: bool) -> Person:
    """As `Person.objects.seen_by(actor)` would bring it, for `standing_of`."""
    person = Person(**row)
    person.in_team, person.seen_for = in_team, actor.user_id
    return person


def _list(value: Any) -> list[Any]:
    return json.loads(value) if isinstance(value, str) else value or []
