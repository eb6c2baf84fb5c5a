"""Today: what I must do now, what becomes late, what I left open."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.rights import SETTINGS
from przystan.funding.models import Programme
from przystan.funding.rights import PAYER_CHOOSE, PROGRAMMES_READ
from przystan.people.rights import PEOPLE_READ
from przystan.support.models import Support
from przystan.support.queries import of_day, open_steps
from przystan.support.rights import SUPPORT_LOG, SUPPORT_READ

from ..queries.first_steps import Ticked, first_steps
from ..queries.supports import UNPAID_BACK, YEAR, unpaid_of, with_payer
from ..queries.waiting import Number, waiting

AHEAD, SHOWN, MOST_STEPS = 7, 8, 60


@dataclass
class Today:
    """What waits for one member of staff; of what is late, the latest. Other modules add their parts on the page."""

    day: date
    late: list[Support] = field(default_factory=list)
    due: list[Support] = field(default_factory=list)
    logged: list[Support] = field(default_factory=list)
    unpaid: list[Support] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    first: list[Ticked] = field(default_factory=list)

    @property
    def first_done(self) -> int:
        """How many of the first steps are done."""
        return sum(one.done for one in self.first)

    @property
    def is_quiet(self) -> bool:
        return not (self.late or self.due or self.unpaid or self.first or self.numbers)


def today(request: HttpRequest) -> HttpResponse:
    """The first page after login; each part only for those whose work it is."""
    actor, day = request.actor, timezone.localdate()
    context: dict[str, Any] = {
        "today": _today(actor, day),
        "can_log": actor.can(SUPPORT_LOG),
        "can_read_people": actor.can(PEOPLE_READ),
        "can_read_supports": actor.can(SUPPORT_READ),
        "can_pay": actor.can(PAYER_CHOOSE),
        "leads": actor.can(SETTINGS),
    }
    return render(request, "desk/today.html", context)


def _today(actor: Actor, day: date) -> Today:
    found = Today(day, numbers=waiting(actor), first=first_steps(actor))
    if actor.can(SUPPORT_READ) and actor.can(SUPPORT_LOG):
        # What is late for more than a year is history, not work for today.
        steps = list(open_steps(actor, day + timedelta(days=AHEAD)).filter(next_step_on__gte=day - YEAR)[:MOST_STEPS])
        late = [step for step in steps if step.next_step_on and step.next_step_on < day]
        found.late, found.due = late[-SHOWN:], [step for step in steps if step not in late][:SHOWN]
        found.logged = list(with_payer(of_day(actor, day))[:SHOWN])
    if actor.can(PAYER_CHOOSE) and actor.can(SUPPORT_LOG):
        found.unpaid = list(unpaid_of(actor, day - UNPAID_BACK)[:SHOWN])
    if actor.can(PROGRAMMES_READ):
        running = Programme.objects.seen_by(actor).running_on(day).filter(outside=False)
        found.programmes = list(running.order_by("ends", "id")[:SHOWN])
    return found
