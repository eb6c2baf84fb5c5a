"""Who writes down sample, who sees them, and that the database keeps them, too."""

import pytest
from django.test import Client
from django.urls import reverse
from przystan.sample import actions
from przystan.sample.models import Item
from przystan.sample.rights import SAMPLE_READ

from przystan.access.decisions import decide
from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.people.models import Exclusion, Person
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "Canary-5821"


@pytest.fixture
def person() -> Person:
    return factories.person(factories.point(factories.organisation()))


@pytest.fixture
def staff(person: Person) -> dict[str, User]:
    house, other = person.organisation, factories.organisation("Other")
    found = {
        "adviser": factories.user(house, "adviser", person.point),
        "excluded": factories.user(house, "adviser", person.point),
        "elsewhere": factories.user(house, "adviser", factories.point(house)),
        "director": factories.user(house, "director"),
        "stranger": factories.user(other, "adviser", factories.point(other)),
    }
    Exclusion.objects.create(person=person, user=found["excluded"])
    return found


@pytest.fixture
def item(person: Person, staff: dict[str, User]) -> Item:
    by = actor_for(staff["adviser"])
    assert by
    with acting(by):
        return actions.add_item(by=by, person=person, day=person.created_at.date(), title=WORDS)


def client(user: User) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(user)
    return found


def addresses(person: Person) -> list[str]:
    about = reverse("desk:person", args=[person.ref])
    return [reverse("sample:index"), about, f"{reverse('sample:new')}?person={person.ref}"]


def test_one_is_written_down_on_the_page_of_a_person(person: Person, staff: dict[str, User]) -> None:
    index, about, new = addresses(person)
    page = client(staff["adviser"])
    assert new in page.get(about).text
    assert page.post(new, {"day": "2026-11-20", "title": WORDS}).url == about
    assert WORDS in page.get(index).text
    assert WORDS in page.get(about).text
    row = AuditEntry.objects.get(action="sample.note")
    assert (row.object_ref, row.fields) == (Item.objects.get().ref, ["day", "title"])


def test_the_same_is_not_written_down_twice(person: Person, staff: dict[str, User]) -> None:
    new = addresses(person)[2]
    page = client(staff["adviser"])
    first, second = [page.post(new, {"day": "2026-11-20", "title": WORDS}) for _ in range(2)]
    assert (first.status_code, second.status_code) == (302, 200)
    assert "This is there already." in second.text
    assert WORDS in second.text, "what was typed stays"


@pytest.mark.parametrize(("who", "opens"), [("adviser", True), ("elsewhere", True), ("director", False)])
def test_who_holds_the_right_has_the_list(person: Person, staff: dict[str, User], who: str, opens: bool) -> None:
    index, page = addresses(person)[0], client(staff[who])
    assert page.get(index).status_code == (200 if opens else 404)
    assert (f'href="{index}"' in page.get("/").text) == opens, "the side list"


@pytest.mark.parametrize("who", ["excluded", "elsewhere", "director", "stranger"])
def test_for_others_it_is_missing(item: Item, staff: dict[str, User], who: str) -> None:
    index, about, new = addresses(item.person)
    page = client(staff[who])
    assert WORDS not in page.get(index).text + page.get(about).text
    assert [page.get(new).status_code, page.post(new).status_code] == [404] * 2


@pytest.mark.parametrize(("who", "known"), [("adviser", 1), ("elsewhere", 1), ("stranger", 0)])
def test_the_database_keeps_it_to_who_may_know_of_the_person(
    item: Item, staff: dict[str, User], who: str, known: int
) -> None:
    actor = actor_for(staff[who])
    assert actor
    with acting(actor):
        assert Item.objects.count() == known


def test_lists_and_decisions_agree(item: Item, staff: dict[str, User]) -> None:
    for who, user in staff.items():
        actor = actor_for(user)
        assert actor
        with acting(actor):
            seen = actor.can(SAMPLE_READ) and Item.objects.seen_by(actor).exists()
        assert decide(actor, SAMPLE_READ, item).allowed == seen, who
