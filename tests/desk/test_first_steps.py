"""A new centre is told what it lacks, by whoever can see to it, until it is there."""

from datetime import time

import pytest
from django.test import Client

from przystan.team.models import OfficeHours
from tests import factories

pytestmark = pytest.mark.django_db
TITLE, LINKS = "First steps of a new centre", ["/team/points/", "/team/new/", "/programmes/add/"]


def test_what_is_there_is_asked_for_no_more() -> None:
    point = factories.point(factories.organisation())
    client = Client()
    client.force_login(factories.user(point.organisation, "coordinator"))
    made = [
        lambda: OfficeHours.objects.create(point=point, weekday=0, opens=time(9), closes=time(15)),
        lambda: factories.user(point.organisation, "adviser", point),
        lambda: factories.programme(point.organisation, factories.service()),
    ]
    for at, make in enumerate(made):
        page = client.get("/").text
        assert TITLE in page
        assert [f'href="{link}">' in page[page.index(TITLE) :] for link in LINKS] == [place >= at for place in range(3)]
        make()
    assert TITLE not in client.get("/").text


def test_who_cannot_see_to_it_is_not_asked() -> None:
    organisation = factories.organisation()
    client = Client()
    client.force_login(factories.user(organisation, "adviser", factories.point(organisation)))
    assert TITLE not in client.get("/").text
