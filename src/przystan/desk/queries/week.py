"""My week: what one member of staff gave on each day, what is due, and where nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from przystan.access.actors import Actor
from przystan.support.models import Support
from przystan.support.queries import open_steps
from przystan.team.models import OfficeHours

from .supports import supports_of
from .visits import Visit, together

DAYS = timedelta(days=7)
FRIDAY = 4  # of 0 to 6


@dataclass(frozen=True)
class Day:
    """One day of the week. `gap`: a day of work that has come, and nothing is written."""

    day: date
    visits: list[Visit]
    gap: bool

    @property
    def entries(self) -> int:
        """How many supports, counter-entries taken off."""
        return sum(support.sign for visit in self.visits for support in visit.supports)

    @property
    def minutes(self) -> int:
        return sum(visit.minutes for visit in self.visits)


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday. `due`: own next steps of these days, not done; `late`: of before."""

    starts: date
    days: list[Day]
    due: list[Support]
    late: int

    @property
    def ends(self) -> date:
        return self.starts + DAYS - timedelta(days=1)

    @property
    def before(self) -> date:
        return self.starts - DAYS

    @property
    def after(self) -> date:
        return self.starts + DAYS

    @property
    def entries(self) -> int:
        return sum(day.entries for day in self.days)

    @property
    def minutes(self) -> int:
        return sum(day.minutes for day in self.days)


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def week_of(actor: Actor, day: date, today: date) -> Week:
    """The actor's own week in which a day lies, seen on `today`. Only what they gave themselves."""
    starts = monday(day)
    ends = starts + DAYS - timedelta(days=1)
    given = supports_of(actor, starts, ends).order_by("day", "-id").select_related("gathering")
    by_day: dict[date, list[Support]] = {}
    for support in given:
        by_day.setdefault(support.day, []).append(support)
    steps = list(open_steps(actor, ends))
    due = [one for one in steps if one.next_step_on and one.next_step_on >= starts]
    opens = working_days(actor, starts)
    days = [_day(starts + timedelta(days=number), by_day, opens, today) for number in range(DAYS.days)]
    return Week(starts, days, due, len(steps) - len(due))


def working_days(actor: Actor, starts: date) -> frozenset[int]:
    """Weekdays (0 to 6) on which the actor's point is open in the week; Monday to Friday where nobody wrote that."""
    at = OfficeHours.objects.filter(Q(valid_to=None) | Q(valid_to__gte=starts), point_id=actor.point_id or 0)
    written = at.filter(Q(valid_from=None) | Q(valid_from__lt=starts + DAYS)).order_by("weekday")
    return frozenset(written.values_list("weekday", flat=True)) or frozenset(range(FRIDAY + 1))


def _day(day: date, by_day: dict[date, list[Support]], opens: Iterable[int], today: date) -> Day:
    visits = together(by_day.get(day, []))[::-1]
    return Day(day, visits, not visits and day <= today and day.weekday() in opens)
