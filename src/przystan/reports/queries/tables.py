"""The tables of a report as rows of plain values, for any file format."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.funding.enums import Breakdown, Counted
from przystan.funding.models import Indicator, Programme
from przystan.funding.queries.evidence import Evidence, Evidences, evidence_of, may_open
from przystan.funding.queries.indicators import shown
from przystan.funding.queries.telling import Scope
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_READ
from przystan.reference.cldr import language_name

from ..enums import Table
from ..rules import Period
from .figures import Line, adds_up, cells, parts, span_of

Value = Any  # str, int, Decimal, date or None
Row = list[Value]


@dataclass
class Sheet:
    """A table: `title` is short, for a tab of a workbook; `summed`: the columns that add up to something."""

    title: str
    header: list[str]
    rows: Iterator[Row]
    summed: frozenset[str] = frozenset()


@dataclass
class Report:
    """Everything that one report of a programme is made of; `names`: of people, asked for by who may read them."""

    actor: Actor
    programme: Programme
    period: Period
    lines: list[Line]
    names: bool

    def lists(self) -> list[tuple[Indicator, Evidences]]:
        """The list behind each number that the actor may open."""
        asked = [line.indicator for line in self.lines if may_open(self.actor, line.indicator)]
        return [(one, evidence_of(self.actor, one, span_of(self.period))) for one in asked]


def report_of(actor: Actor, programme: Programme, period: Period, names: bool = False) -> Report:
    """`names`: with the names of people, for an actor who may read them."""
    found = parts(actor, period, timezone.localdate(), [programme])
    return Report(actor, programme, period, found[0].lines if found else [], names and actor.can(PEOPLE_READ))


def sheets(report: Report, table: Table | None = None) -> Iterator[Sheet]:
    """One table, or all of them. The lists are one table each in a workbook; alone they follow one another."""
    if table in (None, Table.INDICATORS):
        yield _indicators(report)
    if table in (None, Table.BREAKDOWNS):
        yield _breakdowns(report)
    if table is None:
        for number, (indicator, found) in enumerate(report.lists(), start=1):
            title, header = f"{number} {indicator}", _header(indicator, report)
            yield Sheet(title, header, _list(indicator, found, report), _summed(indicator))
    elif table == Table.LISTS:
        yield _all_lists(report)


def _indicators(report: Report) -> Sheet:
    first, last = _ends(report)
    about: Row = [report.programme.name, report.programme.agreement]
    header = [_("Programme"), _("Agreement"), _("First day"), _("Last day"), _("Indicator"), _("What is counted")]
    rows = (
        [
            *(*about, first, last, str(line.indicator), _counted(line.indicator)),
            *(_untold() if line.number is None else line.number, line.target, _of_whom(line.scope)),
        ]
        for line in report.lines
    )
    return Sheet(_("Indicators"), [*header, _("Number"), _("Target of the whole programme"), _("Note")], rows)


def _ends(report: Report) -> tuple[date | None, date | None]:
    period, programme = report.period, report.programme
    return (programme.starts, programme.ends) if period.is_whole else (period.first, period.last)


def _untold() -> str:
    """Stands where a number would tell too much."""
    return _("not shown")


def _of_whom(scope: Scope) -> str:
    if scope.hidden:
        return _("it could tell something personal about somebody; those who lead all points have it")
    return _("only people whose personal facts you may read") if scope.partial else ""


def _counted(indicator: Indicator) -> str:
    return str(Counted(indicator.counted).label)


def _breakdowns(report: Report) -> Sheet:
    def rows() -> Iterator[Row]:
        for line in report.lines:
            for by in map(Breakdown, line.indicator.breakdowns):
                found = cells(report.actor, line.indicator, report.period, by)
                rows = "" if adds_up(line.indicator, by) else _("people may be in several rows")
                note = "; ".join(part for part in (rows, _of_whom(found.scope)) if part)
                if found.scope.hidden:
                    yield [str(line.indicator), str(by.label), "", _untold(), note]
                for cell in found.rows:
                    yield [str(line.indicator), str(by.label), cell.label, cell.number, note]

    return Sheet(_("Breakdowns"), [_("Indicator"), _("Breakdown"), _("Row"), _("Number"), _("Note")], rows())


def _header(indicator: Indicator, report: Report) -> list[str]:
    names, counted = [_("Names")] if report.names else [], Counted(indicator.counted)
    if counted.of_entries:
        return [*(_result_header() if counted.of_results else _entry_header()), *names]
    who = [_("Reference"), _("Institution")] if counted == Counted.INSTITUTIONS else [_("People"), *names]
    return [*who, _("Entries"), _("First day"), _("Last day")]


def _summed(indicator: Indicator) -> frozenset[str]:
    """Columns of a list with a total below. "Counts as" adds up to the number, where it is not of people."""
    counted = Counted(indicator.counted)
    if not counted.of_entries:
        return frozenset([_("Entries")])
    return frozenset([_("Counts as"), _("Minutes"), *([] if counted.of_results else [_("People in all")])])


def _entry_header() -> list[str]:
    return [
        *(_("Reference"), _("Counts as"), _("Day"), _("Counted on"), _("Service"), _("Point"), _("Minutes")),
        *(_("People in all"), _("Language"), _("People")),
    ]


def _result_header() -> list[str]:
    return [
        *(_("Reference"), _("Counts as"), _("Day"), _("Counted on"), _("What came of it"), _("Point"), _("Minutes")),
        *(_("Institution"), _("Level before"), _("Level now"), _("Proven by"), _("Where the proof is"), _("People")),
    ]


def _list(indicator: Indicator, found: Evidences, report: Report) -> Iterator[Row]:
    for one in found:
        if one.result:
            yield _result(indicator, one, report)
        else:
            yield _entry(indicator, one, report) if one.support else _people(one, report)


def _entry(indicator: Indicator, one: Evidence, report: Report) -> Row:
    """What it counts as is in hours where the number is: the column adds up to it."""
    entry = one.support
    assert entry
    people = [recipient.person for recipient in entry.recipients.all()]
    row: Row = [
        entry.ref,
        shown(indicator, one.weight),
        entry.day,
        entry.booked_on,
        str(entry.service),
        str(entry.point),
    ]
    language = language_name(entry.language) if entry.language else ""
    row += [entry.minutes, entry.headcount, language, _refs(people)]
    return [*row, _names(people)] if report.names else row


def _result(indicator: Indicator, one: Evidence, report: Report) -> Row:
    entry = one.result
    assert entry
    row: Row = [entry.ref, shown(indicator, one.weight), entry.day, entry.booked_on, str(entry.kind), str(entry.point)]
    row += [entry.minutes, str(entry.institution or ""), entry.before, entry.after]
    row += [str(entry.get_proof_display()), entry.evidence, _refs(one.named)]
    return [*row, _names(one.named)] if report.names else row


def _people(one: Evidence, report: Report) -> Row:
    if one.institution:
        return [one.institution.ref, str(one.institution), one.entries, one.first, one.last]
    names = [_names(one.people)] if report.names else []
    return [_refs(one.people), *names, one.entries, one.first, one.last]


def _refs(people: Any) -> str:
    return " ".join(person.ref for person in people)


def _names(people: Any) -> str:
    return ", ".join(name_of(person) for person in people)


def name_of(person: Person) -> str:
    return str(person.display_name)


def _all_lists(report: Report) -> Sheet:
    """The lists one after another: what is counted of people or institutions has only references, entries and days."""

    def rows() -> Iterator[Row]:
        for indicator, found in report.lists():
            for one in found:
                entry, people, counted = one.entry, one.named, one.entry or one.institution
                days: Row = [entry.day, entry.day] if entry else [one.first, one.last]
                row: Row = [
                    str(indicator),
                    counted.ref if counted else "",
                    *days,
                    shown(indicator, one.weight) if entry else one.entries,
                ]
                yield [*row, _refs(people), *([_names(people)] if report.names else [])]

    header = [_("Indicator"), _("Reference"), _("First day"), _("Last day"), _("Counts as, or entries"), _("People")]
    return Sheet(_("Lists"), [*header, *([_("Names")] if report.names else [])], rows())
