"""Carrying out a plan of erasure: rows, fields, keys, traces. Called by `erasing` and by the nightly job."""

from collections.abc import Iterable
from typing import Any

from django.db.models import PROTECT, Q, QuerySet
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.copies import throw_copies
from przystan.access.doors import door
from przystan.access.history import without_history
from przystan.access.keys import data
from przystan.access.models import Glass
from przystan.access.tiers import Tier
from przystan.people.actions.parting import part
from przystan.people.actions.putting_away import forget_statistics, forget_traces, forgetting_erased
from przystan.people.models import Person
from przystan.people.queries.links import Rows, Table, below, blank, foreign_keys, hanging, ours, privacy_of

from ..queries.plans import Plan, emptied
from ..queries.secrets import held

Report = dict[str, Any]


def wipe(plan: Plan, *, by: Actor, whole: bool, least: Tier = Tier.T1) -> Report:
    """Delete, empty and destroy what the plan says; returns counts by table.

    `whole`: who it is about, too, who stays as a nameless row only where what is counted hangs on them. `by`: the
    system, as which the caller acts: nobody in person sees all of these rows.
    """
    report: Report = plan.counts()
    holders = plan.holders
    without_history()
    part(by=by, rows=plan.own if whole else plan.delete)
    with door():
        if whole and plan.forget:
            plan.forget()
        if whole:
            forget_traces(by=by, people=plan.people)
        _delete(plan.delete)
        _empty(plan.empty, least)
        if whole:
            _let_go(plan)
        for organisation in sorted({person.organisation_id for person in plan.people}):
            throw_copies(organisation, holders)
    if whole:
        report["keys"] = data.destroy(holders)
        report["glass"] = _silence(holders, plan.people)
    return report


def wipe_rows(rows: Rows, *, by: Actor) -> Report:
    """Delete these rows with all that hangs on them, and their keys: for one file."""
    plan = Plan([], delete=below(rows))
    holders = plan.holders
    report: Report = plan.counts(secrets=True)
    part(by=by, rows=plan.delete)
    with door():
        _delete(plan.delete)
    report["keys"] = data.destroy(holders)
    report["glass"] = _silence(holders)
    return report


def forget_erased() -> None:
    """Let PostgreSQL look again at all tables out of which erasing takes something: its planner remembers values.

    Asked once after whatever was erased together.
    """
    forget_statistics({*forgetting_erased(), *(model for model in ours() if privacy_of(model).erase != "keep")})


def _delete(rows: Rows) -> None:
    """Children before parents: rows of one table may protect those of another, or each other."""
    for model in reversed(_parents_first(rows)):
        for field in foreign_keys(model):
            if field.related_model is model:  # a counter-entry before what it takes back
                model._base_manager.filter(pk__in=rows[model]).exclude(**{field.name: None}).delete()
        model._base_manager.filter(pk__in=rows[model]).delete()


def _parents_first(rows: Rows) -> list[Table]:
    """These models in an order in which each comes after those it points to."""
    ordered: list[Table] = []

    def add(model: Table, path: tuple[Table, ...] = ()) -> None:
        if model in ordered or model in path:
            return
        for parent in _parents(model):
            if parent in rows and parent is not model:
                add(parent, (*path, model))
        ordered.append(model)

    for model in rows:
        add(model)
    return ordered


def _parents(model: Table) -> list[Table]:
    """What its rows point to, or may hang on without a key: their lock asks for that, so it must be there still."""
    files = held() if model in dict(hanging()) else []
    return [field.related_model for field in foreign_keys(model)] + files


def _empty(rows: Rows, least: Tier) -> None:
    for model, keys in rows.items():
        if values := {name: blank(model, name) for name in emptied(model, least)}:
            model._base_manager.filter(pk__in=keys).update(**values)


def _let_go(plan: Plan) -> None:
    """The people themselves: gone, or nameless where the ledger counts them."""
    counted = _counted(plan)
    for person in reversed(plan.people):
        Person._base_manager.filter(pk=person.pk).update(erased_at=timezone.now())
        if person.pk not in counted:
            Person._base_manager.filter(pk=person.pk).delete()


def _counted(plan: Plan) -> set[int]:
    """Those whom a row that stays points to, and those into whom they were merged."""
    counted = set()
    for model, keys in (*plan.keep.items(), *plan.empty.items()):
        for field in foreign_keys(model):
            if field.related_model is Person and (not field.null or field.remote_field.on_delete is PROTECT):
                counted |= set(model._base_manager.filter(pk__in=keys).values_list(field.attname, flat=True))
    for person in plan.people[::-1]:
        if person.pk in counted and person.merged_into_id:
            counted.add(person.merged_into_id)
    return counted


def _silence(holders: set[str], people: Iterable[Person] = ()) -> int:
    """Reasons typed when breaking the glass over what is erased: the request stays, its words go.

    Of people, also what was asked by their alias, as somebody typed it.
    """
    about = Q(object_ref__in=holders)
    for person in people:
        if person.alias:
            about |= Q(organisation_id=person.organisation_id, object_ref__iexact=person.alias)
    return hush(Glass.objects.filter(about))


def hush(rows: QuerySet[Glass]) -> int:
    """Empty the words of these requests, and destroy their keys; returns how many rows."""
    refs = set(rows.values_list("ref", flat=True))
    data.destroy(refs)
    return Glass.objects.filter(ref__in=refs).update(reason=b"", review_note=b"")
