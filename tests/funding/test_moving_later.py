"""Moving many supports takes longer than somebody waits: a job tries it, or does it, once."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access.models import AuditEntry, User
from przystan.errands import tasks
from przystan.errands.enums import ErrandState
from przystan.errands.models import Errand
from przystan.funding.models import Allocation, Programme
from przystan.team.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db
DAYS = {"way": "out", "first": "2026-01-01", "last": "2026-12-31", "reason": "The auditor refused"}


class Mover:
    """Who moves two supports from one programme to another, of which one lies after its end."""

    def __init__(self) -> None:
        self.centre: Organisation = factories.organisation()
        point, service = factories.point(self.centre), factories.service()
        self.source = factories.programme(self.centre, service)
        self.target = factories.programme(self.centre, service, name="Other", ends=date(2026, 5, 31))
        factories.indicator(self.target, "supports")
        for day in (date(2026, 5, 1), date(2026, 6, 1)):
            factories.pay(factories.support(point, service, factories.person(point), day=day), self.source)
        self.user = factories.user(self.centre, "coordinator")
        self.url = reverse("funding:move", args=[self.source.ref])

    def client(self, user: User | None = None) -> Client:
        found = Client(headers={"accept-language": "en"})
        found.force_login(user or self.user)
        return found

    def ask(self, do: str) -> Errand:
        answer = self.client().post(self.url, DAYS | {"to": self.target.pk, "do": do})
        errand = Errand.objects.get(state=ErrandState.WAITING)
        assert answer["Location"] == reverse("errands:errand", args=[errand.ref])
        return errand

    def led_to(self, errand: Errand) -> str:
        page = self.client().get(reverse("errands:errand", args=[errand.ref]), headers={"HX-Request": "true"})
        return str(page["HX-Redirect"])

    def moved(self) -> int:
        return Allocation.objects.filter(programme=self.target).count()


@pytest.fixture
def mover(settings: Any) -> Mover:
    settings.ERRAND_SECONDS = 0
    return Mover()


def test_it_is_tried_and_nothing_moves(mover: Mover) -> None:
    errand = mover.ask("see")
    tasks.run(errand.ref)
    page = mover.client().get(mover.led_to(errand)).text
    assert "Move 1 support" in page
    assert "The auditor refused" in page, "the form is filled in as it was sent"
    assert mover.moved() == 0


def test_it_is_done_once_however_often_the_job_begins(mover: Mover) -> None:
    errand = mover.ask("move")
    assert mover.moved() == 0
    for _again in range(2):
        tasks.run(errand.ref)
    assert mover.moved() == 1
    assert AuditEntry.objects.filter(action="funding.reallocate").count() == 1
    assert "1 support has another payer now." in mover.client().get(mover.led_to(errand), follow=True).text


def test_asked_twice_it_is_one_errand(mover: Mover) -> None:
    assert mover.ask("move") == mover.ask("move")


def test_what_does_not_fit_any_more_is_said_and_nothing_moves(mover: Mover) -> None:
    errand = mover.ask("move")
    Programme.objects.filter(pk=mover.target.pk).update(organisation=factories.organisation())
    tasks.run(errand.ref)
    errand.refresh_from_db()
    assert errand.state == ErrandState.FAILED
    assert (
        "The programme has changed meanwhile." in mover.client().get(reverse("errands:errand", args=[errand.ref])).text
    )
    assert Allocation.objects.filter(programme=mover.source).count() == 2


def test_who_lost_the_right_meanwhile_moves_nothing(mover: Mover) -> None:
    errand = mover.ask("move")
    mover.user.memberships.update(role="reception")
    tasks.run(errand.ref)
    errand.refresh_from_db()
    assert (errand.state, mover.moved()) == (ErrandState.FAILED, 0)


@pytest.mark.parametrize("do", ["see", "move"])
def test_what_came_of_it_is_for_who_asked(mover: Mover, do: str) -> None:
    errand = mover.ask(do)
    tasks.run(errand.ref)
    found = mover.led_to(errand)
    colleague = mover.client(factories.user(mover.centre, "coordinator"))
    assert mover.client().get(found).status_code in (200, 302)
    assert colleague.get(found).status_code == 404
