"""What is known of people on a day, or on many days, in one query."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

from przystan.access.scope import counting
from przystan.rules.sql import on_day

from ..facts.home import has_minor, household_size
from ..facts.titles import UNKNOWN_TITLE
from ..models import Person
from ..rules.citizenship import FREE_MOVEMENT, class_of
from ..rules.known import Facts, Held, Household, Span, Title

# The same pieces of SQL as the facts of sets (`people.facts`), so that one case and sets read the same rows.
# JSON, so that it can be one column of a query that asks for more.
PEOPLE = f"""(
SELECT json_agg(json_build_array(
    p.id, s.day, p.ref, NULLIF(p.sex, 'unknown'), p.birth_from, p.birth_to, p.arrived_from, p.arrived_to,
    (SELECT n.text FROM people_personname n WHERE n.person_id = p.id
     ORDER BY n.kind = 'known_as' DESC, n.position, n.id LIMIT 1),
    (SELECT json_agg(json_build_array(c.country, c.valid_from) ORDER BY c.valid_from, c.id)
     FROM people_citizenship c WHERE c.person_id = p.id AND {on_day("c", "s.day")}),
    (SELECT json_agg(json_build_array(t.code, h.valid_from, t.title_class, t.legal_stay) ORDER BY h.valid_from, h.id)
     FROM people_titleheld h JOIN reference_residencetitle t ON t.id = h.title_id
     WHERE h.person_id = p.id AND {on_day("h", "s.day")} AND NOT t.{UNKNOWN_TITLE}),
    (SELECT json_agg(json_build_array(w.path, d.valid_from) ORDER BY d.valid_from, d.id)
     FROM people_dwelling d JOIN reference_place w ON w.id = d.place_id
     WHERE d.person_id = p.id AND {on_day("d", "s.day")}),
    {household_size("p", "s.day")}, {has_minor("p", "s.day")},
    (SELECT json_agg(g.country) FROM reference_countrygroup g
     WHERE g."group" = ANY(%(free)s) AND {on_day("g", "s.day")})
) ORDER BY p.id, s.day)
FROM unnest(%(people)s::bigint[], %(on_days)s::date[]) AS s(person, day) JOIN people_person p ON p.id = s.person
)"""


@dataclass(frozen=True)
class Known:
    """A person and their facts on a day; `name` is for initials on a chip, never for a log."""

    id: int
    day: date
    ref: str
    name: str
    facts: Facts


def reading(people: Sequence[Person], *, mine: bool) -> AbstractContextManager[None]:
    """Where `PEOPLE` may be asked also of people whose facts the actor may not see, because somebody has to pay.

    Tell no reasons then. `mine`: the actor may see the facts of all of them, which saves two statements.
    """
    # Facts of a protected person are there for their team alone.
    return nullcontext() if mine or any(person.protected for person in people) else counting()


def asked(wanted: Iterable[tuple[Person, date]]) -> dict[str, Any]:
    """Parameters of `PEOPLE`: whom, and on which day; a pair that comes twice is asked once."""
    pairs = dict.fromkeys((person.pk, day) for person, day in wanted)
    return {"people": [pk for pk, _ in pairs], "on_days": [day for _, day in pairs], "free": list(FREE_MOVEMENT)}


def known_from(rows: Any) -> list[Known]:
    """What `PEOPLE` answered."""
    return [_known(row) for row in _list(rows)]


def _known(row: list[Any]) -> Known:
    pk, day, ref, sex, born, born_to, arrived, arrived_to, name, countries, titles, places, size, minor, free = row
    citizenships = tuple(Held(code, _day(since)) for code, since in _list(countries))
    facts = Facts(
        sex=sex,
        born=_span(born, born_to),
        arrived=_span(arrived, arrived_to),
        citizenships=citizenships,
        citizenship_class=class_of(citizenships, free or ()),
        titles=tuple(Title(code, _day(since), kind, legal) for code, since, kind, legal in _list(titles)),
        places=tuple(Held(code, _day(since)) for path, since in _list(places) for code in path),
        household=Household(size, minor) if size else None,
    )
    return Known(pk, date.fromisoformat(day), ref, name or "", facts)


def _span(first: str | None, last: str | None) -> Span | None:
    return Span(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _list(value: Any) -> list[Any]:
    return json.loads(value) if isinstance(value, str) else value or []


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
