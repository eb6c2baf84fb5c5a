"""Dates known in part: a year, a year and month, or a day; written as ISO 8601 ("1987", "1987-05", "1987-05-03")."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

# First three letters of months in Polish (both cases), English, Ukrainian and Russian.
MONTH_FORMS: Final = (
    "sty jan січ янв, lut feb лют фев, mar бер мар, kwi apr кві апр, maj may тра май мая, cze jun чер июн, "
    "lip jul лип июл, sie aug сер авг, wrz sep вер сен, paź paz oct жов окт, lis nov лис ноя, gru dec гру дек"
)
MONTHS: Final = {
    letters: month for month, forms in enumerate(MONTH_FORMS.split(","), start=1) for letters in forms.split()
}
ROMAN: Final = {
    numeral: month for month, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)
}


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date of which the day, or the month too, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read "YYYY", "YYYY-MM" or "YYYY-MM-DD"; ValueError when it is none of them or no day of the calendar."""
        if not re.match(PATTERN, text):
            raise ValueError(f"not a date, month or year: {text!r}")
        parts = [int(part) for part in text.split("-")]
        value = cls(*parts)
        value.earliest()
        return value

    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)


def month_of(word: str) -> int | None:
    """The month of a numeral ("IX") or of a name, also cut short ("wrz", "paźdz")."""
    word = word.casefold()
    return ROMAN.get(word) or (MONTHS.get(word[:3]) if len(word) > 2 else None)


def age_on(day: date, born: date) -> int:
    """Whole years on a day; who was born on 29 February turns older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last one: 31 January and one month is 28 or 29 February."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
