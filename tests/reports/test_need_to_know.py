"""Lists behind numbers tell nobody's sensitive facts, and lead nowhere that is closed."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access.models import AuditEntry, User
from przystan.funding.models import Indicator
from przystan.people.models import Citizenship, Exclusion, Person, TitleHeld
from przystan.reference.models import ResidenceTitle
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db
BY_CITIZENSHIP = {"by": "citizenship", "value": "UA"}


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def person(point: Point) -> Person:
    found = factories.person(point, "Квітослава Перепелиця")
    Citizenship.objects.create(person=found, country="UA")
    return found


@pytest.fixture(params=["people", "supports"])
def indicator(request: pytest.FixtureRequest, point: Point, person: Person) -> Indicator:
    service = factories.service()
    programme = factories.programme(point.organisation, service, starts=date(2026, 1, 1))
    factories.pay(factories.support(point, service, person), programme)
    return factories.indicator(programme, request.param, breakdowns=["citizenship"])


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def pages(indicator: Indicator) -> tuple[str, str]:
    pair = [indicator.programme.ref, indicator.ref]
    return reverse("reports:indicator", args=pair), reverse("reports:evidence", args=pair)


def test_names_under_a_citizenship_are_for_who_leads_and_noted(indicator: Indicator, person: Person) -> None:
    user = factories.user(person.organisation, "coordinator")
    number, listed = pages(indicator)
    assert "value=UA" in client_of(user).get(number).content.decode()
    [count] = AuditEntry.objects.filter(action="read", actor_id=user.pk)
    assert (count.object_ref, count.fields, count.purpose) == (indicator.ref, ["citizenships"], "count")
    assert person.display_name in client_of(user).get(listed, BY_CITIZENSHIP).content.decode()
    [look] = AuditEntry.objects.filter(action="read", actor_id=user.pk, purpose="")
    assert (look.object_ref, look.fields, look.tier) == (person.ref, ["citizenships"], 2)


@pytest.mark.parametrize("role", ["grant_officer", "auditor", "coordinator of another point"])
def test_others_get_neither_the_rows_nor_a_list_of_them(indicator: Indicator, person: Person, role: str) -> None:
    other = factories.point(person.organisation) if " " in role else None
    client = client_of(factories.user(person.organisation, role.split()[0], other))
    number, listed = pages(indicator)
    answer = client.get(number).content.decode()
    assert "Not shown: together with lists and days" in answer
    assert "Ukraine" not in answer
    assert "value=UA" not in answer
    assert client.get(listed, BY_CITIZENSHIP).status_code == 404
    assert client.get(listed).status_code == 200


@pytest.mark.parametrize(
    "form", [{"format": "xlsx", "names": "on"}, {"format": "csv", "table": "breakdowns", "separator": ";"}]
)
def test_files_say_what_is_not_shown_and_why(indicator: Indicator, form: dict[str, str]) -> None:
    export = reverse("reports:export", args=[indicator.programme.ref])
    home = indicator.programme.organisation
    officer = unpacked(client_of(factories.user(home, "grant_officer")).post(export, form))
    assert b"Ukraine" not in officer
    assert b"not shown" in officer
    assert b"those who lead all points have it" in officer
    assert b"Ukraine" in unpacked(client_of(factories.user(home, "coordinator")).post(export, form))


def test_a_list_leads_only_to_pages_that_open(indicator: Indicator, person: Person) -> None:
    there, listed = reverse("desk:person", args=[person.ref]), pages(indicator)[1]
    for at, leads in ((None, True), (person.point, True), (factories.point(person.organisation), False)):
        answer = client_of(factories.user(person.organisation, "coordinator", at)).get(listed)
        assert (there in answer.content.decode()) is leads


def test_nobody_is_listed_for_whom_they_are_kept_from(indicator: Indicator, person: Person) -> None:
    user = factories.user(person.organisation, "grant_officer")
    Exclusion.objects.create(person=person, user=user)
    answer = client_of(user).get(pages(indicator)[1]).content.decode()
    assert person.ref not in answer
    assert person.display_name not in answer


SENSITIVE = [
    ({"fact": "citizenship", "in": ["UA"]}, "citizenships"),
    (
        {"any": [{"fact": "age", "at_least": 1}, {"not": {"fact": "citizenship_class", "in": ["eu_eea_ch"]}}]},
        "citizenships",
    ),
    ({"not": {"fact": "residence_class", "in": ["protection"]}}, "titles"),
    ({"not": {"fact": "residence_title", "in": ["none-such"]}}, "titles"),
    ({"any": [{"fact": "sex", "in": ["female", "male"]}, {"fact": "legal_stay", "is": True}]}, "titles"),
    ({"fact": "household_size", "at_least": 1}, "households"),
    ({"fact": "household_has_minor", "is": False}, "households"),
]


def narrowed(indicator: Indicator, tree: Any) -> Indicator:
    """The indicator with a condition that the person meets."""
    person = Person.objects.get()
    Person.objects.update(sex="female", birth="1990", birth_from=date(1990, 1, 1), birth_to=date(1990, 12, 31))
    title = ResidenceTitle.objects.create(code="perm", title_class="permanent", legal_stay=True)
    TitleHeld.objects.create(person=person, title=title)
    factories.household(person)
    indicator.where = tree
    indicator.save()
    return indicator


@pytest.mark.parametrize(("tree", "told"), SENSITIVE)
def test_a_condition_on_sensitive_facts_closes_the_list_and_the_number(
    indicator: Indicator, person: Person, tree: Any, told: str
) -> None:
    number, listed = pages(narrowed(indicator, tree))
    export = reverse("reports:export", args=[indicator.programme.ref])
    other = factories.point(person.organisation)
    for role, at in (("grant_officer", None), ("auditor", None), ("coordinator", other)):
        client = client_of(factories.user(person.organisation, role, at))
        answer = client.get(number)
        assert answer.context["line"].number is None
        assert "Not shown: together with lists and days" in answer.content.decode()
        assert listed not in answer.content.decode()
        assert client.get(listed).status_code == 404
        assert client.get(listed, {"person": person.ref}).status_code == 404
        if role == "auditor":  # takes no files
            continue
        for form in (
            {"format": "xlsx", "names": "on"},
            {"format": "csv", "table": "lists", "separator": ";", "names": "on"},
        ):
            assert person.display_name.encode() not in unpacked(client.post(export, form))


@pytest.mark.parametrize(("tree", "told"), SENSITIVE)
def test_who_leads_all_points_opens_it_and_is_noted(indicator: Indicator, person: Person, tree: Any, told: str) -> None:
    user = factories.user(person.organisation, "coordinator")
    number, listed = pages(narrowed(indicator, tree))
    export = reverse("reports:export", args=[indicator.programme.ref])
    client = client_of(user)
    assert listed in client.get(number).content.decode()
    assert person.display_name in client.get(listed).content.decode()
    assert person.display_name.encode() in unpacked(client.post(export, {"format": "xlsx", "names": "on"}))
    looks = AuditEntry.objects.filter(action="read", actor_id=user.pk, object_ref=person.ref)
    assert len(looks) == 2  # one for each list: the page and the file
    assert {told} <= {field for look in looks for field in look.fields}


def unpacked(answer: Any) -> bytes:
    """What stands in a file: a workbook's parts one after another, or a CSV."""
    assert answer.status_code == 200
    found = answer.content
    if not found.startswith(b"PK"):
        return found
    with ZipFile(BytesIO(found)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_a_condition_on_ordinary_facts_keeps_the_list_open(indicator: Indicator, person: Person) -> None:
    _, listed = pages(narrowed(indicator, {"fact": "sex", "in": ["female"]}))
    client = client_of(factories.user(person.organisation, "grant_officer"))
    assert person.display_name in client.get(listed).content.decode()
    assert not AuditEntry.objects.filter(action="read", object_ref=person.ref).exists()
