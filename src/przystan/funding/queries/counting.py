"""What one indicator counts, as SQL. The number, its breakdowns and the list behind it are all made of `units`.

How things are counted (decision 12):

- Entries are those that the programme pays for, of the indicator's services, booked in the span. A counter-entry takes
  away what it reverses, in the span in which it is booked itself.
- supports: entries, less counter-entries. A support of several people is one; `where` must hold for one of them.
- hours: minutes x everybody who received them. A lesson of 2 hours for 10 people is 20 hours.
- people: each named person once whose entries in the span outweigh the counter-entries. Merged people are the kept one.
- households: likewise, by the household of the day of the support; somebody who had none in all of the span is a
  household of one.
- results, people, households and institutions with a result (achievers, achiever_households, institutions), hours
  given: the same over the ledger of results. A result has one person, one institution or neither; hours given are its
  minutes, whoever received them. A merged institution is the kept one.
- Anonymous people are in supports and hours, never in people or households.
- Facts that may change (age, citizenship) are read on the day of the support; for people and households on the day of
  each person's first support in the span, so that nobody is in two rows. By point, language and service people may
  stand in several rows: they went to several points.
"""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from przystan.rules.sql import Compiler, Condition, on_day
from przystan.rules.trees import EVERYONE, Rule, facts_of

from ..enums import OF_HOUSEHOLDS, OF_PEOPLE, Breakdown, Counted
from ..models import Indicator
from ..rules.bands import AMIF, Band, bands
from ..vocabulary import PAYERS
from .sources import chosen, source_of

MIXED = "mixed"  # several people of one support or household, of whom not all are the same
UNKNOWN = ""
OF_ENTRIES = {
    Breakdown.POINT: "c.point_id",
    Breakdown.LANGUAGE: "c.language",
    Breakdown.SERVICE: "c.service_id",
    Breakdown.RESULT: "c.kind_id",
    Breakdown.LEVEL: "c.level",
}


@dataclass(frozen=True)
class Span:
    """Days under which entries are booked, both included; None is open."""

    first: date | None = None
    last: date | None = None


def booked(span: Span, prefix: str, params: dict[str, Any]) -> str:
    """The entries `s` of a span; adds its days to the parameters."""
    ends = [("first", ">=", span.first), ("last", "<=", span.last)]
    params.update({f"{prefix}_{name}": day for name, _, day in ends if day})
    return "".join(f" AND s.booked_on {sign} %({prefix}_{name})s::date" for name, sign, day in ends if day)


@dataclass(frozen=True)
class New:
    """Supports (ids) that are new since something was counted, and what is counted because of them: `ONLY` these, or
    all entries of everybody whose part in a number they may change, `WITH` these or `WITHOUT`."""

    supports: Sequence[int]
    which: str

    ONLY, WITH, WITHOUT = "only", "with", "without"


def bands_of(indicator: Indicator) -> list[Band]:
    """The programme's own age bands (`age_bands` of its target group: first years), else those of the AMIF."""
    return bands(indicator.programme.target.get("age_bands") or AMIF)


def units(
    indicator: Indicator,
    span: Span,
    sql: Compiler,
    by: Breakdown | None = None,
    prefix: str = "n",
    people: Sequence[int] | None = None,
    new: New | None = None,
) -> Condition:
    """SQL of what is counted: rows (unit, value, weight), one for each unit and value. `sql`: `ledger.on_ledger()`.

    `people`: of these alone (ids), as if nobody else had received anything; None for everybody. `new`: of supports,
    what has to do with these.

    unit: id of an entry (supports, results, hours), of a person, of an institution, of a household (negative: of a
    person without one).
    weight: 1 or -1; minutes for hours; the number is the sum. value: of the breakdown, as text; "" where not known.
    """
    counted = Counted(indicator.counted)
    found, params = entries(indicator, span, sql, prefix, people, new)
    if by in OF_PEOPLE:
        return Condition(found + _by_person(counted, _fact(indicator, by, prefix, params)), params)
    return Condition(found + _by_entry(counted, f"coalesce({OF_ENTRIES[by]}::text, '')" if by else "''"), params)


def entries(
    indicator: Indicator,
    span: Span,
    sql: Compiler,
    prefix: str = "n",
    people: Sequence[int] | None = None,
    new: New | None = None,
) -> tuple[str, dict[str, Any]]:
    """SQL "WITH ... c AS (...)" and its parameters.

    `c` has a row for each recipient of each entry that the indicator counts; those without a name are one row.
    """
    params: dict[str, Any] = {}
    rule = PAYERS.parse(indicator.where) if indicator.where else EVERYONE
    condition = sql.compile(rule, f"{prefix}_w")
    source, wanted = source_of(indicator), chosen(indicator)
    params.update(condition.params, **{f"{prefix}_programme": indicator.programme_id})
    scope = booked(span, prefix, params)
    # What is a fact of the entry is asked before its people are looked up.
    without_people = of_entry(rule)
    if wanted:
        params[f"{prefix}_wanted"] = wanted
        scope += f" AND s.{source.of} = ANY(%({prefix}_wanted)s::bigint[])"
    if without_people:
        scope += f" AND {condition.sql}"
    # Who is not named counts in supports and hours only, and is none of these people.
    unnamed = "" if Counted(indicator.counted).each_once or people is not None else source.unnamed
    these = ""
    if people is not None:
        params[f"{prefix}_people"], these = list(people), f" AND {source.person} = ANY(%({prefix}_people)s::bigint[])"
    if new:
        params[f"{prefix}_new"] = list(new.supports)
        near = AT_HOME if indicator.counted in OF_HOUSEHOLDS else NEAR
        scope += lately(f"%({prefix}_new)s::bigint[]", new.which, near)
    text = f"""
WITH entry AS (
    SELECT {source.selected()}
    FROM {source.entries}
    WHERE a.programme_id = %({prefix}_programme)s{scope}
), share AS (
    {source.share.format(these=these)}{unnamed}
), c AS (
    {"SELECT * FROM share" if without_people else PASSING.format(condition=condition.sql)}
)"""
    return text, params


def of_entry(rule: Rule) -> bool:
    """Whether a rule asks facts of the entry alone, and needs no person."""
    return all(fact.of == "support" for fact in facts_of(rule))


# Whoever is in new entries; for households, whoever ever was in one of theirs, too. Units of nobody else can be others.
NEAR = "SELECT r.person_id FROM support_supportperson r WHERE r.support_id = ANY({new})"
AT_HOME = f"""{NEAR} UNION SELECT o.person_id FROM support_supportperson o WHERE o.household_id IN (
        SELECT h.household_id FROM support_supportperson h WHERE h.person_id IN ({NEAR}))"""
THEIRS = " AND s.id = ANY(ARRAY(SELECT x.support_id FROM support_supportperson x WHERE x.person_id IN ({near})))"


def lately(new: str, which: str, near: str = NEAR) -> str:
    """The entries `s` that `New` speaks of; `new`: SQL of its supports."""
    theirs, without = THEIRS.format(near=near.format(new=new)), f" AND s.id <> ALL({new})"
    return {New.ONLY: f" AND s.id = ANY({new})", New.WITH: theirs, New.WITHOUT: theirs + without}[which]


PASSING = "SELECT s.* FROM share s LEFT JOIN people_person p ON p.id = s.person_id WHERE {condition}"
OUTWEIGH = " GROUP BY unit HAVING sum(sign) > 0"
# A household; or, of people who had none in all of the span, the person.
HOME = (
    "coalesce(c.household_id,"
    " CASE WHEN bool_and(c.household_id IS NULL) OVER (PARTITION BY c.person_id) THEN -c.person_id END)"
)
UNIT = {
    Counted.PEOPLE: "c.person_id",
    Counted.SUPPORTS: "c.id",
    Counted.HOURS: "c.id",
    Counted.HOUSEHOLDS: HOME,
    Counted.RESULTS: "c.id",
    Counted.ACHIEVERS: "c.person_id",
    Counted.ACHIEVER_HOUSEHOLDS: HOME,
    Counted.INSTITUTIONS: "c.institution_id",
    Counted.HOURS_GIVEN: "c.id",
}


def _by_entry(counted: Counted, value: str) -> str:
    """Units by a fact of the entry."""
    rows = f"SELECT {UNIT[counted]} AS unit, {value} AS value, c.sign, c.sign * c.minutes * c.heads AS minutes FROM c"
    match counted:
        case Counted.SUPPORTS | Counted.RESULTS:
            return f" SELECT unit, value, max(sign) AS weight FROM ({rows}) u GROUP BY unit, value"
        case Counted.HOURS | Counted.HOURS_GIVEN:
            return f" SELECT unit, value, sum(minutes) AS weight FROM ({rows}) u GROUP BY unit, value"
        case _ if value == "''":
            return f" SELECT unit, '' AS value, 1 AS weight FROM ({rows}) u WHERE unit IS NOT NULL{OUTWEIGH}"
        case _:
            return (
                f", rows AS MATERIALIZED (SELECT * FROM ({rows}) u WHERE unit IS NOT NULL),"
                f" kept AS (SELECT unit FROM rows{OUTWEIGH})"
                " SELECT unit, value, 1 AS weight FROM rows JOIN kept USING (unit)"
                " GROUP BY unit, value HAVING sum(sign) > 0"
            )


def _by_person(counted: Counted, fact: str) -> str:
    """Units by a fact of the people."""
    facts = (
        f"SELECT {UNIT[counted]} AS unit, c.id, c.person_id, c.sign, c.minutes, c.heads, c.day, c.reverses_id FROM c"
    )
    told = f"SELECT f.*, {fact} AS value FROM ({{rows}}) f LEFT JOIN people_person p ON p.id = f.person_id"
    together = f"CASE WHEN min(value) = max(value) THEN min(value) ELSE '{MIXED}' END AS value"
    match counted:
        case Counted.SUPPORTS | Counted.RESULTS:
            return f" SELECT unit, {together}, max(sign) AS weight FROM ({told.format(rows=facts)}) v GROUP BY unit"
        case Counted.HOURS | Counted.HOURS_GIVEN:
            return (
                " SELECT unit, value, sum(sign * minutes * heads) AS weight"
                f" FROM ({told.format(rows=facts)}) v GROUP BY unit, value"
            )
        case _:
            first = (
                "SELECT DISTINCT ON (rows.unit, rows.person_id) rows.* FROM rows JOIN kept USING (unit)"
                " WHERE rows.sign = 1 AND NOT EXISTS ("
                "SELECT 1 FROM rows x WHERE x.reverses_id = rows.id AND x.unit = rows.unit)"
                " ORDER BY rows.unit, rows.person_id, rows.day, rows.id"
            )
            return (
                f", rows AS MATERIALIZED (SELECT * FROM ({facts}) u WHERE unit IS NOT NULL),"
                f" kept AS (SELECT unit FROM rows{OUTWEIGH})"
                f" SELECT unit, {together}, 1 AS weight FROM ({told.format(rows=first)}) v GROUP BY unit"
            )


def _fact(indicator: Indicator, by: Breakdown | None, prefix: str, params: dict[str, Any]) -> str:
    """SQL of a person's sex, age band or citizenships on the day of the row `f`, as text."""
    if by == Breakdown.SEX:
        return "coalesce(nullif(p.sex, 'unknown'), '')"
    if by == Breakdown.CITIZENSHIP:
        held = on_day("h", "f.day")
        return (
            "coalesce((SELECT string_agg(DISTINCT h.country, '+' ORDER BY h.country)"
            f" FROM people_citizenship h WHERE h.person_id = p.id AND {held}), '')"
        )
    return _band(bands_of(indicator), prefix, params)


def _band(found: list[Band], prefix: str, params: dict[str, Any]) -> str:
    """The band in which all days lie on which the person may be born."""
    cases = []
    for at, band in enumerate(found):
        names = f"{prefix}_band{at}", f"{prefix}_first{at}", f"{prefix}_last{at}"
        params.update({names[0]: band.code, names[1]: band.first})
        tests = [f"p.birth_to <= f.day - make_interval(years => %({names[1]})s)"]
        if band.last is not None:
            params[names[2]] = band.last + 1
            tests.append(f"p.birth_from > f.day - make_interval(years => %({names[2]})s)")
        cases.append(f"WHEN {' AND '.join(tests)} THEN %({names[0]})s")
    return f"CASE {' '.join(cases)} ELSE '' END"
