"""The ledger of the demo: day by day, who came for what, in the order in which a real centre would have logged it."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from przystan.project.demo.centre import OPENED, Centre
from przystan.project.demo.entries import Entries
from przystan.project.demo.groups import Groups
from przystan.project.demo.offer import READINESS, Given, Offer, working_days
from przystan.project.demo.people import Client, Register

_ANONYMOUS = 0.12
_TWINS = 0.008  # arrivals that are somebody known, registered again
_QUICK = frozenset(["first_contact", "residence_advice", "work_legality_advice", "community_advice"])


class Ledger:
    """Fills one centre with people and supports up to yesterday."""

    def __init__(
        self, rng: Random, centre: Centre, offer: Offer, register: Register, entries: Entries, today: date
    ) -> None:
        self.rng, self.centre, self.offer, self.today = rng, centre, offer, today
        self.register, self.entries = register, entries
        self.groups = Groups(rng, entries, self.frequent)

    def fill(self, people: int, supports: int, tick: Callable[[float], None]) -> None:
        """Register so many people and log so many supports, spread over the centre's years."""
        first = max(OPENED, min(desk.opened for desk in self.centre.desks))
        days = working_days(self.offer, first, self.today - timedelta(1))
        scale = supports / sum(weight for _, weight in days)
        target = 0.0
        for number, (day, weight) in enumerate(days):
            target += weight * scale
            self._day(day, target, people, supports)
            if number % 50 == 0:
                tick(self.entries.count / supports)
        self._day(days[-1][0], supports, people, supports)

    def _day(self, day: date, target: float, people: int, supports: int) -> None:
        """Log until the target so far is met; newcomers come at the pace of the supports."""
        entries, clients = self.entries, self.register.clients
        while entries.count < round(target):
            due = people * (entries.count + 1) / supports
            if len(clients) < min(due, people):
                self._newcomer(day, people - len(clients))
            else:
                self._known(day, round(target) - entries.count)

    def _newcomer(self, day: date, at_most: int) -> None:
        if len(self.register.clients) > 20 and self.rng.random() < _TWINS:
            client = self.register.arrive_again(day)
        else:
            client = self.register.arrive(day, at_most)
        self.entries.full(client, self.offer.services["first_contact"], day)

    def _known(self, day: date, room: int) -> None:
        """A contact for which no name is taken, a group, or one of the people known."""
        client = self.frequent()
        service = self._service(client, day)
        if self.rng.random() < _ANONYMOUS:
            quick = service if service.code in _QUICK else self.offer.services["first_contact"]
            self.entries.contact(client.desk, quick, day)
        elif service.is_group or service.audience == "host":
            self.groups.meet(client, service, day, room)
        else:
            self.entries.full(client, service, day)

    def frequent(self) -> Client:
        """Someone known: newcomers of late far more often than those of years ago."""
        clients = self.register.clients
        back = int(self.rng.expovariate(1 / (0.12 * len(clients) + 4)))
        return clients[-1 - back % len(clients)]

    def _service(self, client: Client, day: date) -> Given:
        menu = self.offer.menu(day)
        age = (day - client.born).days / 365.25
        if client.way == "host":
            return menu.hosts.pick(self.rng) if menu.hosts else self.offer.services["first_contact"]
        if age >= 17:
            return menu.adults.pick(self.rng)
        if age < 7 and READINESS in menu.codes and self.rng.random() < 0.2:
            return self.offer.services[READINESS]
        if age >= 5 and menu.children:
            return menu.children.pick(self.rng)
        papers = "application_help" if "application_help" in menu.codes else "first_contact"
        return self.offer.services[papers]
