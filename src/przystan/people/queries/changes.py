"""Earlier wordings put into words: each change as what was said before it and after it.

For every table of earlier wordings (`access.models.Before`), here and in the modules above. What a row says after a
change is what its next change found there, or what it says now.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Func, JSONField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from przystan.access.actors import Actor
from przystan.access.fields import SealedTextField
from przystan.access.models import Before
from przystan.reference.cldr import country_name, language_name
from przystan.ui.templatetags.ui import day, minutes

from ..models import Household, HouseholdMember, Person

RowValues = dict[str, Any]  # column -> value, as PostgreSQL's to_jsonb writes it
EMPTY = (None, "", "\\x")
SPOKEN: dict[str, Callable[[Any], object]] = {
    "country": country_name,
    "language": language_name,
    "birth": day,
    "arrived": day,
    "minutes": minutes,
}
# Of relations that no form names; other relations without a name of their own are not told.
LABELS = {
    "other": gettext_lazy("person"),
    "person": gettext_lazy("person"),
    "household": gettext_lazy("household"),
    "text": gettext_lazy("consent"),
    "seen_by": gettext_lazy("seen by"),
}


@dataclass(frozen=True)
class Line:
    """What one field said and says; "" for nothing. `became` is None where nobody knows any more."""

    label: str
    was: str
    became: str | None = None

    @property
    def long(self) -> bool:
        """Whether it takes more than a line."""
        return max(len(self.was), len(self.became or "")) > 120


@dataclass(frozen=True)
class Change:
    """One change: of what, who and when, what kind ("changed", "gone", "added", "other"), and field by field."""

    what: str
    kind: str
    at: datetime
    by: str
    lines: list[Line] = field(default_factory=list)
    note: str = ""


class Story:
    """Changes of some rows with what is needed to tell them: a handful of queries, however many they are.

    `rows`: those to tell. `later`: every change of the same rows from the oldest of these on, themselves included.
    `besides`: columns whose words are asked for though they did not change.
    """

    def __init__(self, actor: Actor, rows: Sequence[Before], later: Iterable[Before], besides: Iterable[str] = ()):
        self._sides = _sides(later)
        self._names = _names(actor, self._mentioned(rows, set(besides)))

    def sides(self, row: Before) -> tuple[RowValues, RowValues | None]:
        """The whole row before a change and after it; None where that is not known."""
        return self._sides[row.pk]

    def change(self, row: Before) -> Change:
        """A change of one row by itself."""
        kind = "gone" if row.gone else "changed" if row.before else "added"
        by = row.by.full_name if row.by else ""
        return Change(str(model_of(row.table)._meta.verbose_name), kind, row.at, by, self.lines(row))

    def lines(self, row: Before) -> list[Line]:
        """Field by field; without those that the machine makes."""
        before, after = self.sides(row)
        changed = row.before or after or {}
        told = (self._line(row, column, before, after) for column in fields_of(row.table) if column in changed)
        return [line for line in told if line.label and (line.was or line.became)]

    def words(self, table: str, column: str, value: Any) -> str:
        """A value in words, in the language of the page; "" for one that is empty or not for the actor to know."""
        field = fields_of(table).get(column)
        if field is None or value in EMPTY:
            return ""
        if field.is_relation:
            return self._names.get((field.related_model, value), "")
        return _plain(field, value)

    def _line(self, row: Before, column: str, before: RowValues, after: RowValues | None) -> Line:
        was = self.words(row.table, column, before.get(column))
        if after is None or row.gone or column not in after:
            return Line(label_of(row.table, column), was)
        became = self.words(row.table, column, after.get(column))
        if became and isinstance(fields_of(row.table)[column], SealedTextField) and was:
            became = _("another sealed text")
        return Line(label_of(row.table, column), was, became)

    def _mentioned(self, rows: Sequence[Before], besides: set[str]) -> dict[Any, set[int]]:
        found: dict[Any, set[int]] = defaultdict(set)
        for row in rows:
            before, after = self.sides(row)
            fields = fields_of(row.table)
            for column in {*(row.before or after or ()), *besides} & fields.keys():
                if fields[column].is_relation:
                    named = (state.get(column) for state in (before, after or {}))
                    found[fields[column].related_model] |= {pk for pk in named if pk is not None}
        return found


@cache
def fields_of(table: str) -> dict[str, Any]:
    """Columns of a table with their fields."""
    return {str(field.column): field for field in model_of(table)._meta.concrete_fields}


@cache
def model_of(table: str) -> Any:
    """The model that is kept in a table."""
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def label_of(table: str, column: str) -> str:
    """What people call the field; "" for what is made by the machine, or is there no more."""
    field = fields_of(table).get(column)
    if field is None:
        return ""
    if isinstance(field.verbose_name, Promise):
        return str(field.verbose_name)
    return str(LABELS.get(field.name, "")) if field.is_relation else ""


def _plain(field: Any, value: Any) -> str:
    if isinstance(field, SealedTextField):
        return _("a sealed text")
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateField):
        return day(value)
    if isinstance(field, models.TimeField):
        return str(value)[:5]
    if speak := SPOKEN.get(field.name):
        return str(speak(value))
    return str(dict(field.flatchoices).get(value, value))


def _sides(later: Iterable[Before]) -> dict[int, tuple[RowValues, RowValues | None]]:
    """Backwards in time from what the rows say now."""
    changes = sorted(later, key=lambda row: -row.pk)
    states: dict[tuple[str, int], RowValues | None] = {**_rows_now({(row.table, row.row) for row in changes})}
    sides = {}
    for row in changes:
        after = {} if row.gone else states.get((row.table, row.row))
        added = not row.gone and not row.before
        before = {} if added else {**(after or {}), **row.before}
        sides[row.pk] = (before, after)
        states[row.table, row.row] = before
    return sides


def _rows_now(keys: set[tuple[str, int]]) -> dict[tuple[str, int], RowValues]:
    """What the rows say now, one query for each table."""
    wanted = defaultdict(list)
    for table, pk in keys:
        wanted[table].append(pk)
    return {(table, pk): state for table, pks in wanted.items() for pk, state in _whole(table, pks)}


def _whole(table: str, pks: list[int]) -> Any:
    whole = Func(template=f'to_jsonb("{table}")', output_field=JSONField())
    return model_of(table)._base_manager.filter(pk__in=pks).values_list("pk", whole)


def _names(actor: Actor, mentioned: dict[Any, set[int]]) -> dict[tuple[Any, int], str]:
    """Names of what rows point to; of people only those whom the actor may know of."""
    special = {Person: _people, Household: _households}
    names = {}
    for model, pks in mentioned.items():
        found = special[model](actor, pks) if model in special else _others(model, pks)
        names.update({(model, pk): name for pk, name in found.items()})
    return names


def _others(model: Any, pks: set[int]) -> dict[int, str]:
    return {pk: str(row) for pk, row in model._base_manager.in_bulk(pks).items()}


def _people(actor: Actor, pks: set[int]) -> dict[int, str]:
    """Name whoever was merged into another by the name of that one."""
    seen = Person.objects.seen_by(actor).prefetch_related("names", "merged_into__names")
    rows = seen.select_related("merged_into").filter(pk__in=pks)
    return {row.pk: (row.merged_into or row).display_name for row in rows}


def _households(actor: Actor, pks: set[int]) -> dict[int, str]:
    """A household has no name: it is told by those of its members with whom the actor works."""
    known = Person.objects.worked_with_by(actor).values("pk")
    rows = HouseholdMember.objects.filter(household__in=pks, person__in=known).order_by("id")
    names: dict[int, list[str]] = {pk: [] for pk in pks}
    for row in rows.select_related("person").prefetch_related("person__names"):
        names[row.household_id].append(row.person.display_name)
    return {pk: ", ".join(dict.fromkeys(found)) or _("a household") for pk, found in names.items()}
