"""The same person in several rows of one file."""

from collections.abc import Mapping, Sequence
from typing import Any

from przystan.kernel.dates import PartialDate
from przystan.kernel.names import NameIndex
from przystan.kernel.phones import digits_of, is_dummy
from przystan.people.queries.many import UNKNOWN, Described, Known, Likeness, beside_name

Entry = Mapping[str, Any]


def described(entry: Entry) -> Described:
    """What an entry says that helps to find the person."""
    names = [name["text"] for name in entry.get("names", [])] or [entry.get("person_name", "")]
    return Described(
        names=tuple(name for name in names if name),
        birth=entry.get("birth", ""),
        phones=tuple(entry.get("phones", [])),
        reference=entry.get("reference", ""),
        sex=entry.get("sex", UNKNOWN),
    )


def twins(entries: Sequence[Entry]) -> dict[int, tuple[int, Likeness]]:
    """Position of a row -> the likeliest earlier row that may be the same person, and why: by name, never by a
    reference or a phone alone, which families share."""
    people = [described(entry) for entry in entries]
    index: NameIndex[int] = NameIndex()
    found: dict[int, tuple[int, Likeness]] = {}
    for place, one in enumerate(people):
        if likeness := _by_name(index, people, one):
            found[place] = likeness
        for name in one.names:
            index.add(place, name)
    return found


def _by_name(index: NameIndex[int], people: Sequence[Described], one: Described) -> tuple[int, Likeness] | None:
    best: tuple[int, Likeness] | None = None
    for name in one.names:
        for earlier, outcome in index.same(name)[:5]:
            extra, codes = _beside_name(one, people[earlier])
            likeness = Likeness("", outcome.score + extra, (*outcome.reasons, *codes))
            if best is None or (likeness.is_sure, likeness.score) > (best[1].is_sure, best[1].score):
                best = earlier, likeness
    return best


def _beside_name(one: Described, earlier: Described) -> tuple[float, tuple[str, ...]]:
    """What birth dates, references and phones say of two rows with alike names."""
    born = PartialDate.parse(earlier.birth) if earlier.birth else None
    days = (born.earliest(), born.latest()) if born else (None, None)
    known = Known(days[0], days[1], earlier.reference, earlier.sex)
    score, codes = beside_name(one, known)
    if one.reference and one.reference == earlier.reference:
        score, codes = score + 0.5, (*codes, "reference")
    numbers = [{digits_of(phone) for phone in row.phones} for row in (one, earlier)]
    if any(not is_dummy(digits) for digits in numbers[0] & numbers[1]):
        score, codes = score + 0.5, (*codes, "phone")
    return score, codes
