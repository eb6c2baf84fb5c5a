"""GDPR Art. 18: what is restricted is kept and counted, and nobody writes on but those who answer the person."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from przystan.people.actions import keep_name
from przystan.people.models import Person, PersonName
from przystan.privacy import actions
from przystan.support.actions import record
from przystan.support.models import Support
from przystan.support.rules import Entry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return factories.organisation()


@pytest.fixture
def restricted(centre) -> Person:
    point = factories.point(centre)
    person = factories.person(point)
    factories.support(point, factories.service(), person)
    actions.restrict(by=factories.actor(centre, "coordinator"), person=person, restricted=True)
    return Person.objects.get(pk=person.pk)


def write(by, person: Person) -> Support:
    entry = Entry(
        service_id=factories.service().pk, point_id=person.point_id, day=date(2026, 6, 1), people=(person.ref,)
    )
    return record(by=by, entry=entry)


def test_an_adviser_writes_nothing_more(centre, restricted):
    by = factories.actor(centre, "adviser")
    with pytest.raises(ValidationError, match="may only be kept"), transaction.atomic():
        write(by, restricted)
    with pytest.raises(ValidationError, match="may only be kept"):
        keep_name(by=by, fact=PersonName(person=restricted, text="Another"))
    assert Support.objects.count() == 1


def test_who_answers_goes_on_and_lifts_it(centre, restricted):
    by = factories.actor(centre, "coordinator")
    write(by, restricted)
    actions.restrict(by=by, person=restricted, restricted=False)
    write(factories.actor(centre, "adviser"), restricted)
    assert Support.objects.count() == 3
