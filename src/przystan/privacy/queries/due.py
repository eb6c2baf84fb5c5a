"""What may not be kept any longer. Everything is asked of the rules in force on a day; nothing is decided here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from przystan.access.holders import Holder
from przystan.access.modules import holders, modules, subjects
from przystan.access.subjects import Over, Subject
from przystan.funding.queries.paying import ends_of_paying
from przystan.kernel.dates import add_months
from przystan.people.models import Person

from ..enums import CountedFrom, Holding, Scope
from ..models import Erasure, RetentionRule
from ..rules.dates import Keep, kept_until
from .holds import held_people
from .plans import with_sensitive

Rules = list[RetentionRule]
FROM_YEAR_END = (CountedFrom.PROJECT_END, CountedFrom.WORK_YEAR)


@dataclass(frozen=True)
class Due:
    """Something whose time has ended: `until` was the last day. `automatic`: no one needs to be asked. `model` and
    `object_ref`: the one file that it is, or who works here; empty for a person.
    """

    scope: Scope
    person_id: int | None
    person_ref: str
    until: date
    automatic: bool
    model: str = ""
    object_ref: str = ""


@dataclass(frozen=True)
class _Facts:
    """What a person's time is counted from; `ends`: last days of the programmes that paid, None for one without end."""

    person: Person
    last: date
    ends: dict[int, date | None]


def rules_of(organisation_id: int, day: date) -> Rules:
    """The rules of an organisation on a day: its own, and shipped ones that it has not replaced."""
    return [rule for rule in rules_ever(organisation_id) if rule.holds_on(day)]


def rules_ever(organisation_id: int) -> Rules:
    """The same, also those of days that are over or to come."""
    rows = RetentionRule.objects.filter(Q(organisation_id=organisation_id) | Q(organisation=None))
    rules = list(rows.select_related("programme"))
    own = {rule.code for rule in rules if rule.organisation_id}
    return [rule for rule in rules if rule.organisation_id or rule.code not in own]


def due_files(organisation_id: int, day: date) -> list[Due]:
    """Closed files of all holders whose time has ended before `day`. The caller acts as the system."""
    rules = rules_of(organisation_id, day)
    return [due for holder in holders().values() for due in _due_of(holder, organisation_id, rules, day)]


def _due_of(holder: Holder, organisation_id: int, rules: Rules, day: date, **only: object) -> Iterator[Due]:
    over = {f"{holder.ended}__lt": day}
    closed = holder.table.objects.filter(organisation_id=organisation_id, person__restricted_on=None, **over, **only)
    for row in closed.exclude(person__in=held_people(day)).select_related("person").order_by("pk"):
        mine = _of(rules, holder.holdings[row.least_tier].code, CountedFrom.ENDED)
        until = kept_until((keep(rule), getattr(row, holder.ended)) for rule in mine)
        if until and until < day:
            sure = all(rule.automatic for rule in mine)
            yield Due(Scope.HELD, row.person_id, row.person.ref, until, sure, holder.model, row.ref)


def due_subjects(organisation_id: int, day: date) -> list[Due]:
    """Of all subjects those whose time has ended before `day`. The caller acts as the system."""
    rules = rules_of(organisation_id, day)
    every = ((subject, one) for subject in subjects().values() for one in subject.over(organisation_id, day))
    return [due for subject, one in every if (due := _due_subject(subject, one, rules, day))]


def _due_subject(subject: Subject, one: Over, rules: Rules, day: date) -> Due | None:
    mine, until = times_of(one, rules)
    if until is None or until >= day:
        return None
    sure = all(rule.automatic for rule in mine)
    return Due(Scope.SUBJECT, None, "", until, sure, subject.model, one.row.ref)


def times_of(one: Over, rules: Rules) -> tuple[Rules, date | None]:
    """The rules that keep somebody, and the last day of the longest; None where anything is under no rule."""
    pairs = [(rule, since) for code, since in one.counted for rule in rules if rule.holding == code]
    mine = [rule for rule, _since in pairs]
    if {code for code, _since in one.counted} - {rule.holding for rule in mine}:
        return mine, None
    return mine, kept_until((keep(rule), since) for rule, since in pairs)


def still_due(erasure: Erasure, day: date) -> bool:
    """Whether what a rule listed would be listed on `day` too: who it is about may have come again, or work here again,
    a file may be open again, a rule keep for longer. The caller acts as the system, and holds the row that it is about.
    """
    centre = erasure.organisation_id
    if erasure.scope == Scope.HELD:
        holder = holders()[erasure.model]
        return any(_due_of(holder, centre, rules_of(centre, day), day, ref=erasure.object_ref))
    if erasure.scope == Scope.SUBJECT:
        subject = subjects()[erasure.model]
        row = subject.table._base_manager.filter(organisation=centre, ref=erasure.object_ref).first()
        one = subject.times(row, day) if row else None
        return one is not None and _due_subject(subject, one, rules_of(centre, day), day) is not None
    quiet = quiet_people(centre, day, ref=erasure.person_ref)
    return any(one.scope == erasure.scope for one in due_people(centre, day, quiet))


def quiet_people(organisation_id: int, day: date, **only: object) -> list[int]:
    """People (ids, in order) whom no rule keeps for their last support's sake any more: few, so the rest is asked for
    them only, some at a time. `only`: among these. The caller acts as the system.
    """
    spans = [
        keep(rule).months
        for rule in rules_of(organisation_id, day)
        if rule.counted_from == CountedFrom.LAST_SUPPORT and not rule.programme_id
    ]
    if not spans:
        return []
    latest = add_months(day, -min(spans))
    people = Person.objects.filter(
        organisation_id=organisation_id, erased_at=None, merged_into=None, restricted_on=None, **only
    )
    ever = Q(created_at__date__lte=latest)
    for path in _last_days():  # who was there lately is found by one look at each module's days, not by each person's
        people = people.exclude(**{f"{path}__gt": latest})
        ever |= Q(Exists(Person.objects.filter(pk=OuterRef("pk"), **{f"{path}__lte": latest})))
    return list(people.filter(ever).exclude(pk__in=held_people(day)).order_by("pk").values_list("pk", flat=True))


def due_people(organisation_id: int, day: date, among: Sequence[int]) -> list[Due]:
    """Of these people, whole ones whose time has ended before `day`, and of others the sensitive facts. Who has a file
    left waits for that. The caller acts as the system.
    """
    rules = rules_of(organisation_id, day)
    found = []
    sensitive = with_sensitive(among)
    waiting = _with_files(among)
    for one in _facts(among):
        holding = Holding.PROTECTED if one.person.protected else Holding.ORDINARY
        whole = _until(one, rules, holding)
        if whole and whole < day and one.person.pk not in waiting:
            found.append(_due(one, Scope.PERSON, whole, rules, holding))
        elif one.person.pk in sensitive and not one.person.protected:
            part = _until(one, rules, Holding.SENSITIVE)
            if part and part < day:
                found.append(_due(one, Scope.SENSITIVE, part, rules, Holding.SENSITIVE))
    return found


def _with_files(among: Sequence[int]) -> set[int]:
    """Of these people, those of whom a file is there still, open or closed."""
    rows = (holder.table.objects.filter(person__in=among) for holder in holders().values())
    return {person for files in rows for person in files.order_by().values_list("person_id", flat=True)}


def _due(one: _Facts, scope: Scope, until: date, rules: Rules, holding: Holding) -> Due:
    sure = all(rule.automatic for rule in rules if rule.holding == holding and rule.counted_from != CountedFrom.ENDED)
    return Due(scope, one.person.pk, one.person.ref, until, sure)


def _until(one: _Facts, rules: Rules, holding: str) -> date | None:
    """The last day, by the longest rule; None while a programme that paid has no end, or without a rule."""
    counted = [(keep(rule), one.last) for rule in _of(rules, holding, CountedFrom.LAST_SUPPORT)]
    projects = _of(rules, holding, CountedFrom.PROJECT_END)
    for programme, ends in one.ends.items():
        if projects and ends is None:
            return None
        special = [rule for rule in projects if rule.programme_id == programme]
        counted += [
            (keep(rule), ends) for rule in special or projects if ends and rule.programme_id in (None, programme)
        ]
    return kept_until(counted)


def _of(rules: Rules, holding: str, counted_from: CountedFrom) -> Rules:
    return [rule for rule in rules if rule.holding == holding and rule.counted_from == counted_from]


def keep(rule: RetentionRule) -> Keep:
    """The rule as plain numbers."""
    return Keep(rule.years * 12 + rule.months, from_year_end=rule.counted_from in FROM_YEAR_END)


def _facts(among: Sequence[int]) -> list[_Facts]:
    ends = ends_of_paying(among)
    people = Person.objects.filter(pk__in=among).annotate(last=_last_day()).order_by("pk")
    return [_Facts(person, _last(person), ends[person.pk]) for person in people]


def _last_days() -> list[str]:
    """From a person, the days of what was done for them, whichever module did it."""
    return [path for module in modules() for path in module.last_days]


def _last_day() -> Subquery | Greatest:
    """When something was last done for a person; NULL where nothing was."""
    days = [Subquery(_latest_by(path)) for path in _last_days()]
    return Greatest(*days) if len(days) > 1 else days[0]


def _latest_by(path: str) -> "QuerySet[Any, Any]":
    mine = Person.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    return mine.annotate(latest=Max(path)).values("latest")


def _last(person: Person) -> date:
    last: date | None = person.last  # type: ignore[attr-defined]
    return last or timezone.localdate(person.created_at)
