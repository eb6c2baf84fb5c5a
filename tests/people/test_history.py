"""What was corrected can be read as it was, by who may see what is sensitive; nothing is kept of who is protected."""

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access import scope
from przystan.access.models import AuditEntry
from przystan.people import actions
from przystan.people.models import Channel, Citizenship, FactBefore, Person, PersonName
from przystan.people.queries.history import history_of, told
from przystan.privacy.actions import ask_erasure, confirm_erasure
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return factories.person(factories.point(factories.organisation()), "Олена Коваленко", birth="1987")


def test_a_corrected_name_is_told_with_who_and_what_it_was(person: Person) -> None:
    user = factories.user(person.organisation, "coordinator", name="Julia Witkowska")
    actor = actor_for(user)
    assert actor
    with scope.acting(actor):
        name = PersonName.objects.get(person=person)
        name.text = "Олена Коваль"
        actions.keep_name(by=actor, fact=name, fields=["text"])
        person.birth = "1988"
        actions.change_identity(by=actor, person=person, fields=["birth"])
        newest, first = told(list(history_of(actor, person)))
    assert (first.by, first.gone, first.said) == ("Julia Witkowska", False, [("full name", "Олена Коваленко")])
    assert newest.said == [("born", "1987")]
    assert AuditEntry.objects.filter(action="read", fields=["earlier_facts"], object_ref=person.ref).count() == 1


def test_update_and_delete_past_the_actions_are_kept_too(person: Person) -> None:
    fact = Citizenship.objects.create(person=person, country="UA")
    Citizenship.objects.filter(pk=fact.pk).update(country="PL")
    fact.delete()
    rows = list(FactBefore.objects.filter(person=person, table="people_citizenship").order_by("id"))
    assert [(row.gone, row.before["country"]) for row in rows] == [(False, "UA"), (True, "PL")]
    assert FactBefore.objects.count() == 2


def test_what_is_sealed_stays_sealed(person: Person) -> None:
    channel = Channel.objects.create(person=person, kind="phone", value="600 100 200", shared_with="brother-in-law")
    channel.shared_with = "nobody"
    channel.save()
    (row,) = FactBefore.objects.all()
    assert list(row.before) == ["shared_with"]
    assert "brother" not in bytes.fromhex(row.before["shared_with"][2:]).decode("latin-1")
    assert told([row])[0].said == [("who else uses it", "a sealed text")]


def test_erasing_takes_what_was_said_before_too(person: Person) -> None:
    PersonName.objects.filter(person=person).update(text="Олена Коваль")
    assert FactBefore.objects.count() == 1
    first, second = (factories.actor(person.organisation, "coordinator") for _ in range(2))
    confirm_erasure(by=second, erasure=ask_erasure(by=first, person=person))
    assert not FactBefore.objects.exists()


def test_what_was_said_before_follows_a_merge_and_comes_back(person: Person) -> None:
    twin = factories.person(person.point, "Олена Ковалюк")
    PersonName.objects.filter(person=twin).update(text="Олена Коваленко")
    by = factories.actor(person.organisation, "coordinator")
    merged = actions.merge(by=by, kept=person, absorbed=twin)
    assert [row.person_id for row in FactBefore.objects.all()] == [person.pk]
    actions.undo_merge(by=by, merge=merged)
    assert [row.person_id for row in FactBefore.objects.all()] == [twin.pk]


def test_a_change_that_changes_nothing_is_none(person: Person) -> None:
    person.save()
    assert not FactBefore.objects.exists()


@pytest.mark.parametrize(
    ("role", "team", "status"),
    [("adviser", True, 200), ("adviser", False, 404), ("coordinator", False, 200), ("director", False, 404)],
)
def test_the_page_by_persona(person: Person, role: str, team: bool, status: int) -> None:
    user = factories.user(person.organisation, role)
    if team:
        factories.work_with(person, user)
    PersonName.objects.filter(person=person).update(text="Олена Коваль")
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("people:history", args=[person.ref]))
    assert answer.status_code == status
    assert ("Коваленко" in answer.content.decode()) == (status == 200)


def test_other_organisations_see_nothing(person: Person) -> None:
    client = Client()
    client.force_login(factories.user(factories.organisation(), "coordinator"))
    assert client.get(reverse("people:history", args=[person.ref])).status_code == 404
