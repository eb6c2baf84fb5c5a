"""The catalogue: renamed, added to, retired by who may."""

from typing import Any

import pytest
from django.test import Client

from przystan.access.actors import Forbidden
from przystan.support.actions import save_service
from przystan.support.loading import load_catalogue
from przystan.support.models import Service, ServiceLine, Topic
from przystan.support.queries import services_offered, topics_offered
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db


def login(role: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(factories.user(factories.organisation(), role))
    return client


@pytest.fixture
def coordinator() -> Client:
    return login("coordinator")


def names(**values: str) -> dict[str, str]:
    return {f"name_{code}": "" for code in ("pl", "en", "uk", "ru")} | {f"name_{k}": v for k, v in values.items()}


def test_a_service_is_renamed_in_four_languages(coordinator: Client) -> None:
    service = factories.service()
    url = f"/catalogue/services/{service.code}/"
    assert "Advice" in coordinator.get(url).content.decode()
    sent = {"line": service.line.pk, "unit": "consultation", "default_minutes": 45, "audience": "both", "position": 0}
    answer = coordinator.post(url, sent | names(pl="Porada", uk="Порада"))
    assert answer.status_code == 302, answer.context["form"].errors
    service.refresh_from_db()
    assert (service.names, service.default_minutes) == ({"pl": "Porada", "uk": "Порада"}, 45)


def test_a_polish_name_is_needed(coordinator: Client) -> None:
    page = coordinator.post("/catalogue/lines/new/", {"code": "flats", "position": 1} | names(en="Flats"))
    assert page.status_code == 200
    assert not ServiceLine.objects.exists()


def test_lines_services_and_topics_are_added(coordinator: Client) -> None:
    coordinator.post("/catalogue/lines/new/", {"code": "flats", "position": 1} | names(pl="Mieszkania"))
    line = ServiceLine.objects.get()
    assert coordinator.get(f"/catalogue/services/new/?line={line.code}").status_code == 200
    more = {"line": line.pk, "unit": "night", "default_minutes": 0, "audience": "newcomers", "position": 0}
    coordinator.post("/catalogue/services/new/", {"code": "night"} | more | names(pl="Noc"))
    coordinator.post("/catalogue/topics/new/", {"code": "rent", "position": 0, "lines": [line.pk]} | names(pl="Czynsz"))
    assert str(Service.objects.get()) == "Noc"
    assert list(Topic.objects.get().lines.all()) == [line]
    again = coordinator.post("/catalogue/services/new/", {"code": "night"} | more | names(pl="Noc"))
    assert "already in use" in again.content.decode()


def test_what_is_retired_is_no_longer_offered(coordinator: Client) -> None:
    from przystan.support.queries import offered

    service = factories.service()
    factories.service("Another")
    topic = factories.topic(service)
    for kind, code in (("service", service.code), ("topic", topic.code)):
        coordinator.post(f"/catalogue/{kind}s/{code}/retirement/", {"retired": "yes"})
    field = offered()[0]
    assert (field.services, field.topics) == ([], [])
    assert "no longer offered" in coordinator.get("/catalogue/").content.decode()
    coordinator.post(f"/catalogue/services/{service.code}/retirement/", {"retired": "no"})
    assert offered()[0].services == [service]
    assert coordinator.post("/catalogue/lines/x/retirement/").status_code == 404
    assert coordinator.post("/catalogue/services/none/retirement/").status_code == 404


def test_who_shows_services_reads_no_topics(django_assert_num_queries: Any) -> None:
    factories.topic(factories.service())
    with django_assert_num_queries(2):
        lines = [line for line, _ in services_offered()]
    with django_assert_num_queries(1):
        assert [len(topics) for _, topics in topics_offered(lines)] == [1]


def test_the_last_service_stays_offered(coordinator: Client) -> None:
    """Or nobody could log anything."""
    first, last = factories.service(), factories.service("Last")
    for service in (first, last):
        answer = coordinator.post(f"/catalogue/services/{service.code}/retirement/", {"retired": "yes"}, follow=True)
    assert "the last service that is offered" in answer.content.decode()
    assert list(Service.objects.filter(retired=False)) == [last]


def test_others_do_not_see_the_catalogue() -> None:
    for role in ("adviser", "auditor", "administrator"):
        assert login(role).get("/catalogue/").status_code == 404
    with pytest.raises(Forbidden):
        save_service(by=factories.actor(factories.organisation()), service=factories.service(), changed=[])


def test_the_shipped_catalogue_is_shown(coordinator: Client) -> None:
    load_catalogue()
    with queries_of_view(3):  # lines, services, topics
        page = coordinator.get("/catalogue/")
    assert page.status_code == 200
