"""Meetings of many: courses whose groups stay together for weeks, and workshops and events that do not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from przystan.project.demo.entries import Entries
from przystan.project.demo.offer import Given
from przystan.project.demo.people import Client

_LESSONS = 24  # twice a week for three months
_LEVELS = ["A0", "A1", "A1+", "A2", "B1"]


@dataclass
class Course:
    """A group that learns together."""

    title: str
    members: list[Client]
    teacher: int
    lessons_left: int = _LESSONS


class Groups:
    """Gatherings of one centre. `pick` gives somebody known."""

    def __init__(self, rng: Random, entries: Entries, pick: Callable[[], Client]) -> None:
        self.rng, self.entries, self.pick = rng, entries, pick
        self._courses: dict[tuple[int, str], Course] = {}

    def meet(self, client: Client, service: Given, day: date, room: int) -> None:
        """One meeting at the client's desk; it writes at most `room` supports, but at least one."""
        if service.audience == "host":
            self._hosts(client, service, day)
        elif service.unit == "lesson":
            self._lesson(client, service, day, room)
        else:
            self._once(client, service, day, room)

    def _hosts(self, client: Client, service: Given, day: date) -> None:
        """Officials, teachers, nurses, neighbours: counted, not named."""
        entries, desk, rng = self.entries, client.desk, self.rng
        if not service.is_group:
            entries.contact(desk, service, day)
            return
        gathering = entries.gathering(desk, service, day, service.minutes, "")
        staff = entries.staff(desk, service)
        headcount = rng.randint(30, 150) if service.unit == "event" else rng.randint(6, 24)
        entries.unnamed(desk, service, day, service.minutes, staff, gathering, headcount)

    def _lesson(self, client: Client, service: Given, day: date, room: int) -> None:
        key = (client.desk.id, service.code)
        course = self._courses.get(key)
        if not course or not course.lessons_left:
            course = self._courses[key] = self._new_course(client, service, day)
        course.lessons_left -= 1
        present = [member for member in course.members if self.rng.random() < 0.8] or course.members[:1]
        self._write(present[: max(1, room)], client, service, day, course.title, course.teacher)

    def _new_course(self, client: Client, service: Given, day: date) -> Course:
        young = service.code.endswith("youth")
        members = self._people(client, 10, day, young)
        title = f"Polski {self.rng.choice(_LEVELS)}, grupa {day:%m/%Y}"
        return Course(title, members, self.entries.staff(client.desk, service))

    def _once(self, client: Client, service: Given, day: date, room: int) -> None:
        size = 3 if service.code == "peer_tutoring" else self.rng.randint(5, 14)
        present = self._people(client, size, day, service.code == "peer_tutoring")
        gathering = self._write(
            present[: max(1, room)], client, service, day, "", self.entries.staff(client.desk, service)
        )
        if service.unit == "event" and room > len(present):
            staff = self.entries.staff(client.desk, service)
            headcount = self.rng.randint(10, 60)
            self.entries.unnamed(client.desk, service, day, service.minutes, staff, gathering, headcount)

    def _people(self, first: Client, size: int, day: date, young: bool) -> list[Client]:
        """Up to `size` different people of the fitting age, `first` among them."""
        chosen = {first.id: first}
        for _ in range(size * 3):
            if len(chosen) == size:
                break
            client = self.pick()
            if (((day - client.born).days < 18 * 365) == young) and client.way != "host":
                chosen[client.id] = client
        return list(chosen.values())

    def _write(self, present: list[Client], client: Client, service: Given, day: date, title: str, staff: int) -> int:
        entries = self.entries
        gathering = entries.gathering(client.desk, service, day, service.minutes, title)
        for member in present:
            entries.attended(member, client.desk, service, day, service.minutes, staff, gathering)
        return gathering


class Flats:
    """The four supported flats: a family stays for months, then another moves in."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._stays: list[tuple[Client, date] | None] = [None] * 4

    def resident(self, candidate: Client, day: date) -> Client | None:
        """Who slept in one of the flats that night: the candidate moves into an empty one; None if he cannot."""
        flat = self.rng.randrange(len(self._stays))
        stay = self._stays[flat]
        if stay and stay[1] > day:
            return stay[0]
        if not candidate.household or candidate.desk.code != "gdansk":
            return None
        self._stays[flat] = (candidate, day + timedelta(self.rng.randint(120, 330)))
        return candidate
