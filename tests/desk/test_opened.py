"""People one opened lately are one click away, as long as their page is one's own to open."""

import re
from typing import Any

import pytest
from django.test import Client

from przystan.people.models import Exclusion, Person
from przystan.people.queries.opened import MOST
from tests import factories

pytestmark = pytest.mark.django_db


def client(user: Any) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(user)
    return found


def opened(page: Client) -> list[str]:
    """References in the card, from top to bottom."""
    text = page.get("/people/").text
    card = text.partition("Opened lately")[2].partition("Registered here lately")[0]
    return re.findall(r'href="/people/(\w{12})/"', card)


def test_the_last_stands_first_each_once_and_no_more_than_a_few() -> None:
    point = factories.point(factories.organisation())
    page = client(factories.user(point.organisation, "adviser", point))
    assert "Opened lately" not in page.get("/people/").text
    people = [factories.person(point, f"Олена Коваленко {letter}") for letter in "абвгдежзик"]
    for person in [*people, people[4]]:
        page.get(f"/people/{person.ref}/")
    expected = [people[4], *[one for one in people[::-1] if one != people[4]]][:MOST]
    assert opened(page) == [person.ref for person in expected]


def test_who_may_no_longer_open_a_page_is_not_reminded_of_it() -> None:
    point = factories.point(factories.organisation())
    user = factories.user(point.organisation, "adviser", point)
    page, person, gone = client(user), factories.person(point), factories.person(point, "Петро Шевченко")
    for one in (person, gone):
        page.get(f"/people/{one.ref}/")
    Exclusion.objects.create(person=gone, user=user, by=user)
    assert opened(page) == [person.ref]
    Person.objects.filter(pk=person.pk).update(protected=True)
    assert opened(page) == []


def test_a_page_that_one_may_not_open_is_not_kept_nor_seen_by_others() -> None:
    here, there = (factories.point(factories.organisation()) for _each in range(2))
    page, other = (client(factories.user(here.organisation, "adviser", here)) for _each in range(2))
    page.get(f"/people/{factories.person(there).ref}/")
    page.get(f"/people/{factories.person(here).ref}/")
    assert len(opened(page)) == 1
    assert opened(other) == []


def test_the_page_opened_again_writes_nothing() -> None:
    point = factories.point(factories.organisation())
    page, person = client(factories.user(point.organisation, "adviser", point)), factories.person(point)
    page.get(f"/people/{person.ref}/")
    before = page.session.get("opened")
    page.get(f"/people/{person.ref}/")
    assert page.session.get("opened") == before == [person.ref]
