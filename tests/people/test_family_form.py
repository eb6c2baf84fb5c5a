"""A family that comes together is registered in one form: everybody once, as one household, or nobody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from przystan.kernel.refs import new_ref
from przystan.people import models
from przystan.people.forms.registration import SIGNER
from przystan.people.models import Person
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db
KIN = [
    ("Taras Kovalenko", "1985", "husband"),
    ("Marko Kovalenko", "2015-03-04", "son"),
    ("Hanna Bondar", "1950", "mother"),
]


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def desk(point: Point) -> Client:
    client = Client()
    client.force_login(factories.user(point.organisation, "reception", at=point))
    return client


def sent(point: Point, *kin: tuple[str, str, str], **more: str) -> dict[str, str]:
    """The form about Olena and her family, as a browser sends it."""
    data = {
        "form": SIGNER.sign(new_ref()),
        "name": "Olena Kovalenko",
        "citizenship": "UA",
        "language": "uk",
        "point": str(point.pk),
        "names-TOTAL_FORMS": "0",
        "names-INITIAL_FORMS": "0",
        "family-TOTAL_FORMS": str(len(kin) + 1),
        "family-INITIAL_FORMS": "0",
        f"family-{len(kin)}-name": "",
    }
    for place, (name, birth, role) in enumerate(kin):
        data |= {f"family-{place}-name": name, f"family-{place}-birth": birth, f"family-{place}-role": role}
    return data | more


def send(desk: Client, data: dict[str, str]) -> str:
    return desk.post(reverse("people:register"), data, follow=True).content.decode()


def found(name: str) -> Person:
    return Person.objects.get(names__text=name)


def test_everybody_is_there_once_and_related(desk: Client, point: Point) -> None:
    page = send(desk, sent(point, *KIN))
    assert "Registered, as one household: 4." in page
    olena, taras, marko, hanna = (found(name) for name in ("Olena Kovalenko", *(kin[0] for kin in KIN)))
    roles = dict(models.HouseholdMember.objects.values_list("person__names__text", "role"))
    assert roles == {
        "Olena Kovalenko": "head",
        "Taras Kovalenko": "partner",
        "Marko Kovalenko": "child",
        "Hanna Bondar": "relative",
    }
    assert models.Household.objects.count() == 1
    assert set(models.Relation.objects.values_list("person", "other", "kind")) == {
        (taras.pk, olena.pk, "partner"),
        (olena.pk, marko.pk, "parent"),
        (hanna.pk, olena.pk, "parent"),
    }
    assert (taras.sex, marko.sex, marko.birth, olena.sex) == ("male", "male", "2015-03-04", "unknown")
    assert "Taras Kovalenko" in page, "the page of the first shows them"


@pytest.mark.parametrize("alike", [True, False])
def test_what_is_said_of_one_is_said_of_all_if_somebody_says_so(desk: Client, point: Point, alike: bool) -> None:
    send(desk, sent(point, KIN[1], needs_interpreter="true", **({"alike": "on"} if alike else {})))
    marko = found("Marko Kovalenko")
    assert [one.country for one in marko.citizenships.all()] == (["UA"] if alike else [])
    assert [(one.language, one.needs_interpreter) for one in marko.languages.all()] == ([("uk", True)] if alike else [])
    assert not marko.channels.exists()


def test_the_same_form_twice_registers_them_once(desk: Client, point: Point) -> None:
    data = sent(point, *KIN)
    send(desk, data)
    send(desk, data)
    assert Person.objects.count() == 4
    assert models.HouseholdMember.objects.count() == 4


def test_one_who_may_be_here_already_is_asked_about_and_nobody_saved(desk: Client, point: Point) -> None:
    known = factories.person(point, "Marko Kovalenko", birth="2015-03-04")
    data = sent(point, *KIN)
    page = send(desk, data)
    assert "Nothing was saved yet" in page
    assert known.ref in page
    assert 'value="Taras Kovalenko"' in page, "what was typed is still there"
    assert Person.objects.count() == 1
    send(desk, data | {"seen": known.ref})
    assert Person.objects.count() == 5
    pair = models.PairVerdict.objects.get()
    marko = Person.objects.exclude(pk=known.pk).get(names__text=KIN[1][0])
    assert {pair.first_id, pair.second_id} == {known.pk, marko.pk}, "the pair waits for a coordinator"


@pytest.mark.parametrize("row", [("", "2015", "son"), ("Marko", "3015", "son"), ("Marko", "", "king")])
def test_a_row_that_is_wrong_saves_nobody_and_stays(desk: Client, point: Point, row: tuple[str, str, str]) -> None:
    page = send(desk, sent(point, KIN[0], row))
    assert not Person.objects.exists()
    assert 'value="Taras Kovalenko"' in page
    assert re.search(r"<details[^>]* open[^>]*><summary>Family that came too", page)


def test_empty_rows_are_nobody(desk: Client, point: Point) -> None:
    page = send(desk, sent(point))
    assert "Registered." in page
    assert Person.objects.count() == 1
    assert not models.Household.objects.exists()
