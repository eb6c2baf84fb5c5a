"""The ledger of the demo: day by day, who came for what, in the order in which a real centre would have logged it."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from przystan.project.demo.centre import OPENED, Centre
from przystan.project.demo.entries import Entries
from przystan.project.demo.groups import Flats, Groups
from przystan.project.demo.offer import READINESS, Given, Offer, working_days
from przystan.project.demo.people import Client, Register

_ANONYMOUS = 0.12
_TWINS = 120  # each so-many-th arrival is somebody known, registered again
# What is known of people goes three years after they were last helped (privacy/data/retention.toml): in a centre that
# lives, those of whom anything is known have come again before that, but for a few who are gone for good.
_AWAY = timedelta(1000)
_GONE = 50  # each so-many-th person
_QUICK = ("first_contact", "first_contact", "residence_advice", "work_legality_advice", "community_advice")


class Ledger:
    """Fills one centre with people and supports up to yesterday."""

    def __init__(
        self, rng: Random, centre: Centre, offer: Offer, register: Register, entries: Entries, today: date
    ) -> None:
        self.rng, self.centre, self.offer, self.today = rng, centre, offer, today
        self.register, self.entries = register, entries
        self.arrivals = 0
        self.last: dict[int, tuple[Client, date]] = {}  # who was there longest ago comes first
        self.groups = Groups(rng, entries, self.frequent)
        self.flats = Flats(rng)

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
                tick(self.entries.count / max(1, supports))
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
        self.arrivals += 1
        again, known = self.arrivals % _TWINS == 40, len(self.register.clients)
        client = self.register.arrive_again(day) if again else self.register.arrive(day, at_most)
        for number, one in enumerate(self.register.clients[known:], start=known):
            if number % _GONE != _GONE // 2:
                self.last[one.id] = one, day
        self._serve(client, self._first(day), day, 6)

    def _known(self, day: date, room: int) -> None:
        """A contact for which no name is taken, a group, or one of the people known."""
        if back := self._long_away(day):
            self.entries.full(back, self._first(day), day)
            return self._was_there(back, day)
        client = self.frequent()
        service = self._service(client, day)
        if self.rng.random() < _ANONYMOUS:
            quick = self._first(day)
            service = quick if quick.code in _QUICK else self.offer.services["first_contact"]
            self.entries.contact(client.desk, service, day)
        else:
            self._serve(client, service, day, room)
            if not service.is_group:  # who comes to a group is drawn there
                self._was_there(client, day)

    def _long_away(self, day: date) -> Client | None:
        """Somebody who was not there for so long that they come again."""
        client, last = next(iter(self.last.values()), (None, day))
        return client if last < day - _AWAY else None

    def _was_there(self, client: Client, day: date) -> None:
        if self.last.pop(client.id, None):
            self.last[client.id] = client, day

    def _first(self, day: date) -> Given:
        """What someone asks for who comes for the first time."""
        menu = self.offer.menu(day)
        quick = [code for code in _QUICK if code in menu.codes]
        return self.offer.services[self.rng.choice(quick)] if quick else menu.adults.pick(self.rng)

    def _serve(self, client: Client, service: Given, day: date, room: int) -> None:
        if service.code == "flat_night":
            resident = self.flats.resident(client, day)
            if resident:
                self.entries.night(resident, service, day)
            else:
                self.entries.full(client, self._first(day), day)
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
            return menu.hosts.pick(self.rng) if menu.hosts else self._first(day)
        if age >= 17:
            return menu.adults.pick(self.rng)
        if age < 7 and READINESS in menu.codes and self.rng.random() < 0.2:
            return self.offer.services[READINESS]
        if age >= 5 and menu.children:
            return menu.children.pick(self.rng)
        # The papers of small children are adults' errands.
        return (
            self.offer.services["application_help"] if "application_help" in menu.codes else menu.adults.pick(self.rng)
        )
