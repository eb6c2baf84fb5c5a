"""Attendance sheets: which day a column is, and what the marks below it say."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from przystan.kernel.dates import month_of

from . import values
from .day_first import Order
from .table import plain

PRESENT, ABSENT = "present", "absent"
AGAIN: Final = re.compile(r"\s*\(\d+\)$")  # how a header that stands twice is told apart
WHOLE: Final = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b")
SHORT: Final = re.compile(r"\b(\d{1,2})\s*[./-]\s*(\d{1,2}|[ivx]{1,4}\b)\.?(?!\d)", re.IGNORECASE)
WORD: Final = re.compile(r"\b(\d{1,2})\s+([^\W\d_]{3,})\b")
ALONE: Final = re.compile(r"\d{1,2}")
WEEKDAYS: Final = re.compile(
    r"\b(?:pn|pon|wt|wto|śr|sr|czw|pt|pią|sb|sob|nd|ndz|nie|mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|нд|вс)\w*\b\.?",
    re.IGNORECASE,
)
SHEET_MONTH: Final = re.compile(
    r"(?<!\d)(0?[1-9]|1[0-2])[._ -]+(20\d\d)(?!\d)|(?<!\d)(20\d\d)[._ -]+(0?[1-9]|1[0-2])(?!\d)"
)
SHEET_WORD: Final = re.compile(r"([^\W\d_]{3,})[\W_]*(20\d\d)")
LAST_DAY: Final = 31
HOURS: Final = 12


def days_of(headers: Mapping[int, str], first: date | None, today: date) -> dict[int, date]:
    """Column -> its day, for the headers that tell one: "4.03.2024", "śr 4.03", "4 III", "4 marca", "4".

    `first`: the first day of the sheet; what has no year is the first such day from then on, a number alone the first
    such day from the column before it on. Without it only whole dates are days.
    """
    texts = {column: AGAIN.sub("", text) for column, text in headers.items()}
    order = Order(texts.values())
    found: dict[int, date] = {}
    before = first
    for column, text in sorted(texts.items()):
        day = _day(order.turned(text), first, before, today)
        if day:
            found[column] = before = day
    return found


def _day(text: str, first: date | None, before: date | None, today: date) -> date | None:
    if match := WHOLE.search(text):
        return _whole(match[0], today)
    if first is None or before is None:
        return None
    text = WEEKDAYS.sub(" ", text).strip(" .,()")
    if match := SHORT.search(text):
        month = int(match[2]) if match[2].isdigit() else month_of(match[2].casefold())
        return _next(first, int(match[1]), month)
    if match := WORD.search(text):
        return _next(first, int(match[1]), month_of(match[2].casefold()))
    return _next(before, int(text)) if ALONE.fullmatch(text) else None


def _whole(text: str, today: date) -> date | None:
    try:
        return values.full_date(text, today)
    except values.Unclear:
        return None


def _next(since: date, day: int, month: int | None = None) -> date | None:
    """The first such day from `since` on, within a year."""
    if not 1 <= day <= LAST_DAY:
        return None
    year = (since + timedelta(days=after) for after in range(366))
    return next((one for one in year if one.day == day and month in (None, one.month)), None)


def month_told(texts: Sequence[str]) -> date | None:
    """The first day of the month that the name of a sheet or a file tells: "marzec 2024", "obecnosc_03-2024.xlsx"."""
    for text in texts:
        if match := SHEET_MONTH.search(text):
            year, month = (match[2], match[1]) if match[1] else (match[3], match[4])
            return date(int(year), int(month), 1)
        for match in SHEET_WORD.finditer(text):
            if month_number := month_of(match[1].casefold()):
                return date(int(match[2]), month_number, 1)
    return None


def mark(words: Mapping[str, str]) -> Callable[[str], int | None]:
    """A reader of marks: minutes of somebody who was there (0: as long as the group), None of who was not.

    `words`: what marks mean: `PRESENT`, `ABSENT`, or minutes as text.
    """

    def read(text: str) -> int | None:
        meaning = words.get(text.strip().casefold()) or words.get(plain(text))
        if meaning == PRESENT:
            return 0
        if meaning is not None:
            return int(meaning) if meaning.isdigit() else None
        return _minutes(text)

    return read


def _minutes(text: str) -> int:
    """ "2h", "1:30", "90 min", "90": a number alone is minutes where it is more than hours of a day."""
    try:
        found = values.minutes(text)
    except values.Unclear as error:
        raise values.Unclear("not_a_mark") from error
    if text.strip().isdigit() and found <= HOURS:
        raise values.Unclear("not_a_mark")
    return found
