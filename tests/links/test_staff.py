"""What staff sees of its links: who makes them, who else may manage them, what waits on Today."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from przystan.access.actors import Forbidden
from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.links import actions
from przystan.links.enums import LinkState
from przystan.links.models import Link, Made, Reminder
from przystan.links.purposes import declared
from przystan.people.models import Exclusion, Person
from przystan.privacy.actions.notices import ask_to_read
from przystan.privacy.models import Notice
from przystan.team.queries import actor_for
from tests import factories

from .conftest import ADDRESS, Bearer, staff

pytestmark = pytest.mark.django_db


def new(person: Person) -> str:
    return reverse("links:new", args=["privacy.notice", person.ref])


def test_from_the_page_of_a_person_to_an_address(person: Person, adviser: User) -> None:
    client = staff(adviser)
    person.languages.create(language="ru")
    assert new(person) in client.get(reverse("desk:person", args=[person.ref])).text
    assert '<option value="ru" selected>' in client.get(new(person)).text, "the language they speak"
    page = client.post(new(person), {"language": "ru"})
    assert page.status_code == 200
    assert ADDRESS.search(page.text)
    assert Notice.objects.get().person == person
    assert "not opened yet" in client.get(reverse("desk:person", args=[person.ref])).text


def test_sent_twice_there_is_one_question_and_one_address_that_works(person: Person, adviser: User) -> None:
    client = staff(adviser)
    pages = [client.post(new(person), {"language": "uk"}).text for _ in range(2)]
    first, second = [Bearer(Made(Link(), ADDRESS.search(page)[2])) for page in pages]  # type: ignore[index]
    assert (Link.objects.count(), Notice.objects.count()) == (1, 1)
    assert (first.get().status_code, second.get().status_code) == (404, 200)


@pytest.mark.parametrize("language", ["", "xx"])
def test_a_language_that_pages_do_not_have_is_refused(person: Person, adviser: User, language: str) -> None:
    assert staff(adviser).post(new(person), {"language": language}).status_code == 200
    assert not Link.objects.exists()


@pytest.fixture
def colleagues(person: Person) -> dict[str, User]:
    house, other = person.organisation, factories.organisation("Other")
    found = {
        "adviser": factories.user(house, "adviser", person.point),
        "excluded": factories.user(house, "adviser", person.point),
        "elsewhere": factories.user(house, "adviser", factories.point(house)),
        "teacher": factories.user(house, "teacher", person.point),
        "stranger": factories.user(other, "coordinator", factories.point(other)),
    }
    Exclusion.objects.create(person=person, user=found["excluded"])
    return found


def test_a_colleague_who_knows_the_person_manages_it(link: Link, colleagues: dict[str, User]) -> None:
    client = staff(colleagues["adviser"])
    assert "Ala Nowak" in client.get(reverse("links:link", args=[link.ref])).text
    assert client.post(reverse("links:revoke", args=[link.ref])).status_code == 302
    link.refresh_from_db()
    assert (link.state, link.revoked_by) == (LinkState.REVOKED, colleagues["adviser"])


@pytest.mark.parametrize("who", ["excluded", "elsewhere", "teacher", "stranger"])
def test_for_others_it_is_missing(link: Link, person: Person, colleagues: dict[str, User], who: str) -> None:
    client = staff(colleagues[who])
    reminder = Reminder.objects.create(link=link, number=1, due_at=timezone.now())
    assert client.get(reverse("links:link", args=[link.ref])).status_code == 404
    assert client.get(new(person)).status_code == client.post(new(person), {"language": "uk"}).status_code == 404
    for name, ref in (("revoke", link.ref), ("renew", link.ref), ("reminded", reminder.ref)):
        assert client.post(reverse(f"links:{name}", args=[ref])).status_code == 404, name
    link.refresh_from_db()
    assert link.state == LinkState.WAITING


def test_an_unknown_purpose_is_missing(person: Person, adviser: User) -> None:
    assert staff(adviser).get(reverse("links:new", args=["no.such", person.ref])).status_code == 404


def test_the_message_says_what_is_asked_in_the_language_of_who_is_asked(adviser: User, person: Person) -> None:
    page = staff(adviser).post(new(person), {"language": "uk"}).text
    with translation.override("uk"):
        assert str(declared()["privacy.notice"].invitation) in page


def test_made_anew_the_old_address_is_dead(bearer: Bearer, link: Link, adviser: User) -> None:
    page = staff(adviser).post(reverse("links:renew", args=[link.ref])).text
    found = ADDRESS.search(page)
    assert found
    assert bearer.get().status_code == 404
    assert Bearer(Made(link, found[2])).get().status_code == 200


def test_today_says_whom_to_remind_until_it_is_sent(link: Link, adviser: User, person: Person) -> None:
    client = staff(adviser)
    assert "Links that wait" not in client.get("/").text
    reminder = Reminder.objects.create(link=link, number=1, due_at=timezone.now())
    today = client.get("/").text
    assert "Links that wait" in today
    assert "Олена" in today
    page = client.get(reverse("links:link", args=[link.ref])).text
    assert "Ми надіслали вам посилання" in page, "ready to copy, in their language"
    for _ in range(2):
        assert client.post(reverse("links:reminded", args=[reminder.ref])).status_code == 302
        assert AuditEntry.objects.filter(action="link.remind").count() == 1, "written once, and at once"
    assert "Links that wait" not in client.get("/").text


def test_today_tells_who_did_not_answer_and_to_nobody_else(
    link: Link, adviser: User, colleagues: dict[str, User]
) -> None:
    Link.objects.update(silent_at=timezone.now(), expires_at=timezone.now())
    assert "no answer" in staff(adviser).get("/").text
    for user in colleagues.values():
        assert "Links that wait" not in staff(user).get("/").text
    for days, told in ((13.9, True), (14.1, False)):
        Link.objects.update(silent_at=timezone.now() - timedelta(days=days))
        assert ("no answer" in staff(adviser).get("/").text) == told, days


def test_who_did_not_answer_can_be_asked_again(link: Link, adviser: User) -> None:
    Link.objects.update(silent_at=timezone.now(), expires_at=timezone.now())
    staff(adviser).post(reverse("links:renew", args=[link.ref]))
    link.refresh_from_db()
    assert link.state == LinkState.WAITING
    assert link.is_open


def test_the_list_costs_the_same_for_one_and_for_many(
    made: Made, person: Person, adviser: User, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client, by = staff(adviser), actor_for(adviser)
    assert by
    client.get(reverse("links:index"))
    with acting(by):
        for _ in range(3):
            ask_to_read(by=by, ref=factories.person(person.point).ref, language="pl")
    with django_assert_max_num_queries(16):
        page = client.get(reverse("links:index"))
    assert page.text.count("not opened yet") == 4


@pytest.mark.parametrize("who", ["excluded", "elsewhere", "teacher", "stranger"])
def test_actions_ask_for_themselves_who_manages(link: Link, colleagues: dict[str, User], who: str) -> None:
    """Whoever calls them, not only the pages."""
    by = actor_for(colleagues[who])
    assert by
    reminder = Reminder.objects.create(link=link, number=1, due_at=timezone.now())
    link.organisation_id = by.organisation_id if who == "stranger" else link.organisation_id
    for act in (
        lambda: actions.revoke(by=by, link=link),
        lambda: actions.renew(by=by, link=link),
        lambda: actions.done(by=by, reminder=reminder),
    ):
        with pytest.raises(Forbidden):
            act()
    link.refresh_from_db()
    assert link.state == LinkState.WAITING
