"""Random small worlds for the property tests: histories of a few people, days, rule trees."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from przystan.funding.rules import FACTS, Kind

COUNTRIES = ["PL", "XX", "UA", "GE", "HR", "GB", "NO", "CH", "RO"]
TITLES = ["t-visa", "t-illegal", "t-unknown", "t-permanent"]
TITLE_CLASSES = ["visa", "irregular", "unknown", "permanent"]
PLACES = ["west", "west-town", "east"]
DAYS = st.dates(date(2003, 1, 1), date(2026, 12, 31))
# Births around a leap day, and round ages, are where dates go wrong.
BIRTHS = st.one_of(
    st.just(""),
    st.dates(date(1950, 1, 1), date(2026, 1, 1)).map(str),
    st.dates(date(1950, 1, 1), date(2026, 1, 1)).map(lambda day: str(day)[:7]),
    st.dates(date(1950, 1, 1), date(2026, 1, 1)).map(lambda day: str(day)[:4]),
    st.sampled_from(["2004-02-29", "2004-02", "2008-02-29"]),
)
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
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """A condition on any fact."""
    fact = draw(st.sampled_from(sorted(FACTS)))
    match FACTS[fact].kind:
        case Kind.CODES:
            codes = st.lists(st.sampled_from([*CODES[fact], "none-such"]), min_size=1, max_size=3)
            return {"fact": fact, "in": draw(codes)}
        case Kind.YES_NO:
            return {"fact": fact, "is": draw(st.booleans())}
        case Kind.NUMBER:
            top = {"age": 70, "days_since_arrival": 9000, "household_size": 4}[fact]
            ends = sorted(draw(st.tuples(st.integers(0, top), st.integers(0, top))))
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
