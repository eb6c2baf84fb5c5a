"""Rows of the ledger: one call, one support with its recipients, topics and next step."""

from datetime import date, timedelta
from random import Random

from przystan.project.demo import chance
from przystan.project.demo.centre import Centre, Desk
from przystan.project.demo.chance import Weighted
from przystan.project.demo.copying import Loader
from przystan.project.demo.offer import Given
from przystan.project.demo.people import Client
from przystan.project.demo.phrases import NEXT_STEPS, PLACES, ROLES
from przystan.support.models import Gathering, Support, SupportPerson, SupportTopic

_FIELDS = (
    "ref organisation_id point_id service_id staff_id kind sign day booked_on starts_at minutes headcount mode place"
    " language interpreter outcome next_step next_step_on next_step_done_at next_step_done_by_id gathering_id"
    " reverses_id form_token created_at created_by_id"
)
_EPIDEMIC = (date(2020, 3, 12), date(2021, 5, 31))
_MODE = Weighted([("in_person", 72), ("phone", 14), ("message", 7), ("online", 7)])
_MODE_EPIDEMIC = Weighted([("in_person", 20), ("phone", 45), ("message", 10), ("online", 25)])
_MODE_BY_UNIT = {"accompaniment": "outside", "visit": "home", "night": "home"}
_OUTCOME = Weighted([("answered", 40), ("done", 26), ("continues", 22), ("referred", 9), ("not_possible", 3)])
_STRANGER = Weighted([("interpreter", 42), ("family", 24), ("volunteer", 16), ("missing", 9)])
_TOPICS = Weighted([(1, 62), (2, 30), (3, 8)])
_SPOKEN_AT_DESK = Weighted([("uk", 38), ("ru", 34), ("pl", 17), ("en", 11)])
_EVERY_DAY = (10, 16)


class Entries:
    """Writes one centre's supports."""

    def __init__(self, rng: Random, loader: Loader, centre: Centre, today: date) -> None:
        self.rng, self.loader, self.centre, self.today = rng, loader, centre, today
        self.count = 0
        self._gathering = loader.table(Gathering, "ref organisation_id point_id service_id day minutes title")
        self._support = loader.table(Support, _FIELDS)
        self._person = loader.table(SupportPerson, "support_id person_id household_id")
        self._topic = loader.table(SupportTopic, "support_id topic_id minutes")

    def full(self, client: Client, service: Given, day: date) -> None:
        """A support for one person."""
        rng = self.rng
        staff = self.staff(client.desk, service)
        language, interpreter = self._language(client, staff)
        minutes = self._minutes(service)
        place = rng.choice(PLACES) if service.line == "accompaniment" else ""
        support = self._row(
            client.desk, service, staff, "full", day, minutes=minutes, mode=self._mode(service, day), place=place,
            language=language, interpreter=interpreter, outcome=_OUTCOME.pick(rng),
        )  # fmt: skip
        self._person(support, client.id, client.household)
        self._topics(support, service, minutes)

    def night(self, client: Client, service: Given, day: date) -> None:
        """A night in a supported flat."""
        staff = self.staff(client.desk, service)
        support = self._row(client.desk, service, staff, "full", day, minutes=0, mode="home", step=False, timed=False)
        self._person(support, client.id, client.household)

    def contact(self, desk: Desk, service: Given, day: date) -> None:
        """Ten seconds at the desk: no name asked."""
        rng = self.rng
        minutes = rng.choice([5, 5, 10, 10, 15])
        support = self._row(
            desk, service, self.staff(desk, service), "contact", day, minutes=minutes, mode=self._mode(service, day),
            language=_SPOKEN_AT_DESK.pick(rng), outcome="answered", headcount=rng.choice([1, 1, 1, 1, 2, 3]),
        )  # fmt: skip
        self._topics(support, service, minutes)

    def gathering(self, desk: Desk, service: Given, day: date, minutes: int, title: str) -> int:
        """A lesson, workshop or event, to which `attended` and `unnamed` belong."""
        return self._gathering(chance.ref(self.rng), self.centre.id, desk.id, service.id, day, minutes, title)

    def attended(
        self, client: Client, desk: Desk, service: Given, day: date, minutes: int, staff: int, gathering: int
    ) -> None:
        """One named person's share of a gathering."""
        language = "pl" if service.line == "polish_courses" else self._language(client, staff)[0]
        support = self._row(desk, service, staff, "group", day, minutes=minutes, language=language, gathering=gathering)
        self._person(support, client.id, client.household)

    def unnamed(
        self, desk: Desk, service: Given, day: date, minutes: int, staff: int, gathering: int, headcount: int
    ) -> None:
        """All those at a gathering whose names were not taken."""
        self._row(
            desk, service, staff, "group", day, minutes=minutes, language="pl", gathering=gathering, headcount=headcount
        )  # fmt: skip

    def staff(self, desk: Desk, service: Given) -> int:
        """Somebody at the desk whose work this is."""
        for role in ROLES.get(service.line, ()):
            if role in desk.staff:
                return self.rng.choice(desk.staff[role])
        return self.rng.choice(desk.staff["adviser"])

    def _row(
        self, desk: Desk, service: Given, staff: int, kind: str, day: date, *, minutes: int, mode: str = "in_person",
        place: str = "", language: str = "", interpreter: str = "none", outcome: str = "", gathering: int | None = None,
        headcount: int = 1, step: bool = True, timed: bool = True,
    ) -> int:  # fmt: skip
        self.count += 1
        rng = self.rng
        first, last = desk.hours.get(day.weekday(), _EVERY_DAY)
        hour, minute = rng.randint(first, last - 1), rng.choice(("00", "15", "30", "45"))
        at = f"{hour:02}:{minute}"
        todo, due, done_at = self._next_step(service, day) if step and kind == "full" else ("", None, None)
        number = self._support(
            chance.ref(rng), self.centre.id, desk.id, service.id, staff, kind, 1, day, day,
            at if timed else None, minutes, headcount, mode, place, language, interpreter, outcome, todo, due, done_at,
            staff if done_at else None, gathering, None, None, f"{day}T{at}:30+00", staff,
        )  # fmt: skip
        self.loader.flush()
        return number

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

    def _topics(self, support: int, service: Given, minutes: int) -> None:
        if not service.topics:
            return
        count = min(_TOPICS.pick(self.rng) if minutes >= 15 else 1, len(service.topics))
        # The first topics of a line are the common ones.
        at = int(self.rng.random() ** 1.7 * len(service.topics))
        share = minutes // count
        for number in range(count):
            topic = service.topics[(at + number * 3) % len(service.topics)]
            if number and topic == service.topics[at]:
                break
            self._topic(support, topic, minutes - share * (count - 1) if number == 0 else share)

    def _next_step(self, service: Given, day: date) -> tuple[str, date | None, str | None]:
        """Text, day and when it was done: most old ones are done, the fresh ones keep Today alive."""
        rng = self.rng
        ago = (self.today - day).days
        if rng.random() > (0.6 if ago < 20 else 0.12):
            return "", None, None
        text = rng.choice(NEXT_STEPS.get(service.line) or NEXT_STEPS[""])
        due = day + timedelta(rng.randint(2, 18))
        if due < self.today and rng.random() < (0.985 if ago > 40 else 0.8):
            done = min(due + timedelta(rng.randint(-1, 5)), self.today - timedelta(1))
            return text, due, f"{max(done, day)}T15:{rng.randint(10, 59)}:00+00"
        return text, due, None
