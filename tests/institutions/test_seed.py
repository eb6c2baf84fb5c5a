"""The offices that ship, and what a demo centre shows."""

from datetime import timedelta
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.scene import Scene
from przystan.institutions import actions
from przystan.institutions.demo import MADE_UP, fill
from przystan.institutions.enums import NameKind
from przystan.institutions.loading import load_institution_kinds, shipped_offices
from przystan.institutions.models import Check, Institution, InstitutionKind
from przystan.team.models import Organisation
from tests import factories


def test_what_ships_says_where_it_comes_from() -> None:
    offices = shipped_offices()
    assert len({one.shipped for one in offices}) == len(offices) > 4
    for one in offices:
        assert one.source, one.shipped
        assert one.source_on, one.shipped
        assert one.unsure == ("nie sprawdzone" in one.source), "what was not checked is marked"
        assert not any([one.phone, one.email, one.numbers]), "nothing that changes and was not read"
        assert {name.kind for name in one.names} <= set(NameKind.values)


@pytest.mark.django_db
def test_an_empty_register_takes_them_in_once(house: Organisation, coordinator: Actor, adviser: Actor) -> None:
    load_institution_kinds()
    page = Client(headers={"accept-language": "en"})
    page.force_login(factories.user(house, "coordinator", factories.point(house)))
    add = reverse("institutions:add_shipped")
    assert add in page.get(reverse("institutions:index")).text
    page.post(add)
    assert Institution.objects.count() == len(shipped_offices())
    assert add not in page.get(reverse("institutions:index")).text
    Institution.objects.filter(shipped="office-for-foreigners").update(name="Renamed here")
    assert actions.add_shipped(by=coordinator) == []
    assert Institution.objects.filter(name="Renamed here").exists()
    with pytest.raises(Forbidden):
        actions.add_shipped(by=adviser)


@pytest.mark.django_db
def test_kinds_that_a_centre_changed_stay() -> None:
    load_institution_kinds()
    InstitutionKind.objects.filter(code="clinic").update(stale_after=30)
    load_institution_kinds()
    assert InstitutionKind.objects.get(code="clinic").stale_after == 30


@pytest.mark.django_db
def test_a_demo_centre_has_used_its_register(house: Organisation) -> None:
    load_institution_kinds()
    today = timezone.localdate()
    fill(Scene(house.pk, today, Random(1), {}))
    assert Institution.objects.count() == len(MADE_UP) + len(shipped_offices())
    days = set(Check.objects.values_list("on", flat=True))
    assert min(days) < today - timedelta(days=90) < max(days) <= today
