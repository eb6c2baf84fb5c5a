"""What the centre offers on a day: the services of the programmes that run then, with the weights of daily life."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from przystan.funding.models import Programme
from przystan.project.demo.chance import Weighted
from przystan.support.models import Service, Topic

# How often each service is asked for; the rest weigh 1. Group services weigh by meeting, not by person.
_ASKED = {
    "first_contact": 7, "residence_advice": 15, "application_help": 9, "work_legality_advice": 6, "legal_advice": 8,
    "legal_document": 3, "vocational_counselling": 6, "psychological_support": 5, "child_psychological_support": 2,
    "polish_lesson": 2.5, "polish_lesson_youth": 0.8, "placement_test": 1.5, "office_accompaniment": 3,
    "other_accompaniment": 1.5, "interpreting": 1.5, "childcare": 0.5, "school_assistance": 4, "peer_tutoring": 2,
    "flat_night": 4, "social_work": 4, "integration_plan": 1.2, "housing_advice": 3, "trafficking_support": 0.2,
    "violence_support": 1.5, "discrimination_support": 0.7, "vocational_workshop": 0.2, "labour_law_workshop": 0.15,
    "leader_training": 0.1, "civic_workshop": 0.25, "shared_event": 0.08, "promotion_event": 0.04,
    "prevention_workshop": 0.06, "protection_network_meeting": 0.06, "officials_training": 0.03,
    "teachers_training": 0.04, "nurses_training": 0.02, "culture_sport_training": 0.02, "employer_meeting": 0.05,
    "advocacy_meeting": 0.1, "volunteer_teacher_training": 0.03, "advice_point_mentoring": 0.08, "employer_advice": 0.5,
    "school_support": 0.4, "counselling_centre_support": 0.4, "micro_grant_support": 0.3, "roma_family_work": 0.4,
}  # fmt: skip
# Without a programme volunteers keep the door open.
_WHOLE = 45.0
_UNPAID = ["first_contact", "residence_advice", "application_help", "community_advice"]
_FOR_CHILDREN = frozenset(["school_assistance", "peer_tutoring", "child_psychological_support", "polish_lesson_youth"])
READINESS = "school_readiness_assessment"  # for children about to start school
_GROUPS = frozenset(["lesson", "workshop", "event"])


@dataclass(frozen=True)
class Given:
    """A service as the generator needs it, with its topics."""

    id: int
    code: str
    line: str
    unit: str
    minutes: int
    audience: str
    topics: tuple[int, ...]

    @cached_property
    def is_group(self) -> bool:
        return self.unit in _GROUPS or (self.unit == "meeting" and self.audience != "newcomers")


@dataclass(frozen=True)
class Menu:
    """The services of a day, by who may come for them."""

    adults: Weighted[Given]
    children: Weighted[Given] | None
    hosts: Weighted[Given] | None  # people of the host community
    codes: frozenset[str]
    breadth: float  # 1 when the whole range of work is paid for, less when only a part of it is


class Offer:
    """All services and programmes; `menu(day)` is cheap."""

    def __init__(self, organisation: int) -> None:
        self.services = _services()
        programmes = Programme.objects.filter(organisation_id=organisation, outside=False).order_by("pk")
        self._programmes = [
            (p.starts, p.ends, frozenset(p.services.values_list("code", flat=True))) for p in programmes
        ]
        self._menus: dict[frozenset[int], Menu] = {}

    def running(self, day: date) -> frozenset[int]:
        """Which programmes (by position) run on a day."""
        return frozenset(
            at
            for at, (first, last, _) in enumerate(self._programmes)
            if (first is None or first <= day) and (last is None or day <= last)
        )

    def menu(self, day: date) -> Menu:
        """What is offered on a day."""
        running = self.running(day)
        if running not in self._menus:
            codes = set().union(*(self._programmes[at][2] for at in running)) or set(_UNPAID)
            self._menus[running] = _menu([self.services[code] for code in sorted(codes) if code in self.services])
        return self._menus[running]


def _services() -> dict[str, Given]:
    topics: dict[str, list[int]] = {}
    for topic, line in Topic.objects.order_by("position", "pk").values_list("pk", "lines__code"):
        topics.setdefault(line, []).append(topic)
    return {
        s.code: Given(
            s.pk, s.code, s.line.code, s.unit, s.default_minutes, s.audience, tuple(topics.get(s.line.code, ()))
        )
        for s in Service.objects.select_related("line").order_by("pk")
        if s.unit != "research"  # research supports nobody by name
    }


def _menu(services: list[Given]) -> Menu:
    def weighted(chosen: list[Given]) -> Weighted[Given] | None:
        return Weighted([(s, _ASKED.get(s.code, 1)) for s in chosen]) if chosen else None

    breadth = max(0.15, min(1.0, sum(_ASKED.get(s.code, 1) for s in services) / _WHOLE))
    youth = [s for s in services if s.code in _FOR_CHILDREN]
    adults = [s for s in services if s.code not in _FOR_CHILDREN and s.code != READINESS]
    everyone = weighted(adults) or weighted(services)
    assert everyone
    hosts = weighted([s for s in adults if s.audience == "both"])
    return Menu(everyone, weighted(youth), hosts, frozenset(s.code for s in services), breadth)


def working_days(offer: Offer, first: date, last: date) -> list[tuple[date, float]]:
    """The days from first to last with the share of the centre's work that falls on each."""
    days = []
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        weight = 0.0 if (day.month, day.day) in _HOLIDAYS else _WEEKDAYS[day.weekday()] * _YEARS.get(day.year, 26)
        if day.month in (7, 8) or (day.month == 12 and day.day > 20):
            weight *= 0.6
        weight *= offer.menu(day).breadth if offer.running(day) else 0.03
        if weight:
            days.append((day, weight))
    return days


# Walk-in days are Monday to Thursday; Fridays are for offices and files.
_WEEKDAYS = [1.3, 1.0, 1.0, 1.0, 0.35, 0.0, 0.0]
_HOLIDAYS = {(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 26)}
_YEARS = {
    2014: 4, 2015: 6, 2016: 7, 2017: 5, 2018: 4, 2019: 6, 2020: 7, 2021: 11, 2022: 22, 2023: 9, 2024: 12, 2025: 10,
}  # fmt: skip
