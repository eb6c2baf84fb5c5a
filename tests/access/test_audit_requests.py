"""From a request to its rows: before any byte leaves, or nothing leaves and nothing happens."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access import audit, keyfiles, verifying
from przystan.access.actors import system
from przystan.access.addresses import STAFF, policy
from przystan.access.models import User
from przystan.people.models import Person
from tests import factories

from .audited import owner, rows

CANARY = "canary-7431@example.org"
REFUSE = """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the log is broken'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON access_auditentry EXECUTE FUNCTION refuse()
"""


@pytest.fixture
def user(centre: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody who may open the pages of the test, and is looked at on them."""
    settings.ROOT_URLCONF = "tests.access.looking_urls"
    for name in ("test_look", "test_change"):
        monkeypatch.setitem(policy(), name, STAFF)
    found = factories.user(factories.organisation())
    found.email = CANARY
    found.save()
    return found


@pytest.fixture
def client(user: User) -> Client:
    found = Client(raise_request_exception=False)
    found.force_login(user, "przystan.team.backends.Backend")
    return found


@pytest.fixture
def broken(client: Client) -> None:
    """The log takes no more rows."""
    with owner() as found:
        found.execute(REFUSE)


def test_one_row_for_what_a_page_shows(client: Client, user: User) -> None:
    answer = client.get(reverse("test_look", args=[user.ref]))
    assert CANARY in answer.content.decode()
    (row,) = rows()
    assert (row.action, row.model, row.object_ref, row.tier) == ("read", "access.user", user.ref, 2)
    assert (row.actor_id, row.roles, row.fields) == (user.pk, "adviser", ["email", "full_name"])
    assert len(row.request) == 32
    client.get(reverse("test_look", args=[user.ref]))
    again = rows()[1]
    assert again.request != row.request
    assert verifying.verify().is_fine


def test_a_page_without_a_row_shows_nothing(client: Client, user: User, broken: None) -> None:
    answer = client.get(reverse("test_look", args=[user.ref]))
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert rows() == []


def test_a_change_without_a_row_does_not_happen(client: Client, user: User, broken: None) -> None:
    answer = client.post(reverse("test_change", args=[user.ref]))
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert User.objects.get(pk=user.pk).full_name != "changed"


def test_nor_without_the_key(client: Client, user: User) -> None:
    client.post(reverse("test_change", args=[user.ref]))
    assert User.objects.get(pk=user.pk).full_name == "changed"
    (keyfiles.folder() / "audit-1.key").unlink()
    answer = client.get(reverse("test_look", args=[user.ref]))
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()


def test_registering_somebody_without_a_row(client: Client, user: User, broken: None) -> None:
    """The product's own page for it."""
    factories.point(user.memberships.get().organisation)
    form = client.get(reverse("people:register")).context["form"]
    names = {f"{rows}-{form}_FORMS": "0" for rows in ("names", "family") for form in ("TOTAL", "INITIAL")}
    data = {"form": form["form"].value(), "name": "Olena Testowa", "point": form["point"].value() or "", **names}
    assert client.post(reverse("people:register"), data).status_code == 500
    assert not Person.objects.exists()
    with owner() as found:
        found.execute("DROP TRIGGER refuse ON access_auditentry")
    assert client.post(reverse("people:register"), data).status_code == 302
    assert Person.objects.get().ref in {row.object_ref for row in rows()}


def test_erasing_what_rows_point_to_leaves_the_chain(client: Client, user: User) -> None:
    """Rows name objects by reference only: nothing has to be taken out of them."""
    organisation = user.memberships.get().organisation
    person = factories.person(factories.point(organisation))
    by = system(organisation.pk, "tests")
    audit.record(by, "person.change", person, ["town"])
    audit.read(by, person, ["identity"])
    person.names.all().delete()
    person.delete()
    audit.record(by, "person.erase", Person(ref=person.ref))
    assert verifying.verify().is_fine
    assert {row.object_ref for row in rows()} == {person.ref}
