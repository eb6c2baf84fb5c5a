"""Of who was erased only numbers are left: nobody sees them, takes them back or writes anything more."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden, system
from przystan.access.decisions import Standing
from przystan.access.scope import acting
from przystan.privacy import actions as privacy
from przystan.privacy.enums import Cause, Scope
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure
from przystan.staff import actions
from przystan.staff.actions.hours import Spent
from przystan.staff.models import Agreement, Hour, Worker
from przystan.staff.queries import to_confirm
from tests.staff import making
from tests.staff.conftest import House

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def hour(house: House) -> Hour:
    """A confirmed hour of Hasan's, for Olena, who was erased since."""
    confirmed = {"confirmed_at": timezone.now(), "confirmed_by": house.users["adviser"], "confirmed_how": "account"}
    made = making.hour(
        house.hasan, day=TODAY, for_user=house.users["adviser"], noted_by=house.users["interpreter"], **confirmed
    )
    erase(house, Cause.REQUEST)
    return made


def erase(house: House, cause: Cause) -> Erasure:
    asked = Erasure.objects.create(
        organisation=house.here.organisation,
        model="staff.worker",
        object_ref=house.hasan.ref,
        scope=Scope.SUBJECT,
        cause=cause,
    )
    with acting(house.actor("lead")) as by:
        return privacy.carry_out(by=by, erasure=asked)


def test_the_hour_is_counted_and_shows_to_nobody(house: House, hour: Hour) -> None:
    left = Hour.objects.get()
    assert (left.minutes, left.confirmed_at is not None, left.noted_by) == (60, True, None)
    for who in house.users:
        with acting(house.actor(who)) as by:
            assert not Hour.objects.seen_by(by).exists(), who
            assert left.standing_of(by) is Standing.ALIEN, who
            assert left.worker.standing_of(by) is Standing.ALIEN, who
            assert not to_confirm(by).exists(), who


@pytest.mark.parametrize("page", ["staff:take_back", "staff:confirm"])
@pytest.mark.parametrize("who", ["lead", "lead of all", "adviser", "interpreter"])
def test_no_address_of_it_does_anything(house: House, hour: Hour, page: str, who: str) -> None:
    assert house.client(who).post(reverse(page, args=[hour.ref])).status_code == 404
    assert Hour.objects.count() == 1


LATE: dict[str, Callable[[Actor, Worker, Hour], object]] = {
    "an hour": lambda by, worker, hour: actions.note_hour(by=by, worker=worker, spent=Spent(TODAY, minutes=30)),
    "a counter-entry": lambda by, worker, hour: actions.take_back_hour(by=by, hour=hour),
    "an agreement": lambda by, worker, hour: actions.add_agreement(
        by=by, worker=worker, kind=making.agreement_kind(), valid_from=TODAY
    ),
    "a check": lambda by, worker, hour: actions.add_proof(by=by, worker=worker, kind=making.proof_kind(), day=TODAY),
    "a language": lambda by, worker, hour: actions.save_languages(by=by, worker=worker, rows=[]),
    "a country": lambda by, worker, hour: actions.save_countries(by=by, worker=worker, rows=[], told_on=TODAY),
    "an account": lambda by, worker, hour: actions.join_account(by=by, worker=worker, user=None),
    "a name": lambda by, worker, hour: actions.save_worker(by=by, worker=worker, changed=["name"]),
}


@pytest.mark.parametrize("what", LATE)
def test_whoever_opened_the_form_before_is_refused(house: House, what: str) -> None:
    """Their page still has the name; what they send comes after the erasure."""
    making.agreement_kind(), making.proof_kind()
    before = Worker.objects.get(pk=house.hasan.pk)
    confirmed = {"confirmed_at": timezone.now(), "confirmed_by": house.users["lead"], "confirmed_how": "account"}
    kept = making.hour(before, day=TODAY, **confirmed)
    erase(house, Cause.REQUEST)
    with acting(house.actor("lead of all")) as by, pytest.raises(Forbidden):
        LATE[what](by, before, kept)
    gone = Worker.objects.get(pk=before.pk)
    assert (gone.name, gone.told_on, gone.user) == ("", None, None)
    assert not Agreement.objects.exists()
    assert Hour.objects.count() == 1


def listed(house: House, first: date, last: date) -> Erasure:
    """The rule has let go somebody who worked here long ago; nobody has agreed yet."""
    load_retention()
    house.users["interpreter"].is_active = False
    house.users["interpreter"].save(update_fields=["is_active"])
    making.agreement(house.hasan, first, last)
    [found] = privacy.look_over(house.here.organisation_id, TODAY)
    return found


def confirmed(house: House, asked: Erasure) -> Erasure:
    with acting(house.actor("lead")) as by:
        return privacy.confirm_erasure(by=by, erasure=asked)


BACK: dict[str, Callable[[House], Any]] = {
    "an agreement without an end": lambda house: making.agreement(house.hasan, TODAY),
    "one to come": lambda house: making.agreement(house.hasan, TODAY + 9 * DAY, TODAY + 30 * DAY),
    "one that has just ended": lambda house: making.agreement(house.hasan, TODAY - 9 * DAY, TODAY - DAY),
    "an hour": lambda house: making.hour(house.hasan, day=TODAY),
    "an account that is open again": lambda house: type(house.users["interpreter"]).objects.update(is_active=True),
}


@pytest.mark.parametrize("what", BACK)
def test_what_came_after_the_list_keeps_them(house: House, what: str) -> None:
    asked = listed(house, date(2000, 1, 1), date(2000, 12, 31))
    BACK[what](house)
    with pytest.raises(ValidationError, match="time to keep it is not over any more"):
        confirmed(house, asked)
    assert Worker.objects.get(pk=house.hasan.pk).name == "Hasan Rahimi"


def test_it_is_asked_again_where_nobody_is_asked(house: House) -> None:
    """What a rule erases without asking was listed at the beginning of a long night."""
    asked = listed(house, date(2000, 1, 1), date(2000, 12, 31))
    making.agreement(house.hasan, TODAY)
    with acting(system(house.here.organisation_id, "retention")) as by, pytest.raises(ValidationError):
        privacy.carry_out(by=by, erasure=asked)
    assert house.hasan.agreements.count() == 2


def test_what_was_struck_out_or_ended_long_ago_keeps_nobody(house: House) -> None:
    asked = listed(house, date(2000, 1, 1), date(2000, 12, 31))
    making.agreement(house.hasan, TODAY, struck_at=timezone.now(), struck_by=house.users["lead"])
    making.agreement(house.hasan, date(2001, 1, 1), date(2001, 12, 31))
    confirmed(house, asked)
    assert not Worker.objects.filter(pk=house.hasan.pk).exists()
