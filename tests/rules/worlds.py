"""Random small worlds for the property tests: histories of a few people, days, rule trees over what payers ask."""

from calendar import monthrange
from datetime import date
from typing import Any

from hypothesis import strategies as st

from przystan.funding.vocabulary import PAYERS
from przystan.rules.facts import ValueKind

FACTS = sorted(fact.code for fact in PAYERS.facts.values())

COUNTRIES = ["PL", "XX", "UA", "GE", "HR", "GB", "NO", "CH", "RO"]
TITLES = ["t-visa", "t-illegal", "t-unknown", "t-permanent"]
TITLE_CLASSES = ["visa", "irregular", "unknown", "permanent"]
PLACES = ["west", "west-town", "east"]
# Days that meet: a title ends, or an age is reached, on the day of a support. Leap days are where dates go wrong.
MEETING = [
    date(2004, 2, 29), date(2008, 2, 29), date(2013, 7, 1), date(2020, 1, 31), date(2020, 2, 1),
    date(2022, 2, 28), date(2022, 3, 1), date(2026, 2, 28), date(2026, 3, 1),
]  # fmt: skip
DAYS = st.sampled_from(MEETING) | st.dates(date(2003, 1, 1), date(2026, 12, 31))
BORN = st.sampled_from(MEETING) | st.dates(date(1950, 1, 1), date(2026, 1, 1))
BIRTHS = st.just("") | BORN.map(str) | BORN.map(lambda day: str(day)[:7]) | BORN.map(lambda day: str(day)[:4])
APART = sorted({(one - other).days for one in MEETING for other in MEETING if one >= other})
NUMBERS = {
    "age": st.sampled_from([0, 13, 14, 17, 18, 21, 22]) | st.integers(0, 70),
    "days_since_arrival": st.sampled_from(APART) | st.integers(0, 9000),
    "household_size": st.integers(0, 4),
}
CODES: dict[str, list[str]] = {
    "citizenship_class": ["poland", "eu_eea_ch", "third_country", "stateless"],
    "citizenship": COUNTRIES,
    "residence_class": TITLE_CLASSES,
    "residence_title": TITLES,
    "sex": ["female", "male", "other"],
    "place": PLACES,
    "point": ["here", "there"],
    "service": ["advice", "lesson"],
}


def dated(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A row in force for a while, from ever or for ever."""
    days = st.tuples(st.none() | DAYS, st.none() | DAYS).map(_in_order)
    return st.tuples(st.fixed_dictionaries(fields), days).map(
        lambda pair: pair[0] | {"valid_from": pair[1][0], "valid_to": pair[1][1]}
    )


def _in_order(days: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    first, last = days
    return (last, first) if first and last and last < first else (first, last)


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "sex": st.sampled_from(["female", "male", "other", "unknown"]),
            "birth": BIRTHS,
            "arrived": BIRTHS,
            "citizenships": st.lists(dated(country=st.sampled_from(COUNTRIES)), max_size=3),
            "titles": st.lists(dated(title=st.sampled_from(TITLES)), max_size=3),
            "dwellings": st.lists(dated(place=st.sampled_from(PLACES)), max_size=2),
            "homes": st.lists(dated(home=st.integers(0, 1)), max_size=2),
        }
    ),
    min_size=1,
    max_size=3,
)


@st.composite
def leaves(draw: st.DrawFn, fact: str = "") -> dict[str, Any]:
    """A condition on this fact, or on any."""
    fact = fact or draw(st.sampled_from(FACTS))
    match PAYERS.facts[fact].kind:
        case ValueKind.CODES:
            codes = st.lists(st.sampled_from([*CODES[fact], "none-such"]), min_size=1, max_size=3)
            return {"fact": fact, "in": draw(codes)}
        case ValueKind.YES_NO:
            return {"fact": fact, "is": draw(st.booleans())}
        case ValueKind.NUMBER:
            ends = sorted(draw(st.tuples(NUMBERS[fact], NUMBERS[fact])))
            keys = draw(st.sampled_from([["at_least"], ["at_most"], ["at_least", "at_most"]]))
            return {"fact": fact} | {key: ends[key == "at_most"] for key in keys}
        case _:
            ends_of = sorted(draw(st.tuples(DAYS, DAYS)))
            keys = draw(st.sampled_from([["from"], ["to"], ["from", "to"]]))
            return {"fact": fact} | {key: str(ends_of[key == "to"]) for key in keys}


def trees(most: int = 8) -> st.SearchStrategy[dict[str, Any]]:
    """Whole trees, empty "all" and "any" included."""
    return st.recursive(
        leaves(),
        lambda part: st.one_of(
            st.lists(part, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(part, max_size=3).map(lambda parts: {"any": parts}),
            part.map(lambda one: {"not": one}),
        ),
        max_leaves=most,
    )


EACH_FACT = st.tuples(*(leaves(fact) for fact in FACTS)).map(list)
PATHS = {"west": ["west"], "west-town": ["west", "west-town"], "east": ["east"]}


def told_on(people: list[dict[str, Any]], at: int, day: date) -> dict[str, Any]:
    """What is true of one of these people on a day, straight from the example: no SQL in it."""
    one = people[at]
    return {
        "sex": None if one["sex"] == "unknown" else one["sex"],
        "born": _days(one["birth"]),
        "arrived": _days(one["arrived"]),
        "citizenships": {(row["country"], row["valid_from"]) for row in _on(one["citizenships"], day)},
        "titles": {(row["title"], row["valid_from"]) for row in _on(one["titles"], day) if row["title"] != "t-unknown"},
        "places": {(code, row["valid_from"]) for row in _on(one["dwellings"], day) for code in PATHS[row["place"]]},
        "household": _household(people, one, day),
    }


def _on(rows: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    return [row for row in rows if (row["valid_from"] or day) <= day <= (row["valid_to"] or day)]


def _days(text: str) -> tuple[date, date] | None:
    """The first and the last day that a date known in part can mean."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    first = date(*[*parts, 1, 1][:3])
    month = parts[1] if len(parts) > 1 else 12
    last = parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1]
    return first, date(parts[0], month, last)


def _household(people: list[dict[str, Any]], one: dict[str, Any], day: date) -> tuple[int, bool | None] | None:
    """Everybody who shares a home, and whether a child is among them: None where a birth is not known well enough."""
    homes = {row["home"] for row in _on(one["homes"], day)}
    together = [other for other in people if homes & {row["home"] for row in _on(other["homes"], day)}]
    children = {_child(_days(other["birth"]), day) for other in together}
    return (len(together), True if True in children else None if None in children else False) if together else None


def _child(born: tuple[date, date] | None, day: date) -> bool | None:
    """Whether somebody is under 18."""
    grown = {(end.year + 18, end.month, end.day) <= (day.year, day.month, day.day) for end in born or ()}
    return None if len(grown) != 1 else not grown.pop()
