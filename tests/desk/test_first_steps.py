"""A new centre is told what it lacks, by whoever can see to it, until it is there."""

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.models import BackupRun, User
from przystan.desk.queries.first_steps import first_steps
from przystan.support.models import Support
from przystan.team.models import Membership, OfficeHours, Organisation
from tests import factories

pytestmark = pytest.mark.django_db
TITLE = "First steps of a new centre"
LINKS = ["/team/points/", "/team/new/", "/programmes/add/", "/imports/", "/supports/new/", "/reports/"]


def test_each_step_is_ticked_when_it_has_happened_and_the_list_goes_with_the_last() -> None:
    point = factories.point(factories.organisation())
    client, service = Client(), factories.service()
    client.force_login(factories.user(point.organisation, "coordinator"))
    made = [
        lambda: OfficeHours.objects.create(point=point, weekday=0, opens=time(9), closes=time(15)),
        lambda: factories.user(point.organisation, "director"),
        lambda: factories.programme(point.organisation, service),
        lambda: factories.person(point, "Olena Kowalenko"),
        lambda: factories.support(point, service),
        lambda: pay(point.organisation),
    ]
    for at, make in enumerate(made):
        page = client.get("/").text
        card = page[page.index(TITLE) :]
        assert f"{at + 1} of 7 are done." in card  # a demo needs no copies elsewhere
        assert [f'href="{link}">' in card for link in LINKS] == [place >= at for place in range(6)]
        assert card.count("step-done") == at + 1
        make()
    assert TITLE not in client.get("/").text


def pay(organisation: Organisation) -> None:
    """The programme counts something, and pays for the support."""
    programme, support = organisation.programmes.get(), Support.objects.get()
    factories.indicator(programme)
    factories.pay(support, programme)


def test_a_programme_without_services_is_none_that_can_pay() -> None:
    organisation = factories.organisation()
    actor = factories.actor(organisation, "coordinator")
    programme = factories.programme(organisation, factories.service())
    assert "programmes" not in keys_of(actor)
    programme.services.clear()
    assert "programmes" in keys_of(actor)


@pytest.mark.parametrize("change", ["waits", "locked", "ended", "adviser"])
def test_who_cannot_be_the_second_person_is_none(change: str) -> None:
    organisation = factories.organisation()
    actor = factories.actor(organisation, "coordinator")
    other = factories.user(organisation, "adviser" if change == "adviser" else "coordinator")
    held = other.memberships.get()
    if change == "waits":
        Membership.objects.filter(pk=held.pk).update(asked_by_id=actor.user_id)
    elif change == "locked":
        User.objects.filter(pk=other.pk).update(is_active=False)
    elif change == "ended":
        Membership.objects.filter(pk=held.pk).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert "second" in keys_of(actor)


def test_who_cannot_open_the_page_of_a_step_is_not_asked_for_it() -> None:
    steps = {one.step.key for one in first_steps(factories.actor(factories.organisation(), "administrator"))}
    assert "hours" in steps
    assert "support" not in steps


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
    told = next(one.step for one in first_steps(actor) if one.step.key == "copies")
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
    assert "<span>Copies in another place</span>" in page


def keys_of(actor: Actor) -> list[str]:
    """Of the steps that are still to do."""
    return [one.step.key for one in first_steps(actor) if not one.done]
