"""The pages about people, as each persona sees them."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.models import User
from przystan.people import actions
from przystan.people.enums import ChannelKind
from przystan.people.models import (
    Channel,
    Citizenship,
    Consent,
    ConsentText,
    HouseholdMember,
    Merge,
    PairVerdict,
    Person,
    PersonName,
    Relation,
)
from przystan.people.queries import fact_key
from przystan.team.models import Point
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def person(point: Point) -> Person:
    return factories.person(point, "Олена Коваленко", birth="1987-05-03")


@pytest.fixture
def login() -> Login:
    def client_of(user: User) -> Client:
        client = Client(enforce_csrf_checks=False)
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return client_of


@pytest.fixture
def adviser(point: Point, person: Person, login: Login) -> Client:
    """Works with the person."""
    user = factories.user(point.organisation)
    factories.work_with(person, user)
    return login(user)


@pytest.fixture
def coordinator(point: Point, login: Login) -> Client:
    return login(factories.user(point.organisation, "coordinator"))


@pytest.fixture
def stranger(login: Login) -> Client:
    return login(factories.user(factories.organisation(), "coordinator"))


@pytest.fixture
def reader(point: Point, login: Login) -> Client:
    """May read people and change nothing."""
    return login(factories.user(point.organisation, "grant_officer"))


def pages_of(person: Person) -> list[str]:
    """Addresses where a fact of a person is written."""
    phone = Channel.objects.create(person=person, kind="phone", value="600 123 456", digits="48600123456")
    kinds = ("names", "citizenships", "titles", "contacts", "dwellings", "languages", "consents")
    return [
        reverse("people:identity", args=[person.ref]),
        reverse("people:join", args=[person.ref]),
        reverse("people:relate", args=[person.ref]),
        *(reverse("people:fact_add", args=[person.ref, kind]) for kind in kinds),
        reverse("people:fact_change", args=[person.ref, "contacts", fact_key(phone)]),
        reverse("people:fact_remove", args=[person.ref, "contacts", fact_key(phone)]),
    ]


def test_a_colleague_opens_every_page_and_others_none(
    person: Person, adviser: Client, stranger: Client, reader: Client, client: Client
) -> None:
    for page in pages_of(person):
        assert adviser.get(page).status_code == 200, page
        assert stranger.get(page).status_code == 404, page
        assert reader.get(page).status_code == 404, page
        assert client.get(page).status_code == 302, page
        assert client.get(page)["Location"].startswith(reverse("account_login"))


def test_a_bad_address_is_not_found(person: Person, adviser: Client) -> None:
    other = factories.person(person.point)
    for args in (["0" * 12, "names"], [person.ref, "nonsense"]):
        assert adviser.get(reverse("people:fact_add", args=args)).status_code == 404
    key = fact_key(other.names.get())  # a fact of somebody else under this person's address
    assert adviser.get(reverse("people:fact_change", args=[person.ref, "names", key])).status_code == 404
    assert adviser.get(f"/people/{person.ref}/names/{'x' * 12}/").status_code == 404


def test_a_fact_is_added_changed_ended_and_taken_away(person: Person, coordinator: Client) -> None:
    there = reverse("desk:person", args=[person.ref])
    answer = coordinator.post(reverse("people:fact_add", args=[person.ref, "citizenships"]), {"country": "UA"})
    assert answer["Location"] == there
    args = [person.ref, "citizenships", fact_key(person.citizenships.get())]
    coordinator.post(reverse("people:fact_change", args=args), {"country": "PL", "valid_from": "2020-01-01"})
    assert person.citizenships.get().country == "PL"
    bad = coordinator.post(reverse("people:fact_end", args=args), {"day": "2019-01-01"})
    assert b"must not be after the last" in bad.content
    assert coordinator.post(reverse("people:fact_end", args=args), {"day": "2024-01-31"})["Location"] == there
    assert coordinator.post(reverse("people:fact_remove", args=args))["Location"] == there
    assert not person.citizenships.exists()


def test_what_is_refused_is_said_beside_the_field(person: Person, adviser: Client) -> None:
    page = reverse("people:fact_add", args=[person.ref, "contacts"])
    answer = adviser.post(page, {"kind": "phone", "value": "600", "safety": "hours"})
    assert answer.status_code == 200
    assert b"between which hours" in answer.content
    only = reverse("people:fact_remove", args=[person.ref, "names", fact_key(person.names.get())])
    assert b"keeps at least one name" in adviser.post(only).content


def test_the_search_page(person: Person, adviser: Client, stranger: Client) -> None:
    page = reverse("people:search")
    assert "Олена Коваленко" in adviser.get(page).content.decode()
    assert "Олена Коваленко" in adviser.post(page, {"q": "kowalenko"}).content.decode()
    assert "Олена" not in stranger.post(page, {"q": "kowalenko"}).content.decode()
    part = adviser.post(page, {"q": "kowalenko"}, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="found"')
    assert part.strip() in adviser.post(page, {"q": "kowalenko"}).content.decode().replace("\r", "") or "csrf" in part


def test_the_list_under_the_bar(person: Person, adviser: Client, stranger: Client) -> None:
    page = reverse("people:suggest")
    assert person.ref in adviser.post(page, {"q": "kowalenko"}).content.decode()
    assert person.ref not in stranger.post(page, {"q": "kowalenko"}).content.decode()
    assert adviser.get(page).status_code == 405


@pytest.mark.parametrize("people", [1, 3])
def test_as_many_queries_for_one_as_for_three(point: Point, adviser: Client, people: int) -> None:
    for _ in range(people):
        factories.person(point, "Anna Nowak")
    page = reverse("people:search")
    adviser.get(page)
    with queries_of_view(2):
        adviser.get(page)
    with queries_of_view(4):
        adviser.post(page, {"q": "Anna Nowak"})


def registration(**values: str) -> dict[str, str]:
    return {
        "family-TOTAL_FORMS": "0",
        "family-INITIAL_FORMS": "0",
        "names-TOTAL_FORMS": "1",
        "names-INITIAL_FORMS": "0",
        "names-0-text": "",
        "names-0-kind": "native",
        **values,
    }


def test_registering_starts_from_the_search(person: Person, adviser: Client) -> None:
    page = adviser.post(reverse("people:register_start"), {"q": "Olena Kovalenko 1987"})
    form = page.context["form"]
    assert (form["name"].value(), form["birth"].value()) == ("Olena Kovalenko", "1987")
    assert person.ref in page.context["seen"]
    assert person.ref in page.content.decode()


def test_nobody_who_fits_comes_after_registering(point: Point, adviser: Client) -> None:
    near = [factories.person(point, f"Зоряна {name}").ref for name in ("Петренко", "Ткач", "Бондар", "Мельник")]
    answer = adviser.post(reverse("people:search"), {"q": "Зоряна Винниченко"}).content.decode()
    assert answer.count("Nobody fits well. Nearest:") == 1
    assert answer.index("Register a new person") < answer.index("Nobody fits well") < answer.index(near[0])
    listed = adviser.post(reverse("people:suggest"), {"q": "Зоряна Винниченко"}).content.decode()
    assert sum(ref in listed for ref in near) == 3
    start = adviser.post(reverse("people:register_start"), {"q": "Зоряна Винниченко"}).content.decode()
    assert "Perhaps already here" not in start


def test_somebody_alike_is_shown_before_anything_is_saved(person: Person, adviser: Client) -> None:
    page = reverse("people:register")
    form = adviser.get(page).context["form"]
    sent = registration(form=form["form"].value(), name="Olena Kovalenko", point=str(person.point_id), birth="1987")
    answer = adviser.post(page, sent)
    assert answer.status_code == 200
    assert Person.objects.count() == 1
    assert person.ref in answer.content.decode()
    answer = adviser.post(page, {**sent, "seen": answer.context["seen"]})
    new = Person.objects.latest("id")
    assert answer["Location"] == reverse("desk:person", args=[new.ref])
    assert PairVerdict.objects.get().state == "suspected"
    again = adviser.post(page, {**sent, "seen": person.ref})
    assert again["Location"] == reverse("desk:person", args=[new.ref])
    assert Person.objects.count() == 2


def test_a_form_with_a_made_up_reference_is_refused(point: Point, adviser: Client) -> None:
    sent = registration(form="0" * 12, name="Olena", point=str(point.pk))
    assert adviser.post(reverse("people:register"), sent).status_code == 200
    assert Person.objects.count() == 1, "only whom the adviser works with"


def test_choosing_whom_one_lives_with(person: Person, point: Point, coordinator: Client, stranger: Client) -> None:
    child = factories.person(point, "Іван Коваленко")
    page = reverse("people:join", args=[child.ref])
    found = coordinator.post(page, {"q": "Olena Kovalenko"})
    assert person.ref in found.content.decode()
    answer = coordinator.post(page, {"q": "Olena Kovalenko", "other": person.ref, "role": "child"})
    assert answer["Location"] == reverse("desk:person", args=[child.ref])
    assert HouseholdMember.objects.count() == 2
    page = reverse("people:relate", args=[person.ref])
    coordinator.post(page, {"q": "Ivan", "other": child.ref, "kind": "parent"})
    assert Relation.objects.get().other == child
    theirs = factories.person(factories.point(factories.organisation()))
    assert coordinator.post(page, {"q": "x", "other": theirs.ref, "kind": "parent"}).status_code == 404


def test_only_coordinators_decide_about_duplicates(person: Person, adviser: Client, coordinator: Client) -> None:
    other = factories.person(person.point, "Olena Kovalenko")
    pages = [
        reverse("people:duplicates"),
        reverse("people:find_same", args=[person.ref]),
        reverse("people:compare", args=[person.ref, other.ref]),
    ]
    for page in pages:
        assert adviser.get(page).status_code == 404
        assert coordinator.get(page).status_code == 200
    assert other.ref in coordinator.get(pages[1]).content.decode()


def test_two_records_are_compared_by_the_rule(person: Person, coordinator: Client) -> None:
    other = factories.person(person.point, "Olena Kovalenko", birth="1990-03-05")
    Person.objects.filter(pk=person.pk).update(birth="1990-05-03")
    found = coordinator.get(reverse("people:find_same", args=[person.ref])).text
    assert other.ref in found
    page = coordinator.get(reverse("people:compare", args=[person.ref, other.ref])).text
    assert "day and month of birth are swapped" in page
    assert "they live in one household" not in page
    factories.household(person, other)
    assert "they live in one household" in coordinator.get(reverse("people:compare", args=[person.ref, other.ref])).text


def test_the_queue_asks_as_many_queries_for_one_pair_as_for_three(person: Person, coordinator: Client) -> None:
    actor = factories.actor(person.organisation)
    for _ in range(3):
        other = factories.person(person.point)
        actions.suspect(by=actor, one=person, other=other, score=0.9, reasons=["same_words"])
        with queries_of_view(4):
            assert coordinator.get(reverse("people:duplicates")).status_code == 200


def test_merging_undoing_and_telling_apart(person: Person, coordinator: Client, stranger: Client) -> None:
    other = factories.person(person.point, "Olena Kovalenko")
    merge = reverse("people:merge", args=[person.ref])
    assert stranger.post(merge, {"absorbed": other.ref}).status_code == 404
    assert coordinator.post(merge, {"absorbed": "nobody"}).status_code == 404
    assert coordinator.post(merge, {"absorbed": other.ref}).status_code == 302
    gone = coordinator.get(reverse("desk:person", args=[other.ref]))
    assert gone["Location"] == reverse("desk:person", args=[person.ref])
    undo = reverse("people:undo_merge", args=[person.ref, Merge.objects.get().ref])
    assert coordinator.get(undo).status_code == 405
    assert stranger.post(undo).status_code == 404
    coordinator.post(undo)
    assert PersonName.objects.filter(person=other).count() == 1
    coordinator.post(reverse("people:different", args=[person.ref]), {"other": other.ref})
    assert PairVerdict.objects.get().state == "different"
    assert Citizenship.objects.count() == 0


def test_a_person_is_not_different_from_themselves(person: Person, coordinator: Client) -> None:
    answer = coordinator.post(reverse("people:different", args=[person.ref]), {"other": person.ref})
    assert answer.status_code == 404
    assert not PairVerdict.objects.exists()


def test_a_year_longer_than_any_calendar_is_refused_in_words(adviser: Client) -> None:
    answer = adviser.post(reverse("people:register"), {"name": "Ada", "birth_year": "9" * 20})
    assert "There is no such day" in answer.content.decode()


def test_a_consent_begins_with_today_and_the_language_of_the_page(client: Client, person: Person) -> None:
    client.force_login(factories.user(person.point.organisation, "adviser", at=person.point))
    client.cookies["django_language"] = "uk"
    form = client.get(reverse("people:fact_add", args=[person.ref, "consents"])).context["form"]
    assert form["language"].value() == "uk"
    assert form["given_on"].value() == timezone.localdate()


def test_the_text_of_a_consent_is_there_to_be_read_out(adviser: Client, person: Person) -> None:
    """In every language that it is written in; an old wording is not."""
    old = {"valid_from": date(2018, 1, 1), "valid_to": date(2018, 12, 31), "names": {"en": "Pictures"}}
    ConsentText.objects.create(purpose="pictures", version=1, bodies={"en": "They take pictures."}, **old)
    now = {"names": {"en": "Pictures"}, "bodies": {"en": "I let them <take> pictures.", "pl": "Mogą robić zdjęcia."}}
    ConsentText.objects.create(purpose="pictures", version=2, valid_from=date(2019, 1, 1), **now)
    page = adviser.get(reverse("people:fact_add", args=[person.ref, "consents"])).content.decode()
    assert '<div lang="en"><p>I let them &lt;take&gt; pictures.</p></div>' in page
    assert '<div lang="pl"><p>Mogą robić zdjęcia.</p></div>' in page
    assert "They take pictures." not in page


def test_buttons_of_a_choice_are_only_its_answers(client: Client, person: Person) -> None:
    client.force_login(factories.user(person.point.organisation, "adviser", at=person.point))
    form = client.get(reverse("people:fact_add", args=[person.ref, "contacts"])).context["form"]
    assert "" not in dict(form.fields["kind"].choices)


def read_of(client: Client, page: str) -> str:
    """The mark that the form of this page carries of what it was filled in beside."""
    return str(re.findall(r'name="read" value="([^"]+)"', client.get(page).content.decode())[0])


def test_who_saves_second_sees_what_a_colleague_saved(person: Person, adviser: Client) -> None:
    phone = Channel.objects.create(person=person, kind="phone", value="600 123 456", digits="48600123456")
    page = reverse("people:fact_change", args=[person.ref, "contacts", fact_key(phone)])
    first = second = read_of(adviser, page)
    form = {"kind": "phone", "value": "600 123 456"}
    assert adviser.post(page, form | {"safety": "no", "read": first}).status_code == 302
    refused = adviser.post(page, form | {"safety": "yes", "shared_with": "son", "read": second})
    assert b"Somebody changed this while you were writing" in refused.content
    assert b"<bdi>never use</bdi>" in refused.content
    assert b'value="son"' in refused.content
    phone.refresh_from_db()
    assert (phone.safety, phone.shared_with) == ("no", "")
    again = re.findall(r'name="read" value="([^"]+)"', refused.content.decode())[0]
    assert adviser.post(page, form | {"safety": "no", "shared_with": "son", "read": again}).status_code == 302
    phone.refresh_from_db()
    assert (phone.safety, phone.shared_with) == ("no", "son")


def test_two_correct_the_same_person(person: Person, adviser: Client) -> None:
    page = reverse("people:identity", args=[person.ref])
    read = read_of(adviser, page)
    form = {"birth": person.birth, "sex": "unknown", "point": person.point_id, "read": read}
    assert adviser.post(page, form | {"centre_reference": "A-77"}).status_code == 302
    refused = adviser.post(page, form | {"birth": "1988"})
    assert b"<bdi>A-77</bdi>" in refused.content
    assert b"<bdi>3 May 1987</bdi>" in refused.content
    person.refresh_from_db()
    assert (person.centre_reference, person.birth) == ("A-77", "1987-05-03")


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("names", {"text": "Olena  Kovalenko", "kind": "document"}),
        ("citizenships", {"country": "UA"}),
        ("contacts", {"kind": "phone", "value": "600 123 456", "safety": "yes", "shared_with": "son"}),
        ("languages", {"language": "uk", "level": "native"}),
    ],
)
def test_a_form_sent_twice_adds_once(person: Person, adviser: Client, kind: str, form: dict[str, str]) -> None:
    page = reverse("people:fact_add", args=[person.ref, kind])
    rows = getattr(person, {"contacts": "channels"}.get(kind, kind))
    before = rows.count()
    for _ in range(2):
        assert adviser.post(page, form).status_code == 302
    assert rows.count() == before + 1


def test_a_consent_noted_by_mistake_is_taken_away(person: Person, adviser: Client) -> None:
    text = ConsentText.objects.create(purpose="photo", version=3, names={"en": "Photo"})
    mistake = Consent.objects.create(person=person, text=text, language="uk", given_on=timezone.localdate())
    there = reverse("desk:person", args=[person.ref])
    away = reverse("people:fact_remove", args=[person.ref, "consents", fact_key(mistake)])
    shown = adviser.get(there).content.decode()
    assert away in shown
    assert "version 3" in shown
    assert adviser.post(away)["Location"] == there
    assert not person.consents.exists()


def test_no_kind_of_contact_is_called_choose(person: Person, adviser: Client) -> None:
    page = adviser.get(reverse("people:fact_add", args=[person.ref, "contacts"])).content.decode()
    assert page.count('name="kind"') == len(ChannelKind)
