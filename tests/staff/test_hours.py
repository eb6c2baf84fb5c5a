"""Noting time, taking it back, confirming it by a second person."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import LockedDoor, door
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.staff import actions, queries
from przystan.staff.actions import Spent
from przystan.staff.models import Hour
from tests import factories
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def noted(house: House, by: str = "interpreter", **values: object) -> Hour:
    given = {"day": TODAY, "minutes": 60, "language": "ar", "for_point": house.here, **values}
    with acting(house.actor(by)) as actor:
        return actions.note_hour(by=actor, worker=house.hasan, spent=Spent(**given))  # type: ignore[arg-type]


def of_month(house: House, by: str = "interpreter", month: date = TODAY) -> list[Hour]:
    with acting(house.actor(by)) as actor:
        return list(queries.month_of(actor, house.hasan, month))


def waiting(house: House, who: str) -> list[Hour]:
    with acting(house.actor(who)) as actor:
        return list(queries.to_confirm(actor))


def test_an_interpreter_notes_own_time_and_a_colleague_confirms_it(house: House) -> None:
    hour = noted(house, for_user=house.users["adviser"], starts=time(10), ends=time(11, 30), minutes=None)
    assert (hour.minutes, hour.booked_on, hour.noted_by, hour.confirmed_at) == (
        90,
        TODAY,
        house.users["interpreter"],
        None,
    )
    assert waiting(house, "interpreter") == waiting(house, "adviser there") == []
    assert waiting(house, "adviser") == waiting(house, "lead") == [hour]
    with acting(house.actor("adviser")) as actor:
        actions.confirm_hour(by=actor, hour=hour)
    row = of_month(house)[0]
    assert (row.confirmed_by, row.confirmed_how) == (house.users["adviser"], "account")
    assert row.confirmed_at
    assert waiting(house, "adviser") == waiting(house, "lead") == []
    told = AuditEntry.objects.filter(action__startswith="staff.").order_by("seq")
    assert list(told.values_list("action", "object_ref", "purpose")) == [
        ("staff.note_hour", hour.ref, ""),
        ("staff.confirm_hour", hour.ref, "account"),
    ]


@pytest.mark.parametrize(
    "who", ["interpreter", "other interpreter", "adviser", "lead there", "stranger", "administrator"]
)
def test_nobody_else_confirms_what_was_for_a_point(house: House, who: str) -> None:
    """Nor does who noted it, by any door."""
    hour = noted(house)
    with acting(house.actor(who)) as actor, pytest.raises(Forbidden):
        actions.confirm_hour(by=actor, hour=hour)
    assert Hour.objects.get().confirmed_at is None


def test_what_who_leads_noted_the_worker_confirms_and_no_lead_alone(house: House) -> None:
    hour = noted(house, "lead")
    with acting(house.actor("lead")) as actor, pytest.raises(Forbidden):
        actions.confirm_hour(by=actor, hour=hour)
    assert waiting(house, "interpreter") == [hour]
    with acting(house.actor("interpreter")) as actor:
        actions.confirm_hour(by=actor, hour=hour)
    assert Hour.objects.get().confirmed_by == house.users["interpreter"]


def test_the_database_knows_of_two_people(house: House) -> None:
    hour = noted(house)
    mine = house.users["interpreter"].pk
    with door(), transaction.atomic(), pytest.raises(IntegrityError, match="two_people"):
        Hour.objects.filter(pk=hour.pk).update(confirmed_by=mine, confirmed_at=timezone.now(), confirmed_how="account")
    with pytest.raises(LockedDoor):
        hour.save()


def test_what_nobody_confirmed_is_taken_back_from_its_own_month(house: House) -> None:
    before = TODAY.replace(day=1) - DAY
    hour = noted(house, day=before)
    with acting(house.actor("interpreter")) as actor:
        counter = actions.take_back_hour(by=actor, hour=hour)
    assert (counter.sign, counter.reverses, counter.minutes, counter.booked_on) == (-1, hour, 60, before)
    rows = of_month(house, month=before)
    assert rows == [hour, counter]
    assert queries.total_of(rows).all == 0
    assert waiting(house, "lead") == [], "there is nothing to confirm"
    assert AuditEntry.objects.filter(action="staff.take_back_hour", object_ref=hour.ref).count() == 1


def test_what_was_confirmed_is_taken_back_in_the_month_of_the_correction(house: House) -> None:
    before = TODAY.replace(day=1) - DAY
    hour = making.hour(
        house.hasan,
        day=before,
        noted_by=house.users["interpreter"],
        confirmed_by=house.users["lead"],
        confirmed_at=timezone.now(),
        confirmed_how="account",
    )
    with acting(house.actor("interpreter")) as actor:
        counter = actions.take_back_hour(by=actor, hour=hour)
    assert (counter.day, counter.booked_on, counter.confirmed_at) == (before, TODAY, None)
    assert queries.total_of(of_month(house, month=before)).confirmed == 60, "a month that is over stays as it was"
    assert queries.total_of(of_month(house)).waiting == -60
    assert waiting(house, "lead") == [counter]
    with acting(house.actor("lead")) as actor:
        actions.confirm_hour(by=actor, hour=counter)
    assert queries.total_of(of_month(house)).confirmed == -60


def test_it_is_taken_back_once_and_not_confirmed_afterwards(house: House) -> None:
    hour = noted(house)
    with acting(house.actor("interpreter")) as actor:
        counter = actions.take_back_hour(by=actor, hour=hour)
        for again in (hour, counter):
            with pytest.raises(ValidationError, match="taken back already"):
                actions.take_back_hour(by=actor, hour=again)
    with acting(house.actor("lead")) as actor, pytest.raises(ValidationError, match="needs no word any more"):
        actions.confirm_hour(by=actor, hour=hour)


@pytest.mark.parametrize("who", ["other interpreter", "adviser", "lead there", "stranger"])
def test_nobody_else_notes_or_takes_back(house: House, who: str) -> None:
    hour = noted(house, for_user=house.users["adviser"])
    spent = Spent(day=TODAY, minutes=10, for_point=house.here)
    with acting(house.actor(who)) as actor:
        with pytest.raises(Forbidden):
            actions.note_hour(by=actor, worker=house.hasan, spent=spent)
        with pytest.raises(Forbidden):
            actions.take_back_hour(by=actor, hour=hour)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"day": TODAY + DAY}, "day", "not come yet"),
        ({"minutes": None}, "minutes", "from and to"),
        ({"minutes": 0}, "minutes", "from and to"),
        ({"starts": time(10)}, "minutes", "from and to"),
        ({"starts": time(10), "ends": time(10)}, "ends", "16 hours"),
        ({"for_point": None}, "__all__", "for which colleague"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    house: House, values: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        noted(house, **values)
    assert words in refused.value.message_dict[field][0]
    assert not Hour.objects.exists()


def test_the_same_time_is_not_noted_twice(house: House) -> None:
    first = noted(house, starts=time(22), ends=time(1), day=TODAY - DAY, minutes=None)
    for starts, ends, day in ((time(0), time(2), TODAY), (time(21), time(23), TODAY - DAY)):
        with pytest.raises(ValidationError, match="Noted already: that day from 22:00 to 01:00"):
            noted(house, starts=starts, ends=ends, day=day, minutes=None)
    noted(house, starts=time(1), ends=time(2), minutes=None)
    with acting(house.actor("interpreter")) as actor:
        actions.take_back_hour(by=actor, hour=first)
    noted(house, starts=time(22), ends=time(23), day=TODAY - DAY, minutes=None)


def test_a_form_sent_twice_notes_once(house: House) -> None:
    token, spent = uuid4(), Spent(day=TODAY, minutes=10, for_point=house.here)
    with acting(house.actor("interpreter")) as actor:
        both = [actions.note_hour(by=actor, worker=house.hasan, spent=spent, form_token=token) for _ in range(2)]
    assert both[0] == both[1]
    assert Hour.objects.count() == 1


def test_only_for_colleagues_and_points_of_the_house(house: House) -> None:
    elsewhere = factories.point(factories.organisation())
    for values in ({"for_user": house.users["stranger"]}, {"for_point": elsewhere}):
        with pytest.raises(Forbidden):
            noted(house, **values)


@pytest.mark.parametrize(
    ("who", "rows"),
    [("interpreter", 2), ("lead", 2), ("lead of all", 2), ("adviser", 1), ("lead there", 0), ("stranger", 0)],
)
def test_lists_and_the_database_keep_hours_to_whom_they_concern(house: House, who: str, rows: int) -> None:
    making.hour(house.hasan, day=TODAY)
    making.hour(house.hasan, day=TODAY, for_user=house.users["adviser"])
    actor: Actor = house.actor(who)
    with acting(actor):
        assert Hour.objects.seen_by(actor).count() == Hour.objects.count() == rows
