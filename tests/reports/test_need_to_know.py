"""Lists behind numbers tell nobody's sensitive facts, and lead nowhere that is closed."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access.models import AuditEntry, User
from przystan.funding.models import Indicator
from przystan.people.models import Citizenship, Exclusion, Person
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db
BY_CITIZENSHIP = {"by": "citizenship", "value": "UA"}


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def person(point: Point) -> Person:
    found = factories.person(point, "Квітослава Перепелиця")
    Citizenship.objects.create(person=found, country="UA")
    return found


@pytest.fixture(params=["people", "supports"])
def indicator(request: pytest.FixtureRequest, point: Point, person: Person) -> Indicator:
    service = factories.service()
    programme = factories.programme(point.organisation, service, starts=date(2026, 1, 1))
    factories.pay(factories.support(point, service, person), programme)
    return factories.indicator(programme, request.param, breakdowns=["citizenship"])


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def pages(indicator: Indicator) -> tuple[str, str]:
    pair = [indicator.programme.ref, indicator.ref]
    return reverse("reports:indicator", args=pair), reverse("reports:evidence", args=pair)


def test_names_under_a_citizenship_are_for_who_leads_and_noted(indicator: Indicator, person: Person) -> None:
    user = factories.user(person.organisation, "coordinator")
    number, listed = pages(indicator)
    assert "value=UA" in client_of(user).get(number).content.decode()
    assert not AuditEntry.objects.filter(action="read", actor_id=user.pk).exists()
    assert person.display_name in client_of(user).get(listed, BY_CITIZENSHIP).content.decode()
    [look] = AuditEntry.objects.filter(action="read", actor_id=user.pk)
    assert (look.object_ref, look.fields, look.tier) == (person.ref, ["citizenships"], 2)


@pytest.mark.parametrize("role", ["grant_officer", "auditor", "coordinator of another point"])
def test_others_get_the_number_and_no_list_of_it(indicator: Indicator, person: Person, role: str) -> None:
    other = factories.point(person.organisation) if " " in role else None
    client = client_of(factories.user(person.organisation, role.split()[0], other))
    number, listed = pages(indicator)
    answer = client.get(number).content.decode()
    assert "Ukraine" in answer
    assert "value=UA" not in answer
    assert client.get(listed, BY_CITIZENSHIP).status_code == 404
    assert client.get(listed).status_code == 200


def test_a_list_leads_only_to_pages_that_open(indicator: Indicator, person: Person) -> None:
    there, listed = reverse("desk:person", args=[person.ref]), pages(indicator)[1]
    for at, leads in ((None, True), (person.point, True), (factories.point(person.organisation), False)):
        answer = client_of(factories.user(person.organisation, "coordinator", at)).get(listed)
        assert (there in answer.content.decode()) is leads


def test_nobody_is_listed_for_whom_they_are_kept_from(indicator: Indicator, person: Person) -> None:
    user = factories.user(person.organisation, "grant_officer")
    Exclusion.objects.create(person=person, user=user)
    answer = client_of(user).get(pages(indicator)[1]).content.decode()
    assert person.ref not in answer
    assert person.display_name not in answer
