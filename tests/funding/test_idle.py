"""A programme for which nobody chose a service pays for nothing: wherever it could pay, this is said aloud."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.funding.models import Programme
from przystan.funding.queries.idle import idle
from przystan.support.models import Service
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db
SAID = "“Harbour” pays for nothing"


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def service() -> Service:
    return factories.service()


@pytest.fixture
def programme(point: Point) -> Programme:
    return factories.programme(point.organisation, name="Harbour", starts=None, ends=None)


def desk(point: Point, role: str = "coordinator") -> Client:
    client = Client()
    client.force_login(factories.user(point.organisation, role, None if role == "grant_officer" else point))
    return client


@pytest.mark.parametrize("name", ["funding:programmes", "funding:programme", "reports:index", "reports:programme"])
def test_its_pages_and_reports_say_so_until_it_has_a_service(
    name: str, point: Point, programme: Programme, service: Service
) -> None:
    address = reverse(name, args=[programme.ref] if name.endswith("programme") else [])
    client = desk(point)
    page = client.get(address).text
    assert SAID in page
    assert reverse("funding:change", args=[programme.ref]) in page
    programme.services.add(service)
    assert SAID not in client.get(address).text


def test_who_may_not_change_it_is_led_nowhere(point: Point, programme: Programme) -> None:
    page = desk(point, "adviser").get(reverse("funding:programmes")).text
    assert SAID in page
    assert reverse("funding:change", args=[programme.ref]) not in page


def test_the_form_of_a_support_gives_the_reason_openly(point: Point, programme: Programme, service: Service) -> None:
    sent: dict[str, Any] = {"service": service.pk, "point": point.pk, "day": timezone.localdate()}
    client = desk(point)
    page = client.post(reverse("funding:payers"), sent).text
    assert "nobody has chosen yet for which services it pays" in page
    assert 'id="payers-refused" open>' in page
    programme.services.add(service)
    assert 'id="payers-refused" open>' not in client.post(reverse("funding:payers"), sent).text


def test_results_alone_are_something_to_pay_for(point: Point, programme: Programme) -> None:
    actor, today = factories.actor(point.organisation, "coordinator"), timezone.localdate()
    assert idle(actor, today) == [programme]
    factories.indicator(programme)
    assert idle(actor, today) == [programme]
    factories.indicator(programme, "results")
    assert idle(actor, today) == []


@pytest.mark.parametrize("change", [{"outside": True}, {"ends": timezone.localdate() - timedelta(days=1)}])
def test_what_cannot_pay_anyway_is_not_told(change: dict[str, Any], point: Point, programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(**change)
    assert idle(factories.actor(point.organisation, "coordinator"), timezone.localdate()) == []


def test_another_organisation_learns_nothing(programme: Programme) -> None:
    assert idle(factories.actor(factories.organisation("Other"), "coordinator"), timezone.localdate()) == []
