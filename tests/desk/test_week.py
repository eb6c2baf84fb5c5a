"""My week: one's own entries by day, what is due, and days on which nothing is written."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from przystan.access.doors import door
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.desk.queries.week import Week, monday, week_of
from przystan.desk.views.days import day_in
from przystan.support.models import Support
from przystan.team.models import OfficeHours
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEDNESDAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)


class Desk:
    """An adviser and a colleague."""

    def __init__(self) -> None:
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.service, self.person = factories.service(), factories.person(self.point)
        self.adviser = factories.actor(self.organisation, "adviser", self.point)
        self.colleague = factories.actor(self.organisation, "adviser", self.point)
        self.page = Client(headers={"accept-language": "en"})
        self.page.force_login(User.objects.get(pk=self.adviser.user_id))

    def give(self, day: date, by: Any = None, **values: Any) -> Support:
        staff = (by or self.adviser).user_id
        return factories.support(self.point, self.service, self.person, day=day, staff_id=staff, **values)

    def week(self, today: date = WEDNESDAY, of: date = WEDNESDAY) -> Week:
        with acting(self.adviser):
            return week_of(self.adviser, of, today)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_own_entries_stand_by_day_with_counts_and_minutes(desk: Desk) -> None:
    desk.give(MONDAY, minutes=20)
    desk.give(MONDAY, minutes=25)
    desk.give(MONDAY + 6 * DAY, minutes=60)
    desk.give(MONDAY, by=desk.colleague)
    desk.give(MONDAY - DAY)
    desk.give(MONDAY + 7 * DAY)
    week = desk.week()
    assert [(day.entries, day.minutes) for day in week.days] == [(2, 45), *[(0, 0)] * 5, (1, 60)]
    assert (week.entries, week.minutes) == (3, 105)
    assert [len(visit.supports) for visit in week.days[0].visits] == [2], "one visit"


def test_a_counter_entry_is_taken_off(desk: Desk) -> None:
    wrong = desk.give(MONDAY, minutes=20)
    counter = factories.reverse(wrong, MONDAY)
    with door():
        Support.objects.filter(pk=counter.pk).update(staff_id=desk.adviser.user_id)
    assert (desk.week().entries, desk.week().minutes) == (0, 0)


def test_days_of_work_that_have_come_and_are_empty_are_gaps(desk: Desk) -> None:
    desk.give(MONDAY + DAY)
    assert [day.gap for day in desk.week().days] == [True, False, True, False, False, False, False]
    later = desk.week(today=MONDAY + 20 * DAY)
    assert [day.gap for day in later.days] == [True, False, True, True, True, False, False]


def test_days_of_work_are_those_on_which_the_point_is_open(desk: Desk) -> None:
    for weekday, valid in ((0, {}), (5, {}), (2, {"valid_to": MONDAY - DAY}), (3, {"valid_from": MONDAY + 7 * DAY})):
        OfficeHours.objects.create(point=desk.point, weekday=weekday, opens=time(9), closes=time(15), **valid)
    assert [day.gap for day in desk.week(today=MONDAY + 20 * DAY).days] == [True, *[False] * 4, True, False]


def test_what_is_due_this_week_and_what_is_late(desk: Desk) -> None:
    def step(on: date, **values: Any) -> Support:
        return desk.give(MONDAY - 20 * DAY, next_step="call", next_step_on=on, **values)

    first, last = step(MONDAY), step(MONDAY + 6 * DAY)
    step(MONDAY - DAY)
    step(MONDAY + 7 * DAY)
    step(MONDAY, by=desk.colleague)
    step(MONDAY, next_step_done_at=timezone.now())
    week = desk.week()
    assert [one.pk for one in week.due] == [first.pk, last.pk]
    assert week.late == 1


def test_the_page_shows_this_week_and_leads_to_log_a_day_that_is_empty(desk: Desk) -> None:
    today = timezone.localdate()
    OfficeHours.objects.create(point=desk.point, weekday=today.weekday(), opens=time(9), closes=time(15))
    page = desk.page.get("/week/").text
    assert f"/supports/new/?day={today}" in page
    assert "nothing written" in page
    assert desk.page.get(f"/supports/new/?day={MONDAY}").context["form"]["day"].value() == MONDAY
    desk.give(today)
    full = desk.page.get("/week/").text
    assert "nothing written" not in full
    assert desk.person.display_name in full
    assert f"?of={monday(today) - 7 * DAY}" in full


def test_another_week_stands_in_the_address(desk: Desk) -> None:
    desk.give(WEDNESDAY)
    assert desk.person.display_name in desk.page.get(f"/week/?of={MONDAY + 6 * DAY}").text
    assert desk.person.display_name not in desk.page.get(f"/week/?of={MONDAY + 7 * DAY}").text
    for nonsense in ("x", "0001-01-01", "9999-12-31", "2026-02-30"):
        assert desk.page.get(f"/week/?of={nonsense}").context["this"]


def test_today_leads_to_the_week(desk: Desk) -> None:
    assert 'href="/week/"' in desk.page.get("/").text


@pytest.mark.parametrize("text", ["", "2026-13-01", "1899-12-31", "2200-01-01"])
def test_no_day_in_an_address(text: str) -> None:
    assert day_in(text) is None
