"""What belongs to a person, found by following foreign keys through every model's `class Privacy`.

No module is told about another: a new table about people is found as soon as it exists, and a test says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, Model, Value

from przystan.access.actors import Actor
from przystan.access.fields import SealedTextField
from przystan.access.modules import subjects

from ..models import Person

Table = type[Model]
Rows = dict[Table, set[Any]]  # model -> primary keys, parents before their children


def privacy_of(model: Table) -> Any:
    """The inner class of a model; None for models of libraries."""
    return getattr(model, "Privacy", None)


@dataclass(frozen=True)
class Belongings:
    """`own`: rows that are about somebody. `common`: what others may have a part in, too, as of `shared`.

    `people`: the person with every record merged into theirs; nobody for other kinds of `access.subjects`.
    """

    own: Rows
    common: Rows
    people: list[Person]


def belongings(row: Any) -> Belongings:
    """What belongs to somebody, of whichever kind of `access.subjects`. The caller acts as the system."""
    if not isinstance(row, Person):
        return Belongings(below({type(row): {row.pk}}), {}, [])
    people = people_of(row)
    own = owned(people)
    return Belongings(own, shared(own), people)


def people_of(person: Person) -> list[Person]:
    """The person and every record that was merged into them, directly or through another."""
    found, waiting = [person], [person.pk]
    while waiting:
        absorbed = list(Person._base_manager.filter(merged_into__in=waiting).exclude(pk__in=[one.pk for one in found]))
        found += absorbed
        waiting = [one.pk for one in absorbed]
    return found


def owned(people: Iterable[Person]) -> Rows:
    """Rows that are about these people: with a foreign key to them, or to such a row, at any depth."""
    return below({Person: {person.pk for person in people}})


def below(start: Rows, besides: frozenset[Table] = frozenset()) -> Rows:
    """`start` and all rows whose foreign keys lead to it, but for rows of the models `besides`. A statement a step."""
    found: Rows = {model: set(keys) for model, keys in start.items()}
    waiting = list(found)
    while waiting:
        hanging = [pair for target in waiting for pair in _hanging(target, found[target]) if pair[0] not in besides]
        waiting = []
        for (model, _), keys in zip(hanging, _values([(rows, "pk") for _, rows in hanging]), strict=True):
            new = keys - found.get(model, set())
            if new:
                found.setdefault(model, set()).update(new)
                waiting.append(model)
        waiting = list(dict.fromkeys(waiting))
    return found


def _hanging(target: Table, keys: set[Any]) -> Iterator[tuple[Table, Any]]:
    """(model, its rows that lead to these), by foreign keys and by `Privacy.hangs_on`."""
    for model, field in links_to(target):
        yield model, model._base_manager.filter(**{f"{field.name}__in": keys})
    if any(column.name == "ref" for column in columns(target)):
        refs = target._base_manager.filter(pk__in=keys).values("ref")
        for model, (label, ref) in hanging():
            yield model, model._base_manager.filter(**{label: target._meta.label_lower, f"{ref}__in": refs})


def about_hidden(rows: Rows, people: Iterable[Person], actor: Actor | None) -> Rows:
    """Those of these rows that point to a protected person of whom the actor may not know (None: nobody may), and what
    hangs on them. `people` are those whom all is about.
    """
    hidden = Person._base_manager.filter(protected=True).exclude(pk__in=[person.pk for person in people])
    if actor:
        hidden = hidden.exclude(pk__in=Person.objects.seen_by(actor).filter(protected=True).values("pk"))
    links = [(model, field) for model in rows for field in foreign_keys(model) if field.related_model is Person]
    those = [
        model._base_manager.filter(**{"pk__in": rows[model], f"{field.name}__in": hidden}) for model, field in links
    ]
    return below(_gathered([model for model, _ in links], _values([(each, "pk") for each in those])))


def shared(rows: Rows) -> Rows:
    """What these rows point to and other people may have a part in: entries of the ledger. With what hangs on them."""
    links = [
        (model, field)
        for model in rows
        for field in foreign_keys(model)
        if field.related_model not in rows and _may_be_shared(field.related_model)
    ]
    pointed = [
        (model._base_manager.filter(pk__in=rows[model]).exclude(**{field.name: None}), field.attname)
        for model, field in links
    ]
    found = _gathered([field.related_model for _, field in links], _values(pointed))
    return below(found, besides=frozenset(personal())) if found else {}


def sole(rows: Rows, people: Iterable[Person]) -> Rows:
    """Those of the shared rows that nobody else has a part in."""
    mine = {person.pk for person in people}
    links = [(model, field) for model, field in _between() if field.related_model in rows]
    others = [
        (
            model._base_manager.filter(**{f"{field.name}__in": rows[field.related_model]}).exclude(person__in=mine),
            field.attname,
        )
        for model, field in links
    ]
    found: Rows = {}
    for (_, field), keys in zip(links, _values(others), strict=True):
        found[field.related_model] = found.get(field.related_model, rows[field.related_model]) - keys
    return below(found, besides=frozenset(personal())) if found else {}


def _values(asked: Sequence[tuple[Any, str]]) -> list[set[Any]]:
    """For each queryset what its rows have in this column, a key: all asked in one statement."""
    found: list[set[Any]] = [set() for _ in asked]
    columns = [rows.order_by().values_list(Value(place), name) for place, (rows, name) in enumerate(asked)]
    for place, key in columns[0].union(*columns[1:], all=True) if columns else ():
        found[place].add(key)
    return found


def _gathered(models: Iterable[Table], keys: Iterable[set[Any]]) -> Rows:
    """Keys by model, without models that have none."""
    found: Rows = {}
    for model, new in zip(models, keys, strict=True):
        if new:
            found.setdefault(model, set()).update(new)
    return found


def _may_be_shared(target: Table) -> bool:
    """Whether it is told in copies, and is nobody by itself (`access.subjects`)."""
    return getattr(privacy_of(target), "export", False) and target._meta.label_lower not in subjects()


@cache
def links_to(target: Table) -> tuple[tuple[Table, Any], ...]:
    """(model, foreign key) for each of our models that points to `target`."""
    return tuple(
        (model, field)
        for model in ours()
        for field in foreign_keys(model)
        if field.related_model is target is not model
    )


@cache
def hanging() -> tuple[tuple[Table, list[str]], ...]:
    """Each of our models that names what its rows hang on, with its fields for the label and the reference of that."""
    named = ((model, getattr(privacy_of(model), "hangs_on", "").split()) for model in ours())
    return tuple((model, fields) for model, fields in named if fields)


@cache
def personal() -> tuple[Table, ...]:
    """Models with a foreign key to a person."""
    return tuple(model for model in ours() if any(field.related_model is Person for field in foreign_keys(model)))


def ours() -> Iterator[Table]:
    """Every model that declares how private its fields are."""
    return (model for model in apps.get_models() if privacy_of(model) and not model._meta.proxy)


def foreign_keys(model: Table) -> list[Any]:
    """Its fields that point to one row of another table."""
    return [
        field for field in model._meta.concrete_fields if field.is_relation and isinstance(field.related_model, type)
    ]


def columns(model: Table) -> list[Any]:
    """Its own columns, without those that the database computes."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def blank(model: Table, name: str) -> Any:
    """What an emptied field holds. Sealed text becomes no bytes, which need no key."""
    field: Any = model._meta.get_field(name)
    if field.null:
        return None
    if isinstance(field, BinaryField | SealedTextField):
        return b""
    return field.get_default() if field.has_default() else ""


def _between() -> Iterator[tuple[Table, Any]]:
    """Tables that join people to shared rows, with their key to these."""
    for model in personal():
        if any(field.name == "person" and not field.null for field in foreign_keys(model)):
            for field in foreign_keys(model):
                if field.related_model is not Person and _may_be_shared(field.related_model):
                    yield model, field
