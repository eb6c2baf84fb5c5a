"""An attendance sheet: one group for each of its days, with the people whose rows have a mark."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.funding.actions import NOT_ASKED, Given, Wish, give_groups
from przystan.support.rules import Entry, Group

from ..enums import Decision
from ..models import ImportBatch, ImportRow
from ..rows.entries import Rows
from ..rules.attendance import days_of, month_told

HEADER_ROWS = 3  # below the header in which days may stand


class Sheet(NamedTuple):
    """What a sheet does not say of its groups, as the user stated it: codes and references, "" for what is not told.

    `first`: the first day, for headers without year or month. `minutes`: how long, 0 for as long as usual.
    """

    service: str
    first: str = ""
    minutes: int = 0
    title: str = ""
    point: str = ""
    staff: str = ""
    payer: str = ""


def sheet_of(batch: ImportBatch) -> Sheet:
    """What was stated of a sheet."""
    return Sheet(**batch.group)


def require_sheet(batch: ImportBatch, mapping: Mapping[int, str], sheet: Sheet | None) -> dict[str, Any]:
    """What was stated, as it is kept. ValidationError without a service, or for a column of marks without its day."""
    if sheet is None or not sheet.service:
        raise ValidationError(_("Choose the service that was given."))
    first = date.fromisoformat(sheet.first) if sheet.first else None
    if without_day(batch.header, mapping, first):
        raise ValidationError(_("Of some columns the day is not known."))
    return sheet._asdict()


def without_day(header: Sequence[str], mapping: Mapping[int, str], first: date | None) -> list[int]:
    """Columns of marks whose header tells no day, or one that has not come yet."""
    today = timezone.localdate()
    days = days_of(_headers(header, mapping), first, today)
    return [column for column in _headers(header, mapping) if column not in days or days[column] > today]


def _headers(header: Sequence[str], mapping: Mapping[int, str]) -> dict[int, str]:
    return {column: header[column] for column, name in mapping.items() if name == "mark"}


def days_of_batch(batch: ImportBatch) -> dict[int, date]:
    """Column -> day."""
    first = batch.group.get("first", "")
    headers = _headers(batch.header, {int(column): name for column, name in batch.mapping.items()})
    return days_of(headers, date.fromisoformat(first) if first else None, timezone.localdate())


def marks_of(entry: Mapping[str, Any]) -> list[tuple[int, str, int]]:
    """Column, day and minutes of each mark that counts: not of days that were left out."""
    return [(mark[0], mark[1], mark[2]) for mark in entry["marks"] if mark[0] not in entry.get("left", ())]


class Came(NamedTuple):
    """Who came on one day: by reference the row of each and their minutes; rows that name nobody."""

    day: str
    people: dict[str, tuple[ImportRow, int]]
    unnamed: list[ImportRow]


def give_marks(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow], known: Rows) -> list[list[Given]]:
    """Write a group for each day on which somebody came, and say for each row which supports it made.

    Rows that name nobody are the unnamed of a group: their one support is said of the first of them. Of two rows about
    one person the first counts.
    """
    sheet, days = sheet_of(batch), _days(rows)
    wish = Wish(sheet.payer, reason=_("imported"), settled=True) if sheet.payer else NOT_ASKED
    written = give_groups(by=by, groups=[_group(sheet, one, known) for one in days], wish=wish)
    made: dict[int, list[Given]] = {row.pk: [] for row in rows}
    for one, group in zip(days, written, strict=True):
        theirs = [*(row for row, _minutes in one.people.values()), *one.unnamed[:1]]
        for row, given in zip(theirs, group.given, strict=True):
            made[row.pk].append(given)
    return [made[row.pk] for row in rows]


def _days(rows: Sequence[ImportRow]) -> list[Came]:
    """Each column in which there is a mark, in their order."""
    found: dict[int, Came] = {}
    for row in rows:
        for column, day, minutes in marks_of(row.entry):
            came = found.setdefault(column, Came(day, {}, []))
            if row.decision == Decision.SAME:
                came.people.setdefault(row.chosen, (row, minutes))
            else:
                came.unnamed.append(row)
    return [found[column] for column in sorted(found)]


def _group(sheet: Sheet, came: Came, known: Rows) -> Group:
    entry = Entry(
        service_id=known.services[sheet.service].pk,
        point_id=known.points.get(sheet.point, known.here).pk,
        day=date.fromisoformat(came.day),
        kind="group",
        people=tuple(came.people),
        headcount=len(came.people) + len(came.unnamed),
        minutes=sheet.minutes or known.services[sheet.service].default_minutes,
        staff_id=known.staff.get(sheet.staff),
    )
    longer = {ref: minutes for ref, (_row, minutes) in came.people.items() if minutes}
    return Group(entry=entry, title=sheet.title, minutes=longer)


def guess_days(batch: ImportBatch) -> list[int]:
    """Columns whose headers tell a day; where none does and one of the first rows does, that row becomes the header."""
    if not (found := _told(batch, dict(enumerate(batch.header)))):
        for row in batch.rows.order_by("number")[:HEADER_ROWS]:
            columns = {column: cell for column, cell in enumerate(row.cells) if cell.strip()}
            if len(found := _told(batch, columns)) > 1 and 2 * len(found) > len(columns):
                batch.header = [columns[place] if place in found else text for place, text in enumerate(batch.header)]
                batch.rows_total -= row.delete()[0]
                return found
    return found


def _told(batch: ImportBatch, texts: Mapping[int, str]) -> list[int]:
    first = first_day(batch) or timezone.localdate().replace(month=1, day=1)
    return list(days_of(texts, first, timezone.localdate()))


def first_day(batch: ImportBatch) -> date | None:
    """The first day of a sheet: as it was stated, else of the month that its name tells."""
    stated = batch.group.get("first", "")
    return date.fromisoformat(stated) if stated else month_told([batch.sheet, batch.filename])
