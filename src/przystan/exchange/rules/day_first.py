"""Whether 5/12/1990 is in May or in December: the other dates of its column say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

DATES: Final = frozenset(
    {"birth", "written", "title_from", "title_to", "arrived", "day", "child_birth", "partner_birth"}
)
NUMBERS: Final = re.compile(r"(\d{1,2})([-./])(\d{1,2})([-./](?:\d{4}|\d{2})\b.*)")
MONTHS: Final = 12
SLIP: Final = 0.2  # a smaller part of the dates than this is slips, not another order
STOPS_SLIP: Final = 1  # with full stops nobody writes the month first: one such date is a slip of its own


class Order:
    """How the dates of one column are written: those with full stops begin with the day, whatever the others say."""

    def __init__(self, texts: Iterable[str]):
        dates = [match for match in (NUMBERS.fullmatch(text.strip()) for text in texts) if match]
        self.stops = Way([match for match in dates if match[2] == "."], day_first=True)
        self.strokes = Way([match for match in dates if match[2] != "."])

    def _way(self, date: re.Match[str]) -> "Way":
        return self.stops if date[2] == "." else self.strokes

    def turned(self, text: str) -> str:
        """The same date with its day first, as it is read everywhere else."""
        match = NUMBERS.fullmatch(text.strip())
        if match is None or not self._way(match).month_first or int(match[1]) > MONTHS:
            return text
        return f"{match[3]}{match[2]}{match[1]}{match[4]}"

    def remark(self, text: str) -> str:
        """What is to be known of a date of which both could be the day; "" for any other."""
        match = NUMBERS.fullmatch(text.strip())
        if not match or max(int(match[1]), int(match[3])) > MONTHS or match[1] == match[3]:
            return ""
        way = self._way(match)
        doubtful = way.mixed or (not way.told and match[2] == "/")  # with full stops the day stands first here
        return "month_first" if way.month_first else "day_or_month" if doubtful else ""


class Way:
    """Dates with one mark between their numbers: `month_first`, in both orders (`mixed`), or nobody can tell. Those
    that stand `day_first` are never turned: several that cannot be so make the others doubtful."""

    def __init__(self, dates: Sequence[re.Match[str]], *, day_first: bool = False):
        days = sum(int(date[1]) > MONTHS >= int(date[3]) for date in dates)
        months = sum(int(date[3]) > MONTHS >= int(date[1]) for date in dates)
        told = days + months
        self.month_first = not day_first and bool(told) and months >= (1 - SLIP) * told and not days > SLIP * told
        slips = SLIP * told
        self.mixed = months > max(slips, STOPS_SLIP) if day_first else min(days, months) > slips
        self.told = bool(told)


def orders(rows: Sequence[Sequence[str]], mapping: Mapping[int, str]) -> dict[int, Order]:
    """For each column of dates how it is written."""
    columns = [column for column, field in mapping.items() if field in DATES]
    return {column: Order(row[column] for row in rows if column < len(row)) for column in columns}
