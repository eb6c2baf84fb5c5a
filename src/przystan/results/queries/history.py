"""The timeline of a result: what it said before it was amended."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.queries.changes import Change, Story

from ..models import Result, ResultBefore

CHANGED = Exists(ResultBefore.objects.filter(result=OuterRef("pk")))


def changed_at(actor: Actor, result: Result) -> list[datetime]:
    """When a result, from `any_result(actor)`, was amended, newest first; `told` puts a page of it into words.

    Nothing from the time when it was about somebody whom the actor may not know of: also its other words may be theirs.
    """
    rows = ResultBefore.objects.filter(result=result)
    if hidden := _last_of_unknown(actor, result):
        rows = rows.filter(at__gt=hidden)
    return list(rows.order_by("-at").values_list("at", flat=True).distinct())


def told(actor: Actor, result: Result, moments: Sequence[datetime]) -> list[Change]:
    """Changes of `changed_at` in words, in the language of the page."""
    if not moments:
        return []
    later = ResultBefore.objects.filter(result=result, at__gte=min(moments)).select_related("by").order_by("-at", "pk")
    story = Story(actor, [row for row in later if row.at in set(moments)], later)
    return [_change(story, row) for row in later if row.at in set(moments)]


def _change(story: Story, row: ResultBefore) -> Change:
    lines = [line for line in story.lines(row) if line.was != line.became]
    return Change(_("Entry changed"), "other", row.at, row.by.full_name if row.by else "", lines)


def _last_of_unknown(actor: Actor, result: Result) -> datetime | None:
    """When the result was last taken from somebody whom the actor may not know of, or who is no more."""
    named = ResultBefore.objects.filter(result=result, before__has_key="person_id").order_by("at")
    people = dict(named.values_list("before__person_id", "at"))
    people.pop(None, None)
    seen = set(Person.objects.seen_by(actor).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    return max((at for pk, at in people.items() if pk not in seen), default=None)
