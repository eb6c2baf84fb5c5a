"""Entries of the ledger: one call, one support with its recipients, topics and next step."""

from datetime import date, time, timedelta
from random import Random
from typing import Any

from przystan.project.demo import chance
from przystan.project.demo.centre import Centre, Desk
from przystan.project.demo.chance import Weighted
from przystan.project.demo.copying import Loader
from przystan.project.demo.offer import Given
from przystan.project.demo.people import Client
from przystan.project.demo.phrases import NEXT_STEPS, PLACES, ROLES
from przystan.project.demo.recording import Books, Made
from przystan.support.models import Gathering
from przystan.support.rules import Effort, Entry

_EPIDEMIC = (date(2020, 3, 12), date(2021, 5, 31))
_MODE = Weighted([("in_person", 72), ("phone", 14), ("message", 7), ("online", 7)])
_MODE_EPIDEMIC = Weighted([("in_person", 20), ("phone", 45), ("message", 10), ("online", 25)])
_MODE_BY_UNIT = {"accompaniment": "outside", "visit": "home", "night": "home"}
_OUTCOME = Weighted([("answered", 40), ("done", 26), ("continues", 22), ("referred", 9), ("not_possible", 3)])
_STRANGER = Weighted([("interpreter", 42), ("family", 24), ("volunteer", 16), ("missing", 9)])
_TOPICS = Weighted([(1, 62), (2, 30), (3, 8)])
_SPOKEN_AT_DESK = Weighted([("uk", 38), ("ru", 34), ("pl", 17), ("en", 11)])
_EVERY_DAY = (10, 16)
_TRUSTED = 0.56


class Entries:
    """Makes one centre's supports up and hands them to a book."""

    def __init__(self, rng: Random, loader: Loader, centre: Centre, today: date, books: Books) -> None:
        self.rng, self.loader, self.centre, self.today = rng, loader, centre, today
        self.count = 0
        self._gathering = loader.table(Gathering, "ref organisation_id point_id service_id day minutes title")
        self.book = books(centre, loader)

    def full(self, client: Client, service: Given, day: date) -> None:
        """A support for one person."""
        rng = self.rng
        staff = self.staff(client.desk, service)
        language, interpreter = self._language(client, staff)
        minutes = self._minutes(service)
        todo, due, done = self._next_step(service, day)
        self._add(
            client.desk, service, day, client, done=done,
            kind="full", staff_id=staff, minutes=minutes, mode=self._mode(service, day),
            place=rng.choice(PLACES) if service.line == "accompaniment" else "",
            language=language, interpreter=interpreter, outcome=_OUTCOME.pick(rng),
            efforts=self._topics(service, minutes), starts_at=self._at(client.desk, day),
            next_step=todo, next_step_on=due,
        )  # fmt: skip

    def night(self, client: Client, service: Given, day: date) -> None:
        """A night in a supported flat."""
        staff = self.staff(client.desk, service)
        self._add(client.desk, service, day, client, kind="full", staff_id=staff, mode="home")

    def contact(self, desk: Desk, service: Given, day: date) -> None:
        """Ten seconds at the desk: no name asked."""
        rng = self.rng
        minutes = rng.choice([5, 5, 10, 10, 15])
        self._add(
            desk, service, day, kind="contact", staff_id=self.staff(desk, service), minutes=minutes,
            mode=self._mode(service, day), language=_SPOKEN_AT_DESK.pick(rng), outcome="answered",
            headcount=rng.choice([1, 1, 1, 1, 2, 3]), efforts=self._topics(service, minutes),
            starts_at=self._at(desk, day),
        )  # fmt: skip

    def gathering(self, desk: Desk, service: Given, day: date, minutes: int, title: str) -> int:
        """A lesson, workshop or event, to which `attended` and `unnamed` belong."""
        return self._gathering(chance.ref(self.rng), self.centre.id, desk.id, service.id, day, minutes, title)

    def attended(
        self, client: Client, desk: Desk, service: Given, day: date, minutes: int, staff: int, gathering: int
    ) -> None:
        """One of those whose names were taken at a gathering."""
        self._add(
            desk, service, day, client, kind="group", staff_id=staff, minutes=minutes, language="pl",
            gathering_id=gathering, starts_at=self._at(desk, day),
        )  # fmt: skip

    def unnamed(
        self, desk: Desk, service: Given, day: date, minutes: int, staff: int, gathering: int, headcount: int
    ) -> None:
        """All those at a gathering whose names were not taken."""
        self._add(
            desk, service, day, kind="group", staff_id=staff, minutes=minutes, language="pl",
            gathering_id=gathering, headcount=headcount, starts_at=self._at(desk, day),
        )  # fmt: skip

    def staff(self, desk: Desk, service: Given) -> int:
        """Somebody at the desk whose work this is."""
        for role in ROLES.get(service.line, ()):
            if role in desk.staff:
                return self.rng.choice(desk.staff[role])
        return self.rng.choice(desk.staff["adviser"])

    def _add(self, desk: Desk, service: Given, day: date, *clients: Client, done: bool = False, **values: Any) -> None:
        """Hand an entry to the book; where a fact was never asked, some advisers take the person's word and say so."""
        self.count += 1
        people = tuple(client.ref for client in clients)
        entry = Entry(service_id=service.id, point_id=desk.id, day=day, people=people, **values)
        trusted = entry.kind != "contact" and self.rng.random() < _TRUSTED
        self.book.add(Made(entry, clients, done, trusted))
        self.loader.flush()

    def _at(self, desk: Desk, day: date) -> time:
        first, last = desk.hours.get(day.weekday(), _EVERY_DAY)
        return time(self.rng.randint(first, last - 1), self.rng.choice((0, 15, 30, 45)))

    def _minutes(self, service: Given) -> int:
        usual = service.minutes
        return self.rng.choice((usual // 2 // 5 * 5, usual, usual, usual, usual + 15, usual + 30)) if usual else 0

    def _mode(self, service: Given, day: date) -> str:
        if service.unit in _MODE_BY_UNIT:
            return _MODE_BY_UNIT[service.unit]
        epidemic = _EPIDEMIC[0] <= day <= _EPIDEMIC[1]
        return (_MODE_EPIDEMIC if epidemic else _MODE).pick(self.rng)

    def _language(self, client: Client, staff: int) -> tuple[str, str]:
        """The language spoken and by which help."""
        known = self.centre.speaks[staff]
        shared = [language for language in client.languages if language in known]
        if not shared:
            return client.languages[0], _STRANGER.pick(self.rng)
        language = shared[0] if self.rng.random() < 0.8 else shared[-1]
        return language, "none" if language == "pl" else "staff"

    def _topics(self, service: Given, minutes: int) -> tuple[Effort, ...]:
        if not service.topics:
            return ()
        count = min(_TOPICS.pick(self.rng) if minutes >= 15 else 1, len(service.topics))
        # The first topics of a line are the common ones.
        at = int(self.rng.random() ** 1.7 * len(service.topics))
        chosen = dict.fromkeys(service.topics[(at + number * 3) % len(service.topics)] for number in range(count))
        share = minutes // len(chosen)
        first, *others = chosen
        spent = minutes - share * len(others)
        return (Effort(topic_id=first, minutes=spent), *(Effort(topic_id=one, minutes=share) for one in others))

    def _next_step(self, service: Given, day: date) -> tuple[str, date | None, bool]:
        """Text, day and whether it is done: most old ones are, the fresh ones keep Today alive."""
        rng = self.rng
        ago = (self.today - day).days
        if rng.random() > (0.6 if ago < 20 else 0.12):
            return "", None, False
        text = rng.choice(NEXT_STEPS.get(service.line) or NEXT_STEPS[""])
        due = day + timedelta(rng.randint(2, 18))
        return text, due, due < self.today and rng.random() < (0.985 if ago > 40 else 0.8)
