"""The same person in several rows of one file."""

from collections.abc import Mapping, Sequence
from typing import Any

from przystan.kernel.dates import PartialDate
from przystan.kernel.names import NameIndex
from przystan.people.queries.many import Described, Likeness
from przystan.people.rules.phones import digits_of

Entry = Mapping[str, Any]


def described(entry: Entry) -> Described:
    """What an entry says that helps to find the person."""
    names = [name["text"] for name in entry.get("names", [])] or [entry.get("person_name", "")]
    return Described(
        names=tuple(name for name in names if name),
        birth=entry.get("birth", ""),
        phones=tuple(entry.get("phones", [])),
        reference=entry.get("reference", ""),
    )


def twins(entries: Sequence[Entry]) -> dict[int, tuple[int, Likeness]]:
    """Position of a row -> the first earlier row that seems to be the same person, and why."""
    people = [described(entry) for entry in entries]
    index: NameIndex[int] = NameIndex()
    by_reference: dict[str, int] = {}
    found: dict[int, tuple[int, Likeness]] = {}
    for place, one in enumerate(people):
        earlier = by_reference.setdefault(one.reference, place) if one.reference else place
        if earlier != place:
            found[place] = earlier, Likeness("", 1.5, ("reference",))
        elif likeness := _by_name(index, people, one):
            found[place] = likeness
        for name in one.names:
            index.add(place, name)
    return found


def _by_name(index: NameIndex[int], people: Sequence[Described], one: Described) -> tuple[int, Likeness] | None:
    best: tuple[int, Likeness] | None = None
    for name in one.names:
        for earlier, outcome in index.same(name)[:5]:
            extra, codes = _beside_name(people[earlier], one)
            likeness = Likeness("", outcome.score + extra, (*outcome.reasons, *codes))
            if best is None or likeness.score > best[1].score:
                best = earlier, likeness
    return best


def _beside_name(one: Described, other: Described) -> tuple[float, tuple[str, ...]]:
    """What birth dates and phones add to two equal names, or take away."""
    if {digits_of(phone) for phone in one.phones} & {digits_of(phone) for phone in other.phones}:
        return 0.5, ("phone",)
    if not one.birth or not other.birth:
        return 0.0, ()
    first, second = PartialDate.parse(one.birth), PartialDate.parse(other.birth)
    meets = first.earliest() <= second.latest() and second.earliest() <= first.latest()
    return (0.3, ("birth",)) if meets else (-0.5, ("birth_differs",))
