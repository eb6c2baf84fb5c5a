"""The timeline of a person: what was known of them before somebody corrected it, and records that became one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden

from ..models import FactBefore, Merge, Person, Relation
from ..policies import sensitive
from .changes import Change, Story, label_of

FACT, MERGED, PARTED = "fact", "merged", "parted"


@dataclass(frozen=True, order=True)
class Moment:
    """When something changed, and where to find what: a FactBefore, or a Merge done or undone."""

    at: datetime
    pk: int
    kind: str = FACT


def history_of(actor: Actor, person: Person) -> list[Moment]:
    """When a person's facts changed, newest first; `told` puts a page of it into words.

    Forbidden unless what is sensitive of the person is for the actor to see. Nothing in it points to somebody whom the
    actor may not know of.
    """
    if not sensitive(actor, person).allowed:
        raise Forbidden("people.history")
    audit.read(actor, person, ["earlier_facts"])
    unknown = _with_unknown(actor, person)
    facts = FactBefore.objects.filter(person=person).exclude(table=Relation._meta.db_table, row__in=unknown)
    moments = [Moment(at, pk) for at, pk in facts.order_by().values_list("at", "pk")]
    for merge in _merges(actor, person):
        moments.append(Moment(merge.at, merge.pk, MERGED))
        if merge.undone_at:
            moments.append(Moment(merge.undone_at, merge.pk, PARTED))
    return sorted(moments, reverse=True)


def told(actor: Actor, person: Person, moments: Sequence[Moment]) -> list[Change]:
    """Changes of `history_of` in words, in the language of the page."""
    facts = FactBefore.objects.select_related("by").in_bulk([one.pk for one in moments if one.kind == FACT])
    rows = {row.row for row in facts.values()}
    later = FactBefore.objects.filter(person=person, row__in=rows, pk__gte=min(facts, default=0)) if facts else []
    story = Story(actor, list(facts.values()), later)
    merges = {merge.pk: merge for merge in _merges(actor, person)} if len(facts) < len(moments) else {}
    return [story.change(facts[one.pk]) if one.kind == FACT else _merged(merges[one.pk], one.kind) for one in moments]


def _with_unknown(actor: Actor, person: Person) -> set[int]:
    """Rows of relations, there or gone, that name somebody whom the actor may not know of."""
    earlier = FactBefore.objects.filter(
        person=person, table=Relation._meta.db_table, before__has_key="other_id"
    ).values_list("row", "before__other_id")
    named = {*Relation.objects.filter(person=person).values_list("pk", "other_id"), *earlier}
    others = {other for _row, other in named}
    seen = set(Person.objects.seen_by(actor).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return {row for row, other in named if other not in seen}


def _merges(actor: Actor, person: Person) -> list[Merge]:
    """Merges of this person with records that the actor may know of."""
    merges = list(Merge.objects.filter(Q(kept=person) | Q(absorbed=person)).select_related("by", "undone_by"))
    others = {pk for merge in merges for pk in (merge.kept_id, merge.absorbed_id)} - {person.pk}
    seen = set(Person.objects.seen_by(actor).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return [merge for merge in merges if {merge.kept_id, merge.absorbed_id} <= seen | {person.pk}]


def _merged(merge: Merge, kind: str) -> Change:
    if kind == PARTED:
        by = merge.undone_by.full_name if merge.undone_by else ""
        return Change(_("One record is two again"), "other", merge.undone_at or merge.at, by)
    by = merge.by.full_name if merge.by else ""
    filled = [name for step in merge.moved for name in step.get("filled", [])]
    labels = ", ".join(label_of(Person._meta.db_table, name) for name in filled)
    note = _("Taken over from the other record: %(fields)s") % {"fields": labels} if labels else ""
    return Change(_("Two records became one"), "other", merge.at, by, note=note)
