"""The records behind a number: the same query as the number, opened."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, overload

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.institutions.models import Institution
from przystan.people.models import Person
from przystan.results.models import Result
from przystan.results.queries.ledger import with_person
from przystan.rules.telling import may_ask, sensitive
from przystan.support.models import Support
from przystan.support.queries.ledger import with_people

from ..enums import Breakdown, Counted
from ..models import Indicator
from ..rights import EVIDENCE_READ
from .counting import UNIT, Span, entries, units
from .grown import figures_of
from .kept import Asked
from .ledger import counted, on_ledger
from .telling import Asking, Scope, told_by

CHUNK = 2000


@dataclass(frozen=True)
class Evidence:
    """One thing that was counted.

    supports, hours: `support`, and `weight` is 1, -1, or minutes; results likewise: `result`. people, households:
    `people`, in how many `entries` of the span they are, from `first` to `last`; institutions likewise: `institution`.
    Whom the actor must not know of is counted, and left out of `people`.
    """

    unit: int
    weight: int
    support: Support | None = None
    people: Sequence[Person] = field(default_factory=list)
    entries: int = 0
    first: date | None = None
    last: date | None = None
    result: Result | None = None
    institution: Institution | None = None

    @property
    def entry(self) -> Support | Result | None:
        """The entry that was counted, of either ledger."""
        return self.support or self.result

    @property
    def named(self) -> list[Person]:
        """Everybody whom it names."""
        if self.result:
            return [self.result.person] if self.result.person else []
        return [one.person for one in self.support.recipients.all()] if self.support else list(self.people)


class Evidences(Sequence[Evidence]):
    """The list behind a number, read in slices, newest records first.

    It is made of the people of whom the number is. Where being on it tells sensitive data, each look is noted for
    everybody named.
    """

    def __init__(
        self,
        actor: Actor,
        indicator: Indicator,
        span: Span,
        by: Breakdown | None = None,
        value: str = "",
        who: Person | Institution | None = None,
    ) -> None:
        self.actor, self.indicator, self.span = actor, indicator, span
        self.of_entries = who is not None or Counted(indicator.counted).of_entries
        asking = Asking(actor)
        scope = asking.scope(told_by(indicator, by))
        self.told, self.people = sensitive(scope.told), scope.people
        self.compiler = on_ledger()
        self.sql, self.params = self._entries_of(who) if who else self._units(by, value)

    def _units(self, by: Breakdown | None, value: str) -> tuple[str, dict[str, Any]]:
        found = units(self.indicator, self.span, self.compiler, by, people=self.people)
        where = " WHERE value = %(value)s" if by else ""
        return f"SELECT unit, weight FROM ({found.sql}) AS u{where}", {**found.params, "value": value}

    def _entries_of(self, who: Person | Institution) -> tuple[str, dict[str, Any]]:
        """The entries that make this person, or institution, count."""
        sql, params = entries(self.indicator, self.span, self.compiler, people=self.people)
        theirs = "institution_id" if isinstance(who, Institution) else "person_id"
        mine = f"SELECT c.id AS unit, max(c.sign) AS weight FROM c WHERE c.{theirs} = %(who)s GROUP BY c.id"
        return f"{sql} {mine}", {**params, "who": who.pk}

    def __len__(self) -> int:
        return int(counted(f"SELECT count(*) FROM ({self.sql}) AS n", self.params)[0][0])

    @overload
    def __getitem__(self, at: int) -> Evidence: ...
    @overload
    def __getitem__(self, at: slice) -> list[Evidence]: ...
    def __getitem__(self, at: int | slice) -> Evidence | list[Evidence]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        first = at.start or 0
        cut = {"skip": first, "most": None if at.stop is None else at.stop - first}  # LIMIT NULL is no limit
        sql = f"SELECT unit, weight FROM ({self.sql}) AS n ORDER BY abs(unit) DESC, unit LIMIT %(most)s OFFSET %(skip)s"
        return self.open([(int(unit), int(weight)) for unit, weight in counted(sql, {**self.params, **cut})])

    def __iter__(self) -> Iterator[Evidence]:
        """Every record, opened in handfuls; all of one moment."""
        found = [(int(unit), int(weight)) for unit, weight in counted(f"{self.sql} ORDER BY 1 DESC", self.params)]
        for start in range(0, len(found), CHUNK):
            yield from self.open(found[start : start + CHUNK])

    def open(self, found: list[tuple[int, int]]) -> list[Evidence]:
        """Units with their records, in the same order. Four queries at most."""
        if not found:
            return []
        opened = self._opened(found)
        for person in {person for one in opened for person in one.named} if self.told else ():
            audit.read(self.actor, person, self.told)
        return opened

    def _opened(self, found: list[tuple[int, int]]) -> list[Evidence]:
        if self.of_entries:
            return self._entries(found)
        return self._institutions(found) if self.indicator.counted == Counted.INSTITUTIONS else self._people(found)

    def _entries(self, found: list[tuple[int, int]]) -> list[Evidence]:
        ids = [unit for unit, _ in found]
        if Counted(self.indicator.counted).of_results:
            results = with_person(self.actor, Result.objects.filter(pk__in=ids)).in_bulk()
            return [Evidence(unit, weight, result=results[unit]) for unit, weight in found if unit in results]
        supports = with_people(self.actor, Support.objects.filter(pk__in=ids)).in_bulk()
        return [Evidence(unit, weight, supports[unit]) for unit, weight in found if unit in supports]

    def _people(self, found: list[tuple[int, int]]) -> list[Evidence]:
        """People, or households with those of their members who received something."""
        told = self._told(found, "array_agg(DISTINCT person_id)")
        wanted = {person for row in told.values() for person in row[1]}
        people = Person.objects.named_for(self.actor).prefetch_related("names").in_bulk(wanted)
        return [
            Evidence(unit, weight, None, [people[one] for one in ids if one in people], count, first, last)
            for unit, weight in found
            if unit in told
            for _, ids, count, first, last in [told[unit]]
        ]

    def _institutions(self, found: list[tuple[int, int]]) -> list[Evidence]:
        told = self._told(found, "unit")
        rows = Institution.objects.seen_by(self.actor).in_bulk(list(told))
        return [
            Evidence(unit, weight, None, [], count, first, last, institution=rows[unit])
            for unit, weight in found
            if unit in rows
            for *_, count, first, last in [told[unit]]
        ]

    def _told(self, found: list[tuple[int, int]], who: str) -> dict[int, tuple[Any, ...]]:
        """Of units, by unit: who (SQL), in how many entries of the span, its first and last day."""
        sql, params = entries(self.indicator, self.span, self.compiler, people=self.people)
        unit = UNIT[Counted(self.indicator.counted)]
        sql += (
            f" SELECT unit, {who}, count(DISTINCT id) FILTER (WHERE sign = 1)"
            " - count(DISTINCT id) FILTER (WHERE sign = -1), min(day), max(day)"
            f" FROM (SELECT {unit} AS unit, c.* FROM c) u WHERE unit = ANY(%(units)s) GROUP BY unit"
        )
        return {row[0]: row for row in counted(sql, {**params, "units": [unit for unit, _ in found]})}


@dataclass(frozen=True)
class Rows:
    """A breakdown. `totals`: by value, the greatest first; "" is "not known", `MIXED` several people who differ; none
    where the scope is hidden."""

    totals: dict[str, int]
    scope: Scope


def breakdown(actor: Actor, indicator: Indicator, span: Span, by: Breakdown) -> Rows:
    """The rows of a breakdown, as the actor may have them; what tells something sensitive is noted."""
    asking = Asking(actor)
    scope = asking.scope(told_by(indicator, by))
    asking.note(indicator, scope)
    if scope.hidden:
        return Rows({}, scope)
    if scope.people is None and span == Span() and (kept := figures_of([one := Asked(indicator, by)])):
        return Rows(kept[one.key].rows, scope)
    found = units(indicator, span, on_ledger(), by, people=scope.people)
    sql = f"SELECT value, sum(weight) FROM ({found.sql}) AS u GROUP BY value HAVING sum(weight) <> 0 ORDER BY 2 DESC, 1"
    return Rows({value: int(total) for value, total in counted(sql, found.params)}, scope)


def may_open(actor: Actor, indicator: Indicator, by: Breakdown | None = None) -> bool:
    """Whether the actor may open the list behind the number, or behind a row of this breakdown.

    A list of names under a citizenship or a title to stay tells a sensitive fact of each: it is for whoever may know
    it of everybody. That somebody is in a programme at all tells no more than a list of attendance, which funders ask
    for.
    """
    return actor.can(EVIDENCE_READ) and may_ask(actor, told_by(indicator, by))


def evidence_of(
    actor: Actor,
    indicator: Indicator,
    span: Span,
    by: Breakdown | None = None,
    value: str = "",
    who: Person | Institution | None = None,
) -> Evidences:
    """The list behind a number: of an indicator, of one row of a breakdown (`by`, `value`), or what makes one person,
    or institution, count.

    Forbidden unless `may_open`; names are for the caller to hide from whoever may not see people.
    """
    if indicator.programme.organisation_id != actor.organisation_id or not may_open(actor, indicator, by):
        raise Forbidden("evidence.read")
    return Evidences(actor, indicator, span, by, value, who)
