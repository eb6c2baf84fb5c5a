"""The sealed reason beside open fields, the button on a row, the card on Today, and what is asked once more."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from przystan.sample import actions
from przystan.sample.models import Item

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db
TITLE, REASON = "Canary-5821", "Canary-9034"


@pytest.fixture
def adviser() -> Actor:
    """Works with the person."""
    centre = factories.organisation()
    return factories.actor(centre, "adviser", factories.point(centre))


@pytest.fixture
def item(adviser: Actor) -> Item:
    person = factories.person(here(adviser), team=[adviser])
    with acting(adviser):
        return actions.add_item(by=adviser, person=person, day=timezone.localdate(), title=TITLE, reason=REASON)


@pytest.fixture
def colleague(adviser: Actor) -> Actor:
    """Of the same point, but does not work with the person."""
    return factories.actor(here(adviser).organisation, "adviser", here(adviser))


def here(actor: Actor) -> Point:
    found = User.objects.get(pk=actor.user_id).memberships.get().point
    assert found
    return found


def client(of: Actor) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(User.objects.get(pk=of.user_id))
    return found


def looks(at: Item) -> list[str]:
    rows = AuditEntry.objects.filter(action="read", object_ref=at.person.ref).order_by("seq")
    return [field for row in rows for field in row.fields if field == "reason"]


def test_the_reason_shows_to_who_works_with_the_person_and_the_look_is_written_down(
    item: Item, adviser: Actor, colleague: Actor
) -> None:
    about = reverse("desk:person", args=[item.person.ref])
    page = client(colleague).get(about).text
    assert TITLE in page
    assert REASON not in page
    assert looks(item) == []
    assert REASON in client(adviser).get(about).text
    assert looks(item) == ["reason"]


def test_the_reason_is_taken_only_from_who_may_read_it(item: Item, colleague: Actor) -> None:
    new = f"{reverse('sample:new')}?person={item.person.ref}"
    page = client(colleague)
    assert 'name="reason"' not in page.get(new).text
    assert page.post(new, {"day": "2026-11-20", "title": "Second", "reason": REASON}).status_code == 302
    assert Item.objects.get(title="Second").reason == ""
    with acting(colleague), pytest.raises(Forbidden):
        actions.add_item(by=colleague, person=item.person, day=item.day, title="Third", reason=REASON)


def test_the_database_holds_no_word_of_it(item: Item) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM sample_item i")
        (row,) = cursor.fetchone()
    assert TITLE in row
    assert REASON not in row
    assert REASON.encode().hex() not in row


def test_it_is_ticked_off_on_today_by_a_button(item: Item, adviser: Actor) -> None:
    page, done = client(adviser), reverse("sample:finish", args=[item.ref])
    assert f'action="{done}"' in page.get("/").text
    assert page.get(done).status_code == 405
    assert page.post(done, {"today": "1"}).url == "/"
    assert Item.objects.get().done_on == timezone.localdate()
    assert done not in page.get("/").text
    with acting(adviser), pytest.raises(ValidationError):
        actions.finish_item(by=adviser, item=item)


def test_removing_is_asked_once_more_and_what_is_done_stays(item: Item, adviser: Actor) -> None:
    page, remove = client(adviser), reverse("sample:remove", args=[item.ref])
    assert "It cannot be brought back." in page.get(remove).text
    assert Item.objects.exists(), "only asked"
    Item.objects.update(done_on=item.day)
    assert "What is done stays." in page.post(remove, follow=True).text
    Item.objects.update(done_on=None)
    assert page.post(remove).url == reverse("desk:person", args=[item.person.ref])
    assert not Item.objects.exists()
    assert AuditEntry.objects.get(action="sample.remove").object_ref == item.ref


@pytest.mark.parametrize("address", ["sample:finish", "sample:remove"])
def test_for_who_may_not_see_it_it_is_missing(item: Item, address: str) -> None:
    stranger = factories.actor(item.person.organisation, "adviser", factories.point(item.person.organisation))
    assert client(stranger).post(reverse(address, args=[item.ref])).status_code == 404
    assert Item.objects.get().done_on is None
