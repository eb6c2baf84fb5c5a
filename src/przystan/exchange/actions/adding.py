"""What rows about people we know add to them, before the import and by it; and taken back with it."""

from collections.abc import Sequence
from typing import Any

from przystan.access.actors import Actor
from przystan.people.actions.completing import Addition, Pair, additions, complete_many, take_back
from przystan.people.models import Channel, Citizenship, Dwelling, Person, PersonLanguage, TitleHeld

from ..enums import BatchState, Decision, ImportKind
from ..models import ImportBatch, ImportRow
from ..rows.entries import Rows, newcomer
from .families import spared


def would_add(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> dict[int, dict[str, Any]]:
    """Id of each row that is about somebody we know and tells something new -> what, as an entry."""
    linked = [row for row in rows if row.decision == Decision.SAME and row.chosen and row.chosen[0] != "#"]
    if batch.kind != ImportKind.PEOPLE or batch.state != BatchState.CHECKED or not linked:
        return {}
    people = dict(Person.objects.seen_by(by).filter(ref__in={row.chosen for row in linked}).values_list("ref", "pk"))
    known, there = Rows(by), [row for row in linked if row.chosen in people]
    found = additions(by, [(people[row.chosen], newcomer(row.entry, known)) for row in there])
    return {row.pk: entry_of(one) for row, one in zip(there, found, strict=True) if one}


def add(by: Actor, rows: Sequence[ImportRow], known: Rows) -> None:
    """Write it, and keep in each row what it was."""
    made = {row.person_id for row in rows if row.made and row.person_id}
    linked = [row for row in rows if row.decision == Decision.SAME and row.person_id]
    pairs: list[Pair] = [(row.person_id, newcomer(row.entry, known)) for row in linked if row.person_id]
    for row, one in zip(linked, complete_many(by=by, pairs=pairs, made=made), strict=True):
        row.added = {**one.trace(), "said": entry_of(one)} if one else {}


def take_additions_back(by: Actor, batch: ImportBatch) -> list[str]:
    """Undo what the rows added to people whom the import did not make, after those it made are gone, or stay as they
    are used; labels of rows of which something stays."""
    rows = list(batch.rows.exclude(added={}).filter(person__isnull=False).order_by("number", "part"))
    made = set(batch.rows.filter(made=True, person__isnull=False).values_list("person_id", flat=True))
    rows = [row for row in rows if row.person_id not in made]
    traces = spared([row.added for row in rows], made)
    less = {row.pk for row, trace in zip(rows, traces, strict=True) if trace["facts"] != row.added["facts"]}
    pairs = [(row.person_id, trace) for row, trace in zip(rows, traces, strict=True) if row.person_id]
    stay = take_back(by=by, traces=pairs)
    return [row.label for row in rows if row.person_id in stay or row.pk in less]


def entry_of(one: Addition) -> dict[str, Any]:
    """An addition as the entry of a row that says no more than that."""
    entry: dict[str, Any] = {NAMES.get(name, name): value for name, value in one.fields.items()}
    for fact in one.facts:
        match fact:
            case Channel():
                entry.setdefault("emails" if fact.kind == "email" else "phones", []).append(fact.value)
            case Citizenship():
                entry.setdefault("citizenships", []).append(fact.country)
            case PersonLanguage():
                entry.setdefault("languages", []).append(fact.language)
            case Dwelling():
                entry["place"] = fact.place.code
            case TitleHeld():
                days = {"title_from": fact.valid_from, "title_to": fact.valid_to}
                entry |= {"title": fact.title.code, **{name: str(day) for name, day in days.items() if day}}
    return entry


NAMES = {"centre_reference": "reference"}
