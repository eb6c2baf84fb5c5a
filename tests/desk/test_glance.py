"""The line that says who a person is, at the head of their page."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from przystan.desk.queries.glance import SOON, Until, ages, until
from przystan.desk.queries.person import page_of
from przystan.people.models import Channel, Citizenship, Dwelling, Person, PersonLanguage, TitleHeld
from przystan.reference.models import ResidenceTitle
from przystan.support.actions.steps import complete_step
from przystan.team.queries import actor_for
from tests import factories

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("1987-12-01", (39, 39)),
        ("1987-12-02", (38, 38)),
        ("1987-12", (38, 39)),
        ("1987", (38, 39)),
        ("2026", (0, 0)),
        ("2027", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_birth_known_in_part_leaves_two_ages(birth: str, expected: tuple[int | None, int | None]) -> None:
    assert ages(birth, DAY) == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], None),
        ([(None, DAY - timedelta(days=1))], Until("expired", DAY - timedelta(days=1))),
        ([(None, DAY)], Until("soon", DAY)),
        ([(None, DAY + SOON)], Until("soon", DAY + SOON)),
        ([(None, DAY + SOON + timedelta(days=1))], Until("fine", DAY + SOON + timedelta(days=1))),
        ([(None, DAY), (None, DAY + timedelta(days=400))], Until("fine", DAY + timedelta(days=400))),
        ([(None, DAY), (None, None)], Until("open")),
        ([(None, date(2020, 1, 1)), (None, date(2021, 1, 1))], Until("expired", date(2021, 1, 1))),
        ([(DAY + timedelta(days=1), None)], None),
    ],
)
def test_the_last_title_to_end_says_until_when(
    spans: list[tuple[date | None, date | None]], expected: Until | None
) -> None:
    titles = [TitleHeld(valid_from=starts, valid_to=ends) for starts, ends in spans]
    assert until(titles, DAY) == expected


@pytest.fixture
def person(db: None) -> Person:
    """Somebody of whom much is known: what is sensitive, too."""
    found = factories.person(factories.point(factories.organisation()), "Олена Коваленко", birth="1987")
    title = ResidenceTitle.objects.create(code="visa-d", names={"en": "Visa D"}, title_class="visa")
    TitleHeld.objects.create(person=found, title=title, valid_to=timezone.localdate() + timedelta(days=9))
    PersonLanguage.objects.create(person=found, language="ru", level="simple")
    PersonLanguage.objects.create(person=found, language="uk", level="native", needs_interpreter=True)
    Channel.objects.create(person=found, kind="phone", value="600 000 001", digits="48600000001", safety="not_asked")
    Channel.objects.create(person=found, kind="phone", value="600 000 002", digits="48600000002", safety="no")
    Channel.objects.create(person=found, kind="email", value="o@example.org", safety="yes")
    return found


def line_for(person: Person, role: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(factories.user(person.organisation, role, person.point if role != "coordinator" else None))
    html = client.get(f"/people/{person.ref}/").text
    return re.sub(r"\s+", " ", html.split('class="row glance"')[1].split("</p>")[0])


def test_all_that_one_must_know_is_in_one_line(person: Person) -> None:
    factories.support(person.point, factories.service(), person, next_step="Call the office")
    line = line_for(person, "coordinator")
    for words in ("years old", "Ukrainian", "needs an interpreter", "Title to stay ends soon", "Call the office"):
        assert words in line
    assert re.findall(r'href="([^"]*:[^"]*)"', line) == ["mailto:o@example.org"]
    assert line.index("o@example.org") < line.index("600 000 001") < line.index("not asked yet")
    assert "600 000 002" not in line


def test_the_line_holds_nothing_that_its_reader_may_not_see(person: Person) -> None:
    factories.support(person.point, factories.service(), person, next_step="Call the office")
    line = line_for(person, "reception")
    assert "Ukrainian" in line
    assert "Title to stay" not in line


def test_the_step_due_first_is_shown_and_none_that_is_done_or_undone(person: Person) -> None:
    actor = actor_for(factories.user(person.organisation, "coordinator"))
    assert actor
    today = timezone.localdate()
    steps = {"Without a day": None, "Later": today + timedelta(days=9), "First": today}
    made = {
        words: factories.support(person.point, factories.service(), person, next_step=words, next_step_on=day)
        for words, day in steps.items()
    }

    def shown() -> str:
        step = page_of(actor, person).glance.step
        return step.next_step if step else ""

    assert shown() == "First"
    complete_step(by=actor, support=made["First"])
    assert shown() == "Later"
    factories.support(person.point, factories.service(), person, sign=-1, reverses=made["Later"])
    assert shown() == "Without a day"


def test_what_is_not_known_comes_last_in_one_sentence(person: Person) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(factories.user(person.organisation, "coordinator"))
    facts = client.get(f"/people/{person.ref}/").text.split('class="facts"', 2)[1].split("</section>")[0]
    assert "Not known: Sex, Citizenship, Came to Poland, Lives in." in re.sub(r"\s+", " ", facts)
    Citizenship.objects.create(person=person, country="UA")
    assert "Not known: Sex, Came to Poland, Lives in." in client.get(f"/people/{person.ref}/").text
    assert not Dwelling.objects.exists()
