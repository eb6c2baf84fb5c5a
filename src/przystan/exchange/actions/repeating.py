"""Supports that may be written twice: the same row again, or a file that overlaps with what is recorded."""

from collections.abc import Sequence
from dataclasses import asdict

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.support.models import Support

from ..enums import Decision, ImportKind
from ..models import ImportBatch, ImportRow
from ..rows.entries import Rows
from ..rules.drafts import Problem
from ..rules.repeats import Given, Seen
from .attendance import marks_of

DAYS, BEFORE_BIRTH = "days_there", "before_birth"
IN_FILE, IN_LEDGER = "twice_in_file", "twice_in_ledger"
REMARKS = {IN_FILE: "alike_in_file", IN_LEDGER: "alike_in_ledger"}


def ask_repeated(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Ask of each row about somebody whether it is the same support again; of anonymous ones remark it."""
    rows = [row for row in rows if not row.problems and row.decision != Decision.SKIP]
    if not rows:
        return
    _remark_births(by, rows)
    if batch.kind == ImportKind.ATTENDANCE:
        ask_days(by, batch, rows)
        return
    known = Rows(by)
    ledger, file = _recorded(by, rows), _earlier(batch, rows, known)
    for row in rows:
        given, staff = _given(row, known)
        code = IN_LEDGER if ledger.has(given, staff) else IN_FILE if file.has(given, staff) else ""
        file.add(given, staff)
        if code and given.person:
            row.problems = [*row.problems, asdict(Problem(None, code))]
        elif code:
            row.remarks = [*row.remarks, asdict(Problem(None, REMARKS[code]))]


def _remark_births(by: Actor, rows: Sequence[ImportRow]) -> None:
    """What was given before somebody was born, by the register: the day or the birth is wrong."""
    refs = {row.chosen for row in rows if row.decision == Decision.SAME}
    born = dict(Person.objects.seen_by(by).filter(ref__in=refs).values_list("ref", "birth_from"))
    for row in rows:
        row.remarks = [one for one in row.remarks if isinstance(one, str) or one["code"] != BEFORE_BIRTH]
        days = [day for _column, day, _minutes in marks_of(row.entry)] if "marks" in row.entry else [row.entry["day"]]
        birth = born.get(row.chosen)
        if birth and days and min(days) < birth.isoformat():
            row.remarks = [*row.remarks, asdict(Problem(None, BEFORE_BIRTH))]


def ask_days(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Ask of each row of an attendance sheet of which days something is recorded: of that service, for that person."""
    people = {row.chosen for row in rows if row.decision == Decision.SAME}
    days = {day for row in rows for _column, day, _minutes in marks_of(row.entry)}
    there = Support.objects.seen_by(by).standing().filter(service__code=batch.group["service"], day__in=days)
    recorded = {
        (ref, day.isoformat())
        for ref, day in there.filter(recipients__person__ref__in=people)
        .order_by("pk")
        .values_list("recipients__person__ref", "day")
    }
    for row in rows:
        again = [mark for mark in marks_of(row.entry) if (row.chosen, mark[1]) in recorded]
        row.entry = {name: value for name, value in row.entry.items() if name not in ("there", "left")}
        row.remarks = [one for one in row.remarks if isinstance(one, str) or one["code"] != DAYS]
        if again:
            row.entry["there"] = [column for column, _day, _minutes in again]
            row.problems = [*row.problems, asdict(Problem(None, "days_in_ledger"))]
            row.remarks = [
                *row.remarks,
                asdict(Problem(None, DAYS, ", ".join(day for _column, day, _minutes in again))),
            ]


def _given(row: ImportRow, known: Rows) -> tuple[Given, int | None]:
    entry = row.entry
    person = row.chosen if row.decision == Decision.SAME else ""
    minutes = entry.get("minutes", known.services[entry["service"]].default_minutes)
    headcount = 1 if person else entry.get("headcount", 1)
    return Given(person, entry["day"], entry["service"], minutes, headcount), known.staff.get(entry.get("staff", ""))


def _earlier(batch: ImportBatch, rows: Sequence[ImportRow], known: Rows) -> Seen:
    """Other rows of the file that are about the same people and will be imported."""
    seen, numbers = Seen(), {row.number for row in rows}
    chosen = {row.chosen for row in rows if row.decision == Decision.SAME}
    others = batch.rows.filter(decision=Decision.SAME, chosen__in=chosen, problems=[]).exclude(number__in=numbers)
    for row in others.order_by("number", "part"):
        seen.add(*_given(row, known))
    return seen


def _recorded(by: Actor, rows: Sequence[ImportRow]) -> Seen:
    """Standing entries of the days of these rows, for the same people or for nobody by name."""
    seen = Seen()
    days = {row.entry["day"] for row in rows}
    people = {row.chosen for row in rows if row.decision == Decision.SAME}
    fields = ("day", "service__code", "minutes", "headcount", "staff_id")
    there = Support.objects.seen_by(by).standing().filter(day__gte=min(days), day__lte=max(days))
    named = there.filter(recipients__person__ref__in=people) if people else there.none()
    for ref, day, service, minutes, _count, staff in named.order_by("pk").values_list(
        "recipients__person__ref", *fields
    ):
        seen.add(Given(ref, day.isoformat(), service, minutes), staff)
    if any(row.decision == Decision.NEW for row in rows):
        unnamed = there.filter(recipients=None)
        for day, service, minutes, count, staff in unnamed.order_by("pk").values_list(*fields):
            seen.add(Given("", day.isoformat(), service, minutes, count), staff)
    return seen
