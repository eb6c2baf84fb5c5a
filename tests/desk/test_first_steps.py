"""A new centre is told what it lacks, by whoever can see to it, until it is there."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from przystan.access.actors import Actor
from przystan.access.models import BackupRun
from przystan.desk.queries.first_steps import first_steps
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


@pytest.fixture
def real(settings: Any) -> Any:
    """A centre that is no demo, without mail, whose anchors stay in the data folder."""
    settings.DEMO, settings.EMAIL_HOST, settings.BACKUPS_ELSEWHERE = False, "", False
    settings.AUDIT_ANCHORS = settings.DATA_DIR / "anchors.log"
    return settings


@pytest.mark.parametrize(
    "elsewhere", [{"EMAIL_HOST": "mail.example.org"}, {"AUDIT_ANCHORS": Path("/mnt/other/anchors.log")}]
)
def test_who_leads_is_told_what_belongs_in_another_place(real: Any, elsewhere: dict[str, Any]) -> None:
    actor = factories.actor(factories.organisation(), "coordinator")
    told = next(step for step in first_steps(actor) if step.key == "copies")
    assert "przystan audit anchor" in told.why
    assert "przystan backup" in told.why
    BackupRun.objects.create(size=1)
    assert "copies" in keys_of(actor)
    for name, value in elsewhere.items():
        setattr(real, name, value)
    assert "copies" not in keys_of(actor)


def test_backups_by_other_means_are_enough(real: Any) -> None:
    actor = factories.actor(factories.organisation(), "coordinator")
    real.EMAIL_HOST = "mail.example.org"
    assert "copies" in keys_of(actor)
    real.BACKUPS_ELSEWHERE = True
    assert "copies" not in keys_of(actor)


def test_a_step_on_the_server_leads_to_no_page(real: Any) -> None:
    client = Client()
    client.force_login(factories.user(factories.organisation(), "coordinator"))
    page = client.get("/").text
    assert "<li>Copies in another place<br>" in page


def keys_of(actor: Actor) -> list[str]:
    return [step.key for step in first_steps(actor)]
