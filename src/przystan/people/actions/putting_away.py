"""What protecting a person does to every table, as each model's `Privacy.protect` says (see access.tiers).

One walk over the declarations: no module is named here, and none has to know of protecting but by its own. What goes
into the sealed record comes back by `put_back`:

    {"birth": "1987-05-03", "centre_reference": "GD/77",        fields of the person's own row
     "names": [{"kind": "document", "text": ...}], "channels": [...],   rows, by their name on Person
     "elsewhere": {"support.support": {"12": {"place": "ul. Tajna 7"}}}}  fields of rows that stay, by primary key
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol

from django.apps import apps
from django.db import connection
from django.db.models import Q

from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.access.tiers import function_of

from ..models import Person, PersonName
from ..queries.links import Rows, Table, blank, foreign_keys, links_to, ours, owned, people_of, privacy_of, shared, sole
from ..rules.traces import Traces, traces
from .names import spell
from .parting import part

Known = dict[str, Any]
Elsewhere = dict[str, dict[str, dict[str, Any]]]  # label of a model -> primary key -> field -> what it said
ELSEWHERE = "elsewhere"
FORGET = "SELECT app_forget_statistics(%s::regclass[])"


class Forget(Protocol):
    """What a model with `protect = "own"` names: takes out what tells of the person, and returns the models written.

    Fields that it emptied (to what `links.blank` says) and that are to come back go into `elsewhere`.
    """

    def __call__(self, *, by: Actor, person: Person, traces: Traces, elsewhere: Elsewhere) -> list[Table]: ...


def put_away(*, by: Actor, person: Person) -> tuple[Known, list[Table]]:
    """Take out of every table what tells of this person; returns what is to be sealed of it, and the models written.

    The caller acts as the system in the transaction that protects the person. `by`: who protects them.
    """
    told, touched = traces_of(person), list[Table]([Person])
    known: Known = {name: getattr(person, name) for name in sealed_fields(Person)} | {ELSEWHERE: {}}
    rows = found_of(person)
    touched += part(by=by, rows=rows.mine)
    with door():
        for model in ours():
            if model is not Person:
                touched += _put_away(model, rows, known, told, by=by, person=person)
    return known, touched


def _put_away(model: Table, rows: "Found", known: Known, told: Traces, *, by: Actor, person: Person) -> list[Table]:
    """Do with one model what it declares; returns the models that were written."""
    privacy = privacy_of(model)
    mine, common, alone = (some.get(model, set()) for some in (rows.mine, rows.common, rows.alone))
    match privacy.protect:
        case "seal":
            known[_name_on_person(model)] = _sealed(model, mine)
        case "rows":
            model._base_manager.filter(pk__in=mine).delete()
        case "fields":
            _empty(known, model, mine | common, lambda pk, words: pk in mine | alone or told.told_in(words))
        case "named":
            _empty(known, model, _of_organisation(model, person), lambda pk, words: told.told_in(words))
        case "own":
            forget: Forget | None = function_of(privacy, "forget")
            assert forget, "people.checks"
            return forget(by=by, person=person, traces=told, elsewhere=known[ELSEWHERE])
        case _:
            return []
    return [model]


def forget_traces(*, by: Actor, people: Iterable[Person]) -> None:
    """Take away what no key ties to people who are about to be erased, where `Privacy.erase_too` says so."""
    for person in people:
        told = traces_of(person)
        for model in forgetting_erased():
            forget: Forget | None = function_of(privacy_of(model), "forget")
            assert forget, "people.checks"
            forget(by=by, person=person, traces=told, elsewhere={})


def forgetting_erased() -> list[Table]:
    """Models whose `forget` is asked when somebody is erased, too."""
    return [model for model in ours() if getattr(privacy_of(model), "erase_too", False)]


def put_back(person: Person, known: Known) -> None:
    """Write back what `put_away` took. What somebody has written in its place since stays."""
    for name in sealed_fields(Person):
        setattr(person, name, known[name])
    with door():
        for model in ours():
            if privacy_of(model).protect == "seal":
                for values in known.get(_name_on_person(model), []):
                    _restored(model, person, values).save()
        for label, rows in known.get(ELSEWHERE, {}).items():
            model = apps.get_model(label)
            for pk, values in rows.items():
                for name, value in values.items():
                    model._base_manager.filter(**{"pk": pk, name: blank(model, name)}).update(**{name: value})


def traces_of(person: Person) -> Traces:
    """What tells of a person who is not protected yet."""
    channels = list(person.channels.all())
    return traces(
        [person.ref, person.centre_reference, *(row.value for row in channels)],
        [row.text for row in person.names.all()],
        person.birth,
        [row.digits for row in channels],
    )


def sealed_fields(model: Table) -> list[str]:
    """Names of the fields that go into the sealed record, as declared."""
    return str(getattr(privacy_of(model), "sealed", "")).split()


def forget_statistics(models: Iterable[Table]) -> None:
    """Let PostgreSQL look again at tables out of which something was taken: its planner remembers the commonest values.

    Only the owner may; a function of the database's own does it, and leaves out what is at work just now.
    """
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [sorted(model._meta.db_table for model in models)])


@dataclass(frozen=True)
class Found:
    """Rows of the person; rows that others may have a part in; of all these, those in which nobody else has."""

    mine: Rows
    common: Rows
    alone: Rows


def found_of(person: Person) -> Found:
    """Everything about a person and the records that became part of them."""
    people = people_of(person)
    mine = owned(people)
    common = shared(mine)
    alone = sole(common, people)
    _above(common, alone)
    return Found(mine, common, alone)


def _above(common: Rows, alone: Rows) -> None:
    """Also what shared rows point to and says itself what protecting does: the gathering of an entry."""
    for model in list(common):
        for field in foreign_keys(model):
            target = field.related_model
            if target in common or getattr(privacy_of(target), "protect", "") != "fields":
                continue
            keys = set(model._base_manager.filter(pk__in=common[model]).values_list(field.attname, flat=True)) - {None}
            others = {
                key
                for link, name in links_to(target)
                for key in link._base_manager.filter(**{f"{name.name}__in": keys})
                .exclude(pk__in=alone.get(link, set()))
                .values_list(name.attname, flat=True)
            }
            common[target], alone[target] = keys, keys - others


def _sealed(model: Table, keys: set[Any]) -> list[Known]:
    rows = list(model._base_manager.filter(pk__in=keys).order_by("pk"))
    found = [{name: _plain(getattr(row, name)) for name in sealed_fields(model)} for row in rows]
    model._base_manager.filter(pk__in=keys).delete()
    return found


def _restored(model: Table, person: Person, values: Known) -> Any:
    """The row again, with what is computed from it."""
    columns = {field.attname: field for field in model._meta.concrete_fields}
    row: Any = model(person=person, **{name: columns[name].to_python(value) for name, value in values.items()})
    return spell(row) if isinstance(row, PersonName) else row


def _empty(known: Known, model: Table, keys: set[Any], tells: Callable[[Any, Any], bool]) -> None:
    """Move the declared fields of rows that tell of the person into what is sealed."""
    names = sealed_fields(model)
    filled = Q()
    for name in names:
        filled |= ~Q(**{name: blank(model, name)})
    rows = model._base_manager.filter(filled, pk__in=keys).values_list("pk", *names)
    taken = {pk: values for pk, *values in rows if tells(pk, values)}
    for pk, values in taken.items():
        said = {name: value for name, value in zip(names, values, strict=True) if value}
        known[ELSEWHERE].setdefault(model._meta.label_lower, {})[str(pk)] = said
    model._base_manager.filter(pk__in=taken).update(**{name: blank(model, name) for name in names})


def _of_organisation(model: Table, person: Person) -> set[Any]:
    rows = model._base_manager.filter(organisation_id=person.organisation_id)
    return set(rows.values_list("pk", flat=True))


def _name_on_person(model: Table) -> str:
    return str(next(field for field in foreign_keys(model) if field.related_model is Person).remote_field.related_name)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | time) else value
