"""The same person in several rows of one file."""

from collections.abc import Mapping, Sequence
from typing import Any

from przystan.kernel.names import NameIndex
from przystan.kernel.phones import digits_of
from przystan.people.queries.many import Likeness
from przystan.people.rules.same_person import UNKNOWN, Described, Verdict, evidence

Entry = Mapping[str, Any]


def described(entry: Entry) -> Described:
    """What an entry says that helps to find the person."""
    names = [name["text"] for name in entry.get("names", [])] or [entry.get("person_name", "")]
    return Described(
        names=tuple(name for name in names if name),
        birth=entry.get("birth", ""),
        phones=tuple(digits_of(phone) for phone in entry.get("phones", [])),
        emails=tuple(entry.get("emails", [])),
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
    earlier = {place for name in one.names for place, _ in index.same(name)[:5]}
    likely = [(place, evidence(one, people[place])) for place in sorted(earlier)]
    if not likely:
        return None
    best, said = max(likely, key=lambda pair: (pair[1].verdict is Verdict.SAME, pair[1].score))
    return best, Likeness("", said.score, said.codes)
