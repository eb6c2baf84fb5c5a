"""What nobody types: answered in words, never with a failure of ours."""

import pytest
from django.test import Client
from tests import factories

from przystan.team.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


@pytest.fixture
def coordinator(centre: Organisation) -> Client:
    client = Client()
    client.force_login(factories.user(centre, "coordinator"))
    return client


@pytest.mark.parametrize("page", ["/team/members/%00/", "/team/points/a%00/", "/imports/%00/", "/supports/?after=%00"])
def test_a_nul_in_an_address_is_a_bad_request(coordinator: Client, page: str) -> None:
    assert coordinator.get(page).status_code == 400


def test_a_nul_in_a_form_is_a_bad_request(centre: Organisation, coordinator: Client) -> None:
    person = factories.person(factories.point(centre))
    assert coordinator.post(f"/people/{person.ref}/merges/", {"absorbed": "\0"}).status_code == 400


def test_changing_the_password_leads_to_no_missing_page(coordinator: Client) -> None:
    assert "password/reset" not in coordinator.get("/account/password/change/").content.decode()
