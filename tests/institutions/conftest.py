"""One centre with its staff, for all tests of institutions."""

import pytest
from django.test import Client

from przystan.access.actors import Actor
from przystan.institutions.models import Institution
from przystan.team.models import Organisation
from przystan.team.queries import actor_for
from tests import factories
from tests.institutions.making import institution


@pytest.fixture
def house() -> Organisation:
    return factories.organisation()


@pytest.fixture
def adviser(house: Organisation) -> Actor:
    return factories.actor(house, "adviser", factories.point(house))


@pytest.fixture
def coordinator(house: Organisation) -> Actor:
    return factories.actor(house, "coordinator", factories.point(house))


@pytest.fixture
def office(house: Organisation) -> Institution:
    return institution(house)


@pytest.fixture
def page(house: Organisation) -> Client:
    """The pages as an adviser has them."""
    found = Client(headers={"accept-language": "en"})
    user = factories.user(house, "adviser", factories.point(house))
    assert actor_for(user)
    found.force_login(user)
    return found
