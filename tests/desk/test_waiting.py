"""The numbers of the morning: each is as many as the list to which it leads, and only for whose work it is."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from przystan.access.doors import door
from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.desk.queries.waiting import waiting
from przystan.people.enums import PairState
from przystan.people.models import Consent, ConsentText, PairVerdict, Person, TitleHeld
from przystan.reference.models import ResidenceTitle
from przystan.support.models import Support
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Morning:
    """A coordinator and an adviser of one point."""

    def __init__(self) -> None:
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.service = factories.service()
        self.today = timezone.localdate()
        self.coordinator = factories.actor(self.organisation, "coordinator")
        self.adviser = factories.actor(self.organisation, "adviser", self.point)
        self.page = client(self.coordinator)

    def numbers(self, actor: Any = None) -> dict[str, int]:
        actor = actor or self.coordinator
        with acting(actor):
            return {one.of.key: one.many for one in waiting(actor)}

    def asked(self, person: Person) -> None:
        text = ConsentText.objects.first() or ConsentText.objects.create(purpose="photo", version=1)
        Consent.objects.create(person=person, text=text, given_on=self.today)

    def known(self, name: str = "Олена Коваленко") -> Person:
        """Somebody of whom nothing waits."""
        person = factories.person(self.point, name)
        self.asked(person)
        return person

    def title(self, person: Person, days: int | None) -> TitleHeld:
        kind = ResidenceTitle.objects.first() or ResidenceTitle.objects.create(code="visa")
        ends = None if days is None else self.today + days * DAY
        return TitleHeld.objects.create(person=person, title=kind, valid_from=self.today - 400 * DAY, valid_to=ends)

    def listed(self, key: str) -> int:
        """Rows of the list behind a number, as Today leads to it."""
        with acting(self.coordinator):
            href = next(one.href for one in waiting(self.coordinator) if one.of.key == key)
        assert href in self.page.get("/").text.replace("&amp;", "&")
        return len(self.page.get(href).context["page"].items)


def client(actor: Any) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(User.objects.get(pk=actor.user_id))
    return found


@pytest.fixture
def morning() -> Morning:
    return Morning()


def test_nothing_waits_in_a_quiet_centre(morning: Morning) -> None:
    morning.known()
    assert morning.numbers() == {}


def test_pairs_that_may_be_one_person(morning: Morning) -> None:
    one, other = morning.known(), morning.known()
    PairVerdict.objects.create(first=one, second=other, state=PairState.SUSPECTED, score=0.9)
    assert morning.numbers() == {"doubles": 1}
    assert morning.listed("doubles") == 1
    assert morning.numbers(morning.adviser) == {}


@pytest.mark.parametrize(
    ("days", "waits"), [((59,), True), ((60,), True), ((61,), False), ((-30,), True), ((-31,), False), ((None,), False)]
)
def test_a_title_that_ends(morning: Morning, days: tuple[int | None, ...], waits: bool) -> None:
    person = morning.known()
    for each in days:
        morning.title(person, each)
    assert morning.numbers() == ({"titles": 1} if waits else {})


@pytest.mark.parametrize("later", [61, None])
def test_who_has_a_later_title_does_not_wait(morning: Morning, later: int | None) -> None:
    person = morning.known()
    morning.title(person, 5)
    morning.title(person, later)
    assert morning.numbers() == {}


def test_the_list_of_titles_begins_with_the_first_to_end_and_is_written_down(morning: Morning) -> None:
    people = [morning.known(name) for name in ("Олена Коваленко", "Петро Шевченко")]
    for person, days in zip(people, (40, -3), strict=True):
        morning.title(person, days)
    assert morning.listed("titles") == 2
    page = morning.page.get("/people/titles/").text
    assert page.index("Петро") < page.index("Олена")
    assert page.count("ended") == 1
    read = AuditEntry.objects.filter(actor_id=morning.coordinator.user_id, model="people.person", action="read")
    assert {(row.object_ref, *row.fields) for row in read} == {(person.ref, "titles") for person in people}


def test_titles_of_whom_one_does_not_work_with_are_neither_counted_nor_listed(morning: Morning) -> None:
    person = morning.known()
    morning.title(person, 5)
    assert morning.numbers(morning.adviser) == {}
    page = client(morning.adviser)
    assert person.ref not in page.get("/people/titles/").text
    factories.work_with(person, morning.adviser)
    assert morning.numbers(morning.adviser) == {"titles": 1}
    assert person.ref in page.get("/people/titles/").text


def test_who_was_registered_lately_and_not_asked(morning: Morning) -> None:
    morning.known()
    factories.person(morning.point, "Петро Шевченко")
    long_ago = factories.person(morning.point)
    Person.objects.filter(pk=long_ago.pk).update(created_at=timezone.now() - 91 * DAY)
    assert morning.numbers() == {"consents": 1}
    assert morning.listed("consents") == 1
    assert "Петро" in morning.page.get("/people/consents/missing/").text


def test_what_nobody_pays_for_and_steps_that_are_late(morning: Morning) -> None:
    def give(**values: Any) -> Support:
        return factories.support(morning.point, morning.service, **values)

    give(day=morning.today - 60 * DAY)
    give(day=morning.today - 61 * DAY)
    paid = factories.pay(give(day=morning.today), factories.programme(morning.organisation, morning.service))
    assert morning.numbers() == {"unpaid": 1}
    assert morning.listed("unpaid") == 1
    for days in (-1, 0, 1, -366):
        step = {"next_step": "call", "next_step_on": morning.today + days * DAY}
        factories.pay(give(day=morning.today - 61 * DAY, **step), paid.allocation.programme)
    done = give(day=morning.today - 61 * DAY, next_step="x", next_step_on=morning.today - DAY)
    with door():
        Support.objects.filter(pk=done.pk).update(next_step_done_at=timezone.now())
    assert morning.numbers() == {"unpaid": 1, "late_steps": 1}
    assert morning.listed("late_steps") == 1
    assert len(morning.page.get("/supports/?step=open").context["page"].items) == 3
    assert "late_steps" not in morning.numbers(morning.adviser)


def test_no_more_than_a_hundred_are_counted(morning: Morning) -> None:
    for _each in range(101):
        factories.support(morning.point, morning.service, day=morning.today)
    assert morning.numbers() == {"unpaid": 100}
    assert re.search(r">100\+<", morning.page.get("/").text)


def test_all_numbers_are_one_statement(morning: Morning) -> None:
    factories.person(morning.point)
    with acting(morning.coordinator):
        waiting(morning.coordinator)
        with CaptureQueriesContext(connection) as asked:
            assert waiting(morning.coordinator)
    assert len(asked) == 1
