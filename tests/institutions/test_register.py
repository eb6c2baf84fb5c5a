"""An institution is added, found in the list, changed part by part; its page says what is stale."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry
from przystan.institutions import actions, queries
from przystan.institutions.models import Address, AgreementKind, Contact, Institution, InstitutionName
from przystan.institutions.rights import INSTITUTIONS_READ, INSTITUTIONS_WRITE
from przystan.institutions.rules.newcomer import Called, Newcomer, Place
from przystan.team.models import Organisation
from tests import factories
from tests.institutions.making import institution, kind

pytestmark = pytest.mark.django_db


def filled(**more: str) -> dict[str, str]:
    return {"name": "Szkoła Podstawowa nr 12", "kind": kind("school").code, **more}


def test_a_name_and_a_kind_are_enough(page: Client) -> None:
    answer = page.post(reverse("institutions:new"), filled())
    made = Institution.objects.get()
    assert answer.url == reverse("institutions:institution", args=[made.ref])
    assert made.name == "Szkoła Podstawowa nr 12"
    assert made.name in page.get(reverse("institutions:index")).text
    assert AuditEntry.objects.get(action="institution.register").object_ref == made.ref


def test_what_was_typed_is_kept_part_by_part(page: Client) -> None:
    more = {"short": "SP 12", "town": "Gdańsk", "street": "ul. Zmyślona 1", "register": "regon"}
    page.post(reverse("institutions:new"), filled(**more, number="123-456-785", languages="uk", another="ka"))
    made = Institution.objects.get()
    assert [name.text for name in made.names.all()] == ["Szkoła Podstawowa nr 12", "SP 12"]
    assert [(number.kind, number.value) for number in made.numbers.all()] == [("regon", "123456785")]
    assert str(made.addresses.get()) == "ul. Zmyślona 1, Gdańsk"
    assert made.languages == ["uk", "ka"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"register": "regon", "number": "123456789"}, "The check digit does not fit"),
        ({"register": "nip", "number": "123"}, "too many or too few digits"),
        ({"number": "123456785"}, "Choose the register"),
        ({"street": "ul. Zmyślona 1"}, "Add the town"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_saved(page: Client, wrong: dict[str, str], said: str) -> None:
    answer = page.post(reverse("institutions:new"), filled(**wrong))
    assert answer.status_code == 200
    assert said in answer.text
    assert "Szkoła Podstawowa nr 12" in answer.text, "what was typed stays"
    assert not Institution.objects.exists()


def test_the_list_is_narrowed_by_kind_and_language(house: Organisation, adviser: Actor) -> None:
    clinic = institution(house, "Przychodnia", kind="clinic", languages=("uk", "en"))
    office = institution(house, "Urząd")
    closed = institution(house, "Szkoła")
    actions.close(by=adviser, institution=closed, day=date(2026, 1, 1))
    assert list(queries.institutions(adviser)) == [clinic, office]
    assert list(queries.institutions(adviser, kind="clinic")) == [clinic]
    assert list(queries.institutions(adviser, language="uk")) == [clinic]
    assert list(queries.institutions(adviser, closed=True)) == [clinic, closed, office]


def test_a_list_costs_the_same_for_one_and_for_three(house: Organisation, page: Client) -> None:
    institution(house, places=(Place("Gdańsk"),))
    page.get(reverse("institutions:index"))  # what is asked once for a process
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            page.get(reverse("institutions:index"))
        counted.append(len(statements))
        institution(house, "Zakład Ubezpieczeń Społecznych", places=(Place("Gdynia"),))
        institution(house, "Sąd", places=(Place("Sopot"),))
    assert counted[0] == counted[1]


def test_each_part_has_its_pages(page: Client, office: Institution) -> None:
    add = reverse("institutions:part_add", args=[office.ref, "contacts"])
    page.post(add, {"name": "Anna Zmyślona", "role": "for foreigners", "phone": "58 000 00 00", "languages": "uk"})
    contact = Contact.objects.get()
    shown = page.get(reverse("institutions:institution", args=[office.ref])).text
    assert "Anna Zmyślona" in shown
    assert "Ukrainian" in shown
    change = reverse("institutions:part_change", args=[office.ref, "contacts", contact.pk])
    page.post(change, {"name": "Anna Zmyślona", "role": "head"})
    contact.refresh_from_db()
    assert (contact.role, contact.languages) == ("head", [])
    assert [row.fields for row in AuditEntry.objects.filter(action="institution.change")] == [["contacts"]] * 2


def test_who_leaves_is_ended_and_still_known(page: Client, office: Institution) -> None:
    contact = Contact.objects.create(institution=office, name="Anna Zmyślona", role="head")
    end = reverse("institutions:part_end", args=[office.ref, "contacts", contact.pk])
    assert "Anna Zmyślona, head" in page.get(end).text
    yesterday = timezone.localdate() - timedelta(days=1)
    assert page.post(end, {"day": yesterday.isoformat()}).status_code == 302
    contact.refresh_from_db()
    assert contact.valid_to == yesterday
    assert "Those who were there before" in page.get(reverse("institutions:institution", args=[office.ref])).text
    assert "It has ended already." in page.post(end, {"day": yesterday.isoformat()}).text


def test_names_do_not_end(page: Client, office: Institution) -> None:
    name = office.names.get()
    assert page.get(reverse("institutions:part_end", args=[office.ref, "names", name.pk])).status_code == 404
    assert page.get(reverse("institutions:part_add", args=[office.ref, "nothing"])).status_code == 404


def test_a_part_is_reached_through_its_own_institution_only(page: Client, house: Organisation) -> None:
    one, other = institution(house), institution(house, "Sąd")
    name = other.names.get()
    assert page.get(reverse("institutions:part_change", args=[one.ref, "names", name.pk])).status_code == 404


def test_the_last_name_stays(adviser: Actor, office: Institution) -> None:
    with pytest.raises(ValidationError, match="at least one name"):
        actions.remove(by=adviser, row=office.names.get())


def test_it_is_listed_by_its_official_name(adviser: Actor, house: Organisation) -> None:
    one = institution(house, "PUP", kind="office")
    one.names.update(kind="short")
    for text, language in (("County Labour Office", "en"), ("Powiatowy Urząd Pracy", "pl")):
        actions.keep(by=adviser, row=InstitutionName(institution=one, text=text, language=language))
    one.refresh_from_db()
    assert one.name == "Powiatowy Urząd Pracy"


def test_the_page_of_a_language_has_the_name_in_it(house: Organisation, page: Client) -> None:
    institution(house, "Powiatowy Urząd Pracy", Called("County Labour Office", language="en"))
    shown = page.get(reverse("institutions:index")).text
    assert "County Labour Office" in shown
    assert "Powiatowy Urząd Pracy" in shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("54.35205, 18.64637", ("54.35205", "18.64637")),
        ("54,35205; 18,64637", ("54.35205", "18.64637")),
        ("54.352051234 18.646371234", ("54.35205", "18.64637")),
        ("", None),
    ],
)
def test_coordinates_as_maps_show_them(
    page: Client, office: Institution, typed: str, kept: tuple[str, str] | None
) -> None:
    page.post(reverse("institutions:part_add", args=[office.ref, "addresses"]), {"town": "Gdańsk", "where": typed})
    found = Address.objects.get()
    assert (str(found.latitude), str(found.longitude)) == (kept or ("None", "None"))


@pytest.mark.parametrize("typed", ["Gdańsk", "154.3, 18.6", "54.3", "54.3, 190.1"])
def test_what_are_no_coordinates_is_said(page: Client, office: Institution, typed: str) -> None:
    add = reverse("institutions:part_add", args=[office.ref, "addresses"])
    assert "Write two numbers" in page.post(add, {"town": "Gdańsk", "where": typed}).text
    assert not Address.objects.exists()


def hours(*rows: tuple[str, str, str]) -> dict[str, str]:
    found = {"hours-TOTAL_FORMS": str(len(rows)), "hours-INITIAL_FORMS": "0"}
    for number, (weekday, opens, closes) in enumerate(rows):
        row = {"weekday": weekday, "opens": opens, "closes": closes, "note": ""}
        found |= {f"hours-{number}-{name}": value for name, value in row.items()}
    return found


def test_hours_are_written_as_a_whole(page: Client, office: Institution) -> None:
    there = reverse("institutions:hours", args=[office.ref])
    page.post(there, hours(("0", "08:00", "16:00"), ("2", "10:00", "18:00")))
    page.post(there, hours(("4", "09:00", "13:00")))
    assert [(row.weekday_name, row.opens.hour) for row in office.hours.all()] == [("Friday", 9)]
    assert "closing time must be later" in page.post(there, hours(("0", "16:00", "08:00"))).text


def test_what_was_checked_is_fresh_until_its_kind_says_no(page: Client, office: Institution, adviser: Actor) -> None:
    shown = {one.part: one for one in queries.institution_page(adviser, office).freshness}
    assert all(one.stale for one in shown.values()), "never checked"
    page.post(reverse("institutions:check", args=[office.ref]), {"parts": ["hours", "address"]})
    long_ago = timezone.localdate() - timedelta(days=office.kind.stale_after + 1)
    actions.check(by=adviser, institution=office, parts=["languages"], on=long_ago)
    shown = {one.part: one for one in queries.institution_page(adviser, office).freshness}
    assert {part: one.stale for part, one in shown.items()} == {
        "address": False,
        "hours": False,
        "contacts": True,
        "languages": True,
    }
    assert shown["languages"].by == adviser.name
    text = page.get(reverse("institutions:institution", args=[office.ref])).text
    assert "never verified" in text
    assert "long ago:" in text


@pytest.mark.parametrize("parts", [[], ["everything"]])
def test_nothing_checked_is_said(adviser: Actor, office: Institution, parts: list[str]) -> None:
    with pytest.raises(ValidationError, match="Choose what you have checked"):
        actions.check(by=adviser, institution=office, parts=parts)


def test_nothing_is_checked_tomorrow(adviser: Actor, office: Institution) -> None:
    with pytest.raises(ValidationError, match="has not come yet"):
        actions.check(by=adviser, institution=office, parts=["hours"], on=timezone.localdate() + timedelta(days=1))


def test_who_checks_it_is_sure(adviser: Actor, house: Organisation) -> None:
    one = institution(house, unsure=True)
    actions.check(by=adviser, institution=one, parts=["address"])
    one.refresh_from_db()
    assert not one.unsure


def test_an_agreement_is_in_force_between_its_days(adviser: Actor, office: Institution, page: Client) -> None:
    cooperation = AgreementKind.objects.create(code="cooperation", names={"en": "Cooperation"})
    add = reverse("institutions:part_add", args=[office.ref, "agreements"])
    said = {"kind": cooperation.pk, "number": "7/2026", "what_for": "rooms", "valid_from": "2026-01-01"}
    page.post(add, said)
    page.post(add, said | {"number": "1/2020", "valid_from": "2020-01-01", "valid_to": "2020-12-31"})
    shown = {str(one): now for one, now in queries.institution_page(adviser, office).agreements}
    assert shown == {"Cooperation 7/2026": True, "Cooperation 1/2020": False}
    assert "The first day must not be after the last." in page.post(add, said | {"valid_to": "2025-01-01"}).text


def test_what_closed_may_be_there_after_all(page: Client, office: Institution) -> None:
    there = reverse("institutions:closure", args=[office.ref])
    page.post(there)
    office.refresh_from_db()
    assert office.closed_on == timezone.localdate()
    page.post(there)
    office.refresh_from_db()
    assert office.closed_on is None


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("reception", True, True), ("director", True, False), ("administrator", False, False), ("analyst", True, True)],
)
def test_who_sees_and_who_changes(
    house: Organisation, office: Institution, role: str, reads: bool, writes: bool
) -> None:
    actor = factories.actor(house, role, factories.point(house))
    assert (actor.can(INSTITUTIONS_READ), actor.can(INSTITUTIONS_WRITE)) == (reads, writes)
    if not writes:
        with pytest.raises(Forbidden):
            actions.change(by=actor, institution=office)
        with pytest.raises(Forbidden):
            actions.register(by=actor, newcomer=Newcomer("office", (Called("X"),)))


def test_of_another_organisation_nothing_is_known(office: Institution) -> None:
    stranger = factories.actor(factories.organisation("Other"), "adviser")
    assert not queries.institutions(stranger).exists()
    with pytest.raises(Institution.DoesNotExist):
        queries.institution_seen(stranger, office.ref)
    with pytest.raises(Forbidden):
        actions.change(by=stranger, institution=office)
