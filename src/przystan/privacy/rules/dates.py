"""When an answer is due, and until when something is kept. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from przystan.kernel.dates import add_months

ANSWER_MONTHS, EXTENDED_MONTHS = 1, 3  # GDPR Art. 12(3): one month, "extended by two further months"


def answer_due(received_on: date, extended: bool = False) -> date:
    """The last day for an answer (Regulation (EEC) 1182/71 art. 3 counts months so)."""
    return add_months(received_on, EXTENDED_MONTHS if extended else ANSWER_MONTHS)


@dataclass(frozen=True)
class Keep:
    """One rule: so many months from a day. `from_year_end`: counted from 31 December of that day's year."""

    months: int
    from_year_end: bool = False

    def until(self, day: date) -> date:
        """The last day on which it is kept."""
        return add_months(date(day.year, 12, 31) if self.from_year_end else day, self.months)


def kept_until(rules: Iterable[tuple[Keep, date]]) -> date | None:
    """The last day of the longest of these; None without any rule: then it is kept, and somebody must decide."""
    return max((keep.until(day) for keep, day in rules), default=None)
