"""What an erasure takes away, empties and keeps: shown before anybody confirms it, then carried out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Q

from przystan.access.actors import Actor
from przystan.access.modules import subjects
from przystan.access.tiers import Tier, tiers_of
from przystan.people.models import Person
from przystan.people.queries.links import (
    Rows,
    Table,
    about_hidden,
    belongings,
    blank,
    columns,
    owned,
    people_of,
    personal,
    privacy_of,
    sole,
)

from .secrets import held, secret


@dataclass
class Plan:
    """Primary keys by what happens with their rows. `own`: all rows about who is erased, whatever becomes of them.

    `forget`: takes away who it was from what stays, where no `class Privacy` can say it.
    """

    people: list[Person]
    own: Rows = field(default_factory=dict)
    forget: Callable[[], None] | None = None
    delete: Rows = field(default_factory=dict)
    empty: Rows = field(default_factory=dict)
    keep: Rows = field(default_factory=dict)

    @property
    def holders(self) -> set[str]:
        """References under which keys may be kept: of people, files, entries of the ledger."""
        going = [*self.delete.items(), *self.empty.items()]
        refs = {ref for model, keys in going for ref in _refs(model, keys)}
        return refs | {person.ref for person in self.people}

    def counts(self, *, secrets: bool = False, actor: Actor | None = None) -> dict[str, dict[str, int]]:
        """By table: how many rows go, are emptied and stay. `secrets`: those of tiers 3 and 4, too, of which nobody
        outside their team may know; they go all the same. So do ties to protected people, counted for an `actor` who
        knows of these only.
        """
        groups = {"deleted": self.delete, "emptied": self.empty, "kept": self.keep}
        every = _joined(groups.values())
        hidden = {} if secrets else _joined([secret(every), about_hidden(every, self.people, actor)])
        return {name: _counted(rows, hidden) for name, rows in groups.items()}


def telling(counts: dict[str, dict[str, int]]) -> list[str]:
    """Of the tables that `Plan.counts` tells of: those with sensitive fields, as a person calls them."""
    names = {relation.related_model: relation.name for relation in Person._meta.related_objects}
    models = {apps.get_model(label) for rows in counts.values() for label in rows}
    found = {model for model in models if Tier.T2 in tiers_of(model.Privacy).values()}
    return sorted(names.get(model, str(model._meta.model_name)) for model in found)


def plan_of(row: Any) -> Plan:
    """What erasing one of `access.subjects` does, as each model's `Privacy.erase` says: `rows`, `fields` or `keep`.

    Their own row is emptied, and goes where nothing stays that hangs on it (a person's when that is known: `wiping`).
    """
    found = belongings(row)
    plan = Plan(found.people, found.own, partial(subjects()[row._meta.label_lower].forget, row))
    alone = sole(found.common, found.people)
    for model, keys in found.own.items():
        _sort(plan, model, keys)
    for model, keys in found.common.items():
        only_mine = alone.get(model, set())
        _sort(plan, model, only_mine)
        if keys - only_mine:
            plan.keep.setdefault(model, set()).update(keys - only_mine)
    if not found.people and not any(model is not type(row) for model in (*plan.empty, *plan.keep)):
        plan.delete = {type(row): plan.empty.pop(type(row)), **plan.delete}
    return plan


def plan_for_sensitive(person: Person) -> Plan:
    """Tier 2 only: rows that hold nothing less sensitive go, such fields elsewhere are emptied. What has a tier of its
    own stays: it has rules of its own.
    """
    people = people_of(person)
    plan = Plan(people)
    rows = owned(people)
    for model in _facts():
        if keys := rows.get(model):
            (plan.delete if _goes_whole(model) else plan.empty)[model] = keys
    return plan


def with_sensitive(people: Iterable[int]) -> set[int]:
    """Those of these people (ids) of whom anything sensitive is known that `plan_for_sensitive` would take away."""
    people, found = list(people), set[int]()
    for model in _facts():
        rows = model._base_manager.filter(person__in=people)
        if not _goes_whole(model):
            known = Q()
            for name in emptied(model, Tier.T2):
                known |= ~Q(**{name: blank(model, name)})
            rows = rows.filter(known)
        found |= set(rows.values_list("person_id", flat=True))
    return found


def emptied(model: Table, least: Tier = Tier.T1) -> list[str]:
    """Fields that are emptied when a row stays without its person: `Privacy.emptied`, else all of this tier and up."""
    privacy = privacy_of(model)
    chosen = getattr(privacy, "emptied", "").split() or [
        name for name, tier in tiers_of(privacy).items() if tier >= least
    ]
    known = {column.name for column in columns(model)}
    return [name for name in chosen if name in known and tiers_of(privacy)[name] >= least]


def _joined(groups: Iterable[Rows]) -> Rows:
    found: Rows = {}
    for model, keys in [pair for rows in groups for pair in rows.items()]:
        found[model] = found.get(model, set()) | keys
    return found


def _counted(rows: Rows, hidden: Rows) -> dict[str, int]:
    told = {model._meta.label_lower: len(keys - hidden.get(model, set())) for model, keys in rows.items()}
    return {label: count for label, count in told.items() if count}


def _sort(plan: Plan, model: Table, keys: set[Any]) -> None:
    groups = {"rows": plan.delete, "fields": plan.empty, "keep": plan.keep}
    counted, rows = getattr(privacy_of(model), "counted", None), model._base_manager.filter(pk__in=keys)
    stay = keys if counted is None else set(rows.filter(counted).values_list("pk", flat=True))
    for group, those in ((groups[privacy_of(model).erase], stay), (plan.delete, keys - stay)):
        if those:
            group.setdefault(model, set()).update(those)


def _refs(model: Table, keys: Iterable[Any]) -> list[str]:
    if not any(column.name == "ref" for column in columns(model)):
        return []
    rows = model._base_manager.filter(pk__in=keys)
    return list(rows.values_list("ref", flat=True))


def _facts() -> list[Table]:
    """Tables of facts with something sensitive in them: those that follow a person in a merge and into their copy."""
    return [
        model
        for model in personal()
        if (privacy := privacy_of(model)).merge == "move"
        and privacy.export
        and privacy.erase != "keep"
        and Tier.T2 in tiers_of(privacy).values()
        and model not in held()  # they have a tier, and rules, of their own
    ]


def _goes_whole(model: Table) -> bool:
    return privacy_of(model).erase == "rows" and Tier.T1 not in tiers_of(privacy_of(model)).values()
