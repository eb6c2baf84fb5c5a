"""The timeline of an entry: what it said before it was amended."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.queries.changes import Change, Line, RowValues, Story, label_of

from ..models import EntryBefore, Support, SupportPerson, SupportTopic

PEOPLE, TOPICS = SupportPerson._meta.db_table, SupportTopic._meta.db_table
CHANGED = Exists(EntryBefore.objects.filter(support=OuterRef("pk")))


def changed_at(actor: Actor, support: Support) -> list[datetime]:
    """When an entry, from `any_support(actor)`, was amended, newest first; `told` puts a page of it into words.

    Nothing from the time when it was about somebody whom the actor may not know of: also its other words may be theirs.
    """
    rows = EntryBefore.objects.filter(support=support)
    if hidden := _last_of_unknown(actor, support):
        rows = rows.filter(at__gt=hidden)
    return list(rows.order_by("-at").values_list("at", flat=True).distinct())


def told(actor: Actor, support: Support, moments: Sequence[datetime]) -> list[Change]:
    """Changes of `changed_at` in words, in the language of the page: one for each time somebody saved the entry.

    Which household somebody belonged to shows in names only to who works with these people, and that is noted.
    """
    if not moments:
        return []
    later = EntryBefore.objects.filter(support=support, at__gte=min(moments)).select_related("by").order_by("-at", "pk")
    rows = [row for row in later if row.at in set(moments)]
    story = Story(actor, rows, later, besides=("topic_id", "person_id"))
    changes = [_change(story, list(together)) for _at, together in groupby(rows, key=lambda row: row.at)]
    home = label_of(PEOPLE, "household_id")
    if any(line.label == home for change in changes for line in change.lines):
        audit.read(actor, support, ["household"])
    return changes


def _last_of_unknown(actor: Actor, support: Support) -> datetime | None:
    """When the entry was last taken from somebody whom the actor may not know of, or who is no more."""
    named = EntryBefore.objects.filter(support=support, table=PEOPLE, before__has_key="person_id")
    people = dict(named.order_by("at").values_list("before__person_id", "at"))
    seen = set(Person.objects.seen_by(actor).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    return max((at for pk, at in people.items() if pk not in seen), default=None)


def _change(story: Story, rows: list[EntryBefore]) -> Change:
    lines = [line for row in rows for line in _lines(story, row) if line.was != line.became]
    by = rows[0].by
    return Change(_("Entry changed"), "other", rows[0].at, by.full_name if by else "", lines)


def _lines(story: Story, row: EntryBefore) -> list[Line]:
    before, after = story.sides(row)
    if row.table == TOPICS:
        return [_topic(story, before, after or {})]
    if row.table == PEOPLE:
        return [_person(story, row, before, after or {})]
    return story.lines(row)


def _topic(story: Story, before: RowValues, after: RowValues) -> Line:
    """A topic by its name: how long it took."""
    name = story.words(TOPICS, "topic_id", (before or after).get("topic_id"))
    return Line(name, _spent(story, before), _spent(story, after))


def _spent(story: Story, topic: RowValues) -> str:
    if not topic:
        return ""
    return story.words(TOPICS, "minutes", topic["minutes"]) if topic["minutes"] else _("talked about")


def _person(story: Story, row: EntryBefore, before: RowValues, after: RowValues) -> Line:
    """Somebody who received it, or did; else the household they belonged to on that day."""
    column = "household_id" if row.before and not row.gone else "person_id"
    was, became = (story.words(PEOPLE, column, side.get(column)) for side in (before, after))
    return Line(label_of(PEOPLE, column), was, became)
