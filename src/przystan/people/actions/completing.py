"""Adding to people who are known what a file says of them and the register does not, and taking it back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models, transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.fields import SealedTextField
from przystan.access.history import without_history

from ..models import Channel, Citizenship, Dwelling, Person, PersonLanguage, TitleHeld
from ..queries.used import merged
from ..rights import IMPORT, PEOPLE_WRITE
from ..rules.completing import Held, counted, empty_fields, new_facts
from .bulk import save_many
from .registration import Fact, Newcomer, facts_of

Pair = tuple[int, Newcomer]  # id of a known person, and what is said of them


@dataclass
class Addition:
    """What one description adds to a person: values of empty fields, and rows."""

    fields: dict[str, str] = field(default_factory=dict)
    facts: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields or self.facts)

    def trace(self) -> dict[str, Any]:
        """What was written, as JSON, for `take_back`."""
        return {
            "fields": self.fields,
            "facts": [[fact._meta.label_lower, fact.pk, _words(fact)] for fact in self.facts],
        }


def additions(by: Actor, pairs: Sequence[Pair]) -> list[Addition]:
    """For each pair what would be added. Nothing for people with whom the actor does not work, or whose data is only
    kept: whoever may not write a fact about somebody does not write it by a file."""
    people = writable(by, {pk for pk, _said in pairs})
    held = _held(people)
    found = []
    for pk, said in pairs:
        person = people.get(pk)
        added = Addition()
        if person:
            added.fields = empty_fields(person, said)
            added.facts = new_facts(held[pk], facts_of(person, said))
            counted(added.facts, held[pk])
            for name, value in added.fields.items():
                setattr(person, name, value)  # the next pair about them finds it there
        found.append(added)
    return found


@transaction.atomic
def complete_many(*, by: Actor, pairs: Sequence[Pair], made: Collection[int] = ()) -> list[Addition]:
    """Add what is new about known people, and say for each pair what it was. A few statements for thousands.

    `made`: ids of those whom the same import registered, of which the log tells already.
    """
    by.require(PEOPLE_WRITE, IMPORT)
    ids = sorted({pk for pk, _said in pairs})
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values("pk"))
    found = additions(by, pairs)
    values: dict[int, dict[str, str]] = defaultdict(dict)
    rows: dict[type[models.Model], list[Fact]] = defaultdict(list)
    for (pk, _said), added in zip(pairs, found, strict=True):
        values[pk] |= added.fields
        for fact in added.facts:
            rows[type(fact)].append(fact)
    _fill(values)
    for facts in rows.values():
        save_many(facts)
    touched = {pk for (pk, _said), added in zip(pairs, found, strict=True) if added and pk not in made}
    audit.record_all(by, "person.complete", Person.objects.filter(pk__in=touched).order_by("pk"))
    return found


def _fill(values: Mapping[int, Mapping[str, str]]) -> None:
    wanted = [pk for pk, fields in values.items() if fields]
    people = list(Person.objects.filter(pk__in=wanted).order_by("pk"))
    names = sorted({name for fields in values.values() for name in fields})
    for person in people:
        for name, value in values[person.pk].items():
            setattr(person, name, value)
    if people:
        Person.objects.bulk_update(people, names, batch_size=500)


def writable(by: Actor, ids: Collection[int]) -> dict[int, Person]:
    """Those of these people with whom the actor works, and whose data may be changed."""
    return Person.objects.worked_with_by(by).filter(restricted_on=None, merged_into=None).in_bulk(ids)


def _held(people: Collection[int]) -> dict[int, Held]:
    """What is known of each, in one query for each kind of fact."""
    held: dict[int, Held] = {pk: Held() for pk in people}
    for pk, digits, value in _of(Channel, people, "digits", "value"):
        held[pk].finders.add(digits or value.lower())
    for pk, *title in _of(TitleHeld, people, "title_id", "valid_from", "valid_to"):
        held[pk].titles.append((title[0], title[1], title[2]))
    for (pk,) in _of(Citizenship, people):
        held[pk].citizenships += 1
    for (pk,) in _of(Dwelling, people):
        held[pk].dwellings += 1
    for pk, code in _of(PersonLanguage, people, "language"):
        held[pk].languages.add(code)
    return held


def _of(model: Any, people: Collection[int], *names: str) -> list[tuple[Any, ...]]:
    return list(model.objects.filter(person__in=people).order_by("pk").values_list("person_id", *names))


@transaction.atomic
def take_back(*, by: Actor, traces: Sequence[tuple[int, Mapping[str, Any]]]) -> set[int]:
    """Undo what `complete_many` added: (id of the person, `Addition.trace`) each. Returns the ids of people of whom
    something stays, as it was changed since, or as they were merged.
    """
    by.require(PEOPLE_WRITE, IMPORT)
    ids = {pk for pk, _trace in traces}
    people = Person.objects.seen_by(by).select_for_update(of=("self",)).order_by("pk").in_bulk(ids)
    stay = merged(ids) | (ids - people.keys())
    cleared: dict[str, list[Person]] = defaultdict(list)
    gone: dict[str, list[int]] = defaultdict(list)
    for pk, trace in traces:
        if pk in stay:
            continue
        for name, value in trace["fields"].items():
            if getattr(people[pk], name) == value:
                setattr(people[pk], name, getattr(Person(), name))  # as of somebody of whom nothing is known
                cleared[name].append(people[pk])
            else:
                stay.add(pk)
        kept = _untouched(trace["facts"])
        for label, fact, _said in trace["facts"]:
            gone[label] += [fact] if fact in kept.get(label, ()) else []
        if sum(map(len, kept.values())) < len(trace["facts"]):
            stay.add(pk)
    for name, some in cleared.items():
        Person.objects.bulk_update(some, [name], batch_size=500)
    without_history()
    for label, facts in gone.items():
        apps.get_model(label)._base_manager.filter(pk__in=facts).delete()
    audit.record_all(by, "person.complete_undo", [people[pk] for pk in sorted(ids & people.keys())])
    return stay


def _untouched(facts: Sequence[Sequence[Any]]) -> dict[str, set[int]]:
    """Of rows that were added, those that say what they said then."""
    wanted: dict[str, dict[int, Any]] = defaultdict(dict)
    for label, pk, said in facts:
        wanted[label][pk] = said
    found = {}
    for label, rows in wanted.items():
        there = apps.get_model(label)._base_manager.filter(pk__in=rows)
        found[label] = {row.pk for row in there if _words(row) == rows[row.pk]}
    return found


def _words(fact: Any) -> dict[str, str]:
    """What a row says, to be compared with what it said when it was added; of sealed text, whether there is any."""
    fields = [
        one for one in fact._meta.concrete_fields if one.editable and not one.primary_key and one.name != "person"
    ]
    return {one.name: _word(fact, one) for one in fields}


def _word(fact: Any, one: Any) -> str:
    if isinstance(one, SealedTextField):
        return str(bool(fact.__dict__.get(one.attname) and getattr(fact, one.attname)))
    return str(getattr(fact, one.attname))
