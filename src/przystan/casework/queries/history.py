"""The timeline of a file: what it said itself before it was changed, closed or opened again."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.people.queries.changes import Change, Story

from ..models import CaseBefore, CaseFile

CHANGED = Exists(CaseBefore.objects.filter(case=OuterRef("pk")))


def history_of(actor: Actor, case: CaseFile) -> QuerySet[CaseBefore]:
    """Changes of a file, from `case_seen`, newest first, and the audit row that they were read."""
    audit.read(actor, case, ["earlier"], tier=case.tier)
    return CaseBefore.objects.filter(case=case).select_related("by").order_by("-pk")


def told(actor: Actor, case: CaseFile, rows: Sequence[CaseBefore]) -> list[Change]:
    """A page of `history_of` in words, in the language of the page."""
    later = CaseBefore.objects.filter(case=case, pk__gte=min((row.pk for row in rows), default=0)) if rows else []
    story = Story(actor, rows, later)
    return [story.change(row) for row in rows]
