"""The page of one person."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.models import User
from przystan.desk.queries.person import page_of
from przystan.people import actions
from przystan.people.models import Channel, Citizenship, Consent, ConsentText, Person, TitleHeld
from przystan.reference.models import ResidenceTitle
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def person() -> Person:
    """Somebody with a bit of everything."""
    found = factories.person(factories.point(factories.organisation()), "Олена Коваленко", birth="1987-05")
    Citizenship.objects.create(person=found, country="UA")
    title = ResidenceTitle.objects.create(code="visa-d", names={"en": "Visa D"}, title_class="visa")
    TitleHeld.objects.create(person=found, title=title, valid_to=date(2020, 1, 1))
    text = ConsentText.objects.create(purpose="photo", version=1, names={"en": "Photographs"})
    Consent.objects.create(person=found, text=text, language="uk", given_on=date(2026, 1, 5))
    factories.household(found, factories.person(found.point, "Іван Коваленко"))
    factories.support(found.point, factories.service("Legal advice"), found)
    return found


@pytest.fixture
def page(person: Person) -> str:
    return reverse("desk:person", args=[person.ref])


def test_all_that_is_known_is_there(person: Person, page: str) -> None:
    html = logged_in(factories.user(person.organisation, "coordinator")).get(page).content.decode()
    for words in ("Олена Коваленко", "May 1987", "Ukraine", "Visa D", "Photographs", "Іван Коваленко", "Legal advice"):
        assert words in html
    assert "Олена" not in html.split("<title>")[1].split("</title>")[0]


def test_titles_that_hold_and_those_of_before_are_told_apart_the_latest_first(person: Person) -> None:
    title, today = ResidenceTitle.objects.get(code="visa-d"), timezone.localdate()
    ends = [date(2021, 1, 1), today, today + timedelta(days=90)]
    for end in ends:
        TitleHeld.objects.create(person=person, title=title, valid_to=end)
    actor = actor_for(factories.user(person.organisation, "coordinator"))
    assert actor
    found = page_of(actor, person)
    assert [one.valid_to for one in found.titles_now] == [ends[2], ends[1]]
    assert [one.valid_to for one in found.titles_past] == [ends[0], date(2020, 1, 1)]


def test_a_home_is_shown_only_with_somebody_else_in_it(person: Person) -> None:
    """Alone in one, somebody would be told to live with who is not to be seen."""
    actor = actor_for(factories.user(person.organisation, "coordinator"))
    assert actor
    assert {one.person.display_name for one in page_of(actor, person).housemates} == {
        "Олена Коваленко",
        "Іван Коваленко",
    }
    person.households.get().household.members.exclude(person=person).delete()
    person.refresh_from_db()
    assert page_of(actor, person).housemates == []


def test_what_is_not_safe_stands_before_everything_else(person: Person, page: str) -> None:
    Channel.objects.create(person=person, kind="phone", value="600 123 456", safety="no", shared_with="husband")
    Channel.objects.create(person=person, kind="email", value="o@example.org", safety="yes")
    html = logged_in(factories.user(person.organisation, "coordinator")).get(page).content.decode()
    banner = html.split("<main")[1].split('role="alert"')[1].split("</ul>")[0]
    assert "600 123 456" in banner
    assert "never use" in banner
    assert "husband" in banner
    assert "o@example.org" not in banner
    assert html.index("600 123 456") < html.index("Legal advice")


@pytest.mark.parametrize(
    ("kind", "value", "safety", "link"),
    [
        ("phone", "600 123 456", "yes", "tel:+48600123456"),
        ("sms", "+380 67 123 45 67", "yes", "sms:+380671234567"),
        ("email", "o'neil&co@example.org", "yes", "mailto:o%27neil%26co@example.org"),
        ("phone", "600 123 456", "not_asked", ""),
        ("phone", "600 123 456", "neutral", ""),
        ("phone", "600 123 456", "no", ""),
        ("messenger", "Signal 600 123 456", "yes", ""),
    ],
)
def test_a_tap_calls_only_where_the_person_said_so(
    person: Person, page: str, kind: str, value: str, safety: str, link: str
) -> None:
    """A tap on a number opened the form that changes it."""
    adviser = factories.user(person.organisation, "coordinator")
    by = actor_for(adviser)
    assert by
    actions.keep_channel(by=by, fact=Channel(person=person, kind=kind, value=value, safety=safety))
    html = logged_in(adviser).get(page).content.decode()
    assert re.findall(r'href="((?:tel|sms|mailto):[^"]*)"', html) == ([link] * 2 if link else [])  # at the head, too
    assert ("not asked yet" in html) == (safety == "not_asked")


def test_after_three_months_one_asks_if_a_number_is_still_right(person: Person, page: str) -> None:
    today = timezone.localdate()
    Channel.objects.create(
        person=person, kind="phone", value="600", safety="yes", confirmed_on=today - timedelta(days=90)
    )
    client = logged_in(factories.user(person.organisation))
    assert "ask if it is still right" not in client.get(page).content.decode()
    Channel.objects.update(confirmed_on=today - timedelta(days=91))
    assert "ask if it is still right" in client.get(page).content.decode()


def test_strangers_find_nothing(person: Person, page: str, client: Client) -> None:
    stranger = logged_in(factories.user(factories.organisation(), "coordinator"))
    missing = stranger.get(reverse("desk:person", args=["0" * 12]))
    refused = stranger.get(page)
    assert missing.status_code == refused.status_code == 404
    assert logged_in(factories.user(person.organisation, "teacher")).get(page).status_code == 404
    assert client.get(page)["Location"].startswith(reverse("account_login"))
    assert stranger.get("/people/not-a-ref/").status_code == 404


def test_who_only_reads_sees_no_button_to_change(person: Person, page: str) -> None:
    html = logged_in(factories.user(person.organisation, "grant_officer")).get(page).content.decode()
    assert "Олена Коваленко" in html
    assert reverse("people:identity", args=[person.ref]) not in html
    assert reverse("people:find_same", args=[person.ref]) not in html
    assert "/new/" not in html.split('id="main"')[1]


def test_a_merged_record_leads_to_the_kept_one(person: Person, page: str) -> None:
    other = factories.person(person.point, "Olena Kovalenko")
    coordinator = factories.actor(person.organisation, "coordinator")
    merge = actions.merge(by=coordinator, kept=person, absorbed=other)
    client = logged_in(factories.user(person.organisation, "coordinator"))
    assert client.get(reverse("desk:person", args=[other.ref]))["Location"] == page
    assert reverse("people:undo_merge", args=[person.ref, merge.ref]) in client.get(page).content.decode()


def test_the_list_goes_on(person: Person, page: str) -> None:
    service = factories.service("Course")
    for day in range(1, 25):
        factories.support(person.point, service, person, day=date(2025, 1, day))
    client = logged_in(factories.user(person.organisation))
    first = client.get(page)
    after = first.context["page"].events.after
    assert after
    rest = client.get(page, {"after": after})
    shown = [support.pk for answer in (first, rest) for support in answer.context["page"].events.items]
    assert len(shown) == len(set(shown)) == 25


def test_what_was_given_stands_by_years_and_one_service_can_be_shown_alone(person: Person, page: str) -> None:
    course = factories.service("Course")
    for year in (2024, 2025):
        for day in range(1, 13):
            factories.support(person.point, course, person, day=date(year, 1, day))
    step = factories.support(person.point, factories.service("Lawyer"), person, next_step="Write to the office")
    client = logged_in(factories.user(person.organisation, "coordinator"))
    whole = client.get(page)
    assert re.findall(r"<h3>(\d+)</h3>", whole.text) == ["2026", "2025", "2024"]
    alone = client.get(page, {"about": course.code})
    assert {one.service_id for one in alone.context["page"].events.items} == {course.pk}
    assert alone.context["page"].glance.step == step
    assert {one.pk for one in alone.context["page"].given} >= {course.pk, step.service_id}
    rest = client.get(page, {"about": course.code, "after": alone.context["page"].events.after})
    assert len(alone.context["page"].events.items) + len(rest.context["page"].events.items) == 24
    assert re.search(r"hx-get=\"[^\"]*about=", alone.text)
    assert not client.get(page, {"about": "no-such"}).context["page"].events.items
    assert client.get(page, {"about": "no-such\x00"}).context["page"].events.items


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_as_for_three(person: Person, page: str, count: int) -> None:
    for number in range(count):
        factories.support(person.point, factories.service(), person)
        Citizenship.objects.create(person=person, country="PL")
        Channel.objects.create(person=person, kind="phone", value=str(number))
        factories.household(person, factories.person(person.point))
    client = logged_in(factories.user(person.organisation, "coordinator"))
    client.get(page)
    with queries_of_view(24):
        client.get(page)
