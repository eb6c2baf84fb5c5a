"""Who could pay tells what is known of people: to whom it is told, and that it is written down."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.models import AuditEntry
from przystan.people.models import Citizenship, Person
from przystan.support.models import Service
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db
BELARUS = {"all": [{"fact": "citizenship", "in": ["BY"]}]}


@pytest.fixture
def here() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def service(here: Point) -> Service:
    service = factories.service()
    factories.programme(here.organisation, service, tree=BELARUS, name="For Belarus")
    return service


def citizen(at: Point, country: str, *team: Actor) -> Person:
    person = factories.person(at, "Ala Nowak", team=team)
    Citizenship.objects.create(person=person, country=country)
    return person


def asked(client: Client, service: Service, at: Point, ref: str) -> str:
    sent: dict[str, Any] = {"service": service.pk, "point": at.pk, "day": timezone.localdate(), "people": [ref]}
    return client.post(reverse("funding:payers"), sent).content.decode()


@pytest.mark.parametrize("role", ["reception", "teacher", "coordinator"])
def test_a_person_of_another_point_looks_like_nobody(here: Point, service: Service, role: str, client: Client) -> None:
    there = factories.point(here.organisation)
    client.force_login(factories.user(here.organisation, role, here))
    nobody = asked(client, service, here, "aaaaaaaaaaaa")
    assert asked(client, service, here, citizen(there, "BY").ref) == nobody
    assert asked(client, service, here, citizen(there, "UA").ref) == nobody


def test_telling_the_reasons_is_written_down_once(here: Point, service: Service, client: Client) -> None:
    user = factories.user(here.organisation, "adviser", here)
    person = citizen(here, "BY", user)
    client.force_login(user)
    asked(client, service, here, person.ref)
    look = AuditEntry.objects.get(actor_id=user.pk, object_ref=person.ref)
    assert {"citizenships", "titles", "household"} <= set(look.fields)
    assert look.tier == 2


def test_without_reasons_the_answer_alone_is_written_down(here: Point, service: Service, client: Client) -> None:
    person = citizen(here, "BY")
    entry = factories.support(here, service, person, day=timezone.localdate())
    user = factories.user(here.organisation, "adviser", here)
    client.force_login(user)
    page = client.get(f"/supports/{entry.ref}/").content.decode()
    assert "For Belarus" in page
    assert "citizenship" not in page.lower()
    assert AuditEntry.objects.filter(object_ref=person.ref, actor_id=user.pk, tier=2).count() == 1
