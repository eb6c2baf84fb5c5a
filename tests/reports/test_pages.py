"""Pages of reports: who sees them, what they ask of the database, what every number opens."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.funding.models import Indicator, KeptFigure, Programme
from przystan.funding.tasks import keep
from przystan.people.models import Citizenship
from przystan.support.models import Service
from przystan.team.models import Organisation, Point
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)
NOBODY = "n0svchpr0gra"  # has the shape of a reference


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def service() -> Service:
    return factories.service("Advice")


@pytest.fixture
def programme(point: Point, service: Service) -> Programme:
    return factories.programme(point.organisation, service, starts=date(2026, 1, 1), ends=date(2026, 12, 31))


@pytest.fixture
def indicator(programme: Programme) -> Indicator:
    return factories.indicator(programme, "people", names={"en": "People helped"}, target=50, breakdowns=["sex"])


def client(of: Organisation, role: str = "coordinator") -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(factories.user(of, role))
    return found


def addresses(indicator: Indicator) -> dict[str, str]:
    own, pair = [indicator.programme.ref], [indicator.programme.ref, indicator.ref]
    return {
        "index": reverse("reports:index"),
        "programme": reverse("reports:programme", args=own),
        "indicator": reverse("reports:indicator", args=pair),
        "evidence": reverse("reports:evidence", args=pair),
        "at_risk": reverse("reports:at_risk"),
    }


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("coordinator", {"index", "programme", "indicator", "evidence", "at_risk"}),
        ("grant_officer", {"index", "programme", "indicator", "evidence", "at_risk"}),
        ("auditor", {"index", "programme", "indicator", "evidence", "at_risk"}),
        ("director", {"index", "programme", "indicator", "at_risk"}),
        ("adviser", {"at_risk"}),
        ("interpreter", set()),
    ],
)
def test_who_sees_what(indicator: Indicator, role: str, seen: set[str]) -> None:
    browser = client(indicator.programme.organisation, role)
    found = {name for name, url in addresses(indicator).items() if browser.get(url).status_code == 200}
    assert found == seen


def test_strangers_find_nothing(indicator: Indicator) -> None:
    stranger = client(factories.organisation())
    for name, url in addresses(indicator).items():
        assert stranger.get(url).status_code == (200 if name in ("index", "at_risk") else 404), name
        assert "/account/login/" in Client().get(url)["Location"]
    assert "People helped" not in stranger.get(reverse("reports:index")).content.decode()


def test_bad_references(indicator: Indicator) -> None:
    browser, own = client(indicator.programme.organisation), indicator.programme.ref
    other = factories.indicator(factories.programme(indicator.programme.organisation))
    for url in (
        reverse("reports:programme", args=[NOBODY]),
        reverse("reports:indicator", args=[own, NOBODY]),
        reverse("reports:indicator", args=[own, other.ref]),
        reverse("reports:evidence", args=[other.programme.ref, indicator.ref]),
        reverse("reports:evidence", args=[own, indicator.ref]) + f"?person={NOBODY}",
        reverse("reports:evidence", args=[own, indicator.ref]) + "?person=%00",
    ):
        assert browser.get(url).status_code == 404


def test_what_is_paid_outside_has_no_report(point: Point) -> None:
    outside = factories.programme(point.organisation, outside=True)
    assert client(point.organisation).get(reverse("reports:programme", args=[outside.ref])).status_code == 404


@pytest.mark.parametrize("period", ["", "2026", "2026-q2", "2026-06", "2026-06-01_2026-06-30", "nonsense", "\x00"])
def test_any_period(indicator: Indicator, period: str) -> None:
    browser = client(indicator.programme.organisation)
    for name, url in addresses(indicator).items():
        assert browser.get(url, {"period": period}).status_code == 200, name


def test_a_part_of_the_time_names_the_target_and_is_not_held_against_it(indicator: Indicator) -> None:
    """A quarter said "target: none", and its workbook said 50."""
    browser, url = client(indicator.programme.organisation), addresses(indicator)["programme"]
    whole, quarter = (browser.get(url, {"period": code}).content.decode() for code in ("", "2026-q2"))
    assert "progress-bar" in whole
    assert "progress-sign" in whole
    assert "progress-bar" not in quarter
    assert "progress-sign" not in quarter
    assert "target of the whole programme: 50" in quarter
    for page in (whole, quarter):
        assert re.search(r'data-label="Target" class="number">50<', page)


def test_days_of_ones_own(indicator: Indicator) -> None:
    browser = client(indicator.programme.organisation)
    answer = browser.get(addresses(indicator)["programme"], {"first": "2026-06-01", "last": "2026-06-30"})
    assert "period=2026-06-01_2026-06-30" in answer.content.decode()


def give(point: Point, service: Service, programme: Programme, **values: Any) -> Any:
    person = factories.person(point, **values)
    return person, factories.pay(factories.support(point, service, person, day=DAY), programme)


def test_every_number_opens(point: Point, service: Service, programme: Programme, indicator: Indicator) -> None:
    person, entry = give(point, service, programme, sex="female")
    browser = client(point.organisation)
    page = browser.get(addresses(indicator)["indicator"]).content.decode()
    row = addresses(indicator)["evidence"] + "?by=sex&amp;value=female"
    assert row in page
    people = browser.get(row.replace("&amp;", "&")).content.decode()
    assert reverse("desk:person", args=[person.ref]) in people
    assert "Олена" in people
    own = f"{addresses(indicator)['evidence']}?person={person.ref}"
    assert own in people
    assert reverse("desk:support", args=[entry.ref]) in browser.get(own).content.decode()


def test_an_auditor_sees_references_not_names(
    point: Point, service: Service, programme: Programme, indicator: Indicator
) -> None:
    person, entry = give(point, service, programme)
    browser = client(point.organisation, "auditor")
    for url in (addresses(indicator)["evidence"], f"{addresses(indicator)['evidence']}?person={person.ref}"):
        page = browser.get(url).content.decode()
        assert "Олена" not in page
        assert reverse("desk:person", args=[person.ref]) not in page
        assert reverse("desk:support", args=[entry.ref]) not in page
        assert person.ref in page


def test_no_name_in_the_title(point: Point, service: Service, programme: Programme, indicator: Indicator) -> None:
    person, _entry = give(point, service, programme)
    page = client(point.organisation).get(f"{addresses(indicator)['evidence']}?person={person.ref}").content.decode()
    assert "Олена" not in page.split("</title>")[0]


@pytest.mark.parametrize("by", ["sex", "age_band", "citizenship", "point", "language", "service", "nonsense"])
@pytest.mark.parametrize("counted", ["people", "supports", "hours", "households"])
def test_all_breakdowns_of_all_kinds(
    point: Point, service: Service, programme: Programme, counted: str, by: str
) -> None:
    person, _entry = give(point, service, programme, sex="male", birth="1990")
    Citizenship.objects.create(person=person, country="UA")
    url = addresses(factories.indicator(programme, counted))
    browser = client(point.organisation)
    assert browser.get(url["indicator"], {"by": by}).status_code == 200
    assert browser.get(url["evidence"], {"by": by, "value": ""}).status_code == 200


def test_htmx_gets_the_pictures_alone(indicator: Indicator) -> None:
    browser, url = client(indicator.programme.organisation), addresses(indicator)["programme"]
    piece = browser.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert piece.strip() in browser.get(url).content.decode()


def test_hours_are_shown_in_polish_too(point: Point, service: Service, programme: Programme) -> None:
    hours = factories.indicator(programme, "hours", target=40)
    factories.pay(factories.support(point, service, kind="contact", minutes=90, day=DAY), programme)
    browser = Client(headers={"accept-language": "pl"})
    browser.force_login(factories.user(point.organisation, "coordinator"))
    browser.cookies["django_language"] = "pl"
    for name in ("programme", "indicator"):
        assert "1,5" in browser.get(addresses(hours)[name]).content.decode()


def test_people_are_whole(point: Point, service: Service, programme: Programme, indicator: Indicator) -> None:
    give(point, service, programme, sex="female")
    assert (
        '<td class="number">1</td>'
        in client(point.organisation).get(addresses(indicator)["indicator"]).content.decode()
    )


def test_targets_at_risk(point: Point, service: Service) -> None:
    today = timezone.localdate()
    running = factories.programme(
        point.organisation, service, starts=today - timedelta(days=99), ends=today + timedelta(days=100)
    )
    factories.indicator(running, "supports", names={"en": "Will fall short"}, target=100)
    factories.indicator(running, "supports", names={"en": "On its way"}, target=2)
    factories.pay(factories.support(point, service, day=today, kind="contact"), running)
    page = client(point.organisation).get(reverse("reports:at_risk")).content.decode()
    assert "Will fall short" in page
    assert "On its way" not in page
    assert client(point.organisation, "adviser").get(reverse("reports:at_risk")).content.strip() == b""


def ask(browser: Client, url: str, statements: int) -> None:
    """Open the page, the second time in so many statements."""
    browser.get(url)
    with queries_of_view(statements):
        assert browser.get(url).status_code == 200


@pytest.mark.parametrize(
    ("name", "expected", "kept"),
    [("index", 8, 6), ("programme", 8, 6), ("indicator", 12, 9), ("evidence", 8, 8), ("at_risk", 7, 5)],
)
def test_query_counts(
    point: Point, service: Service, programme: Programme, indicator: Indicator, name: str, expected: int, kept: int
) -> None:
    """Statements where numbers are counted anew, and where they are kept."""
    browser, url = client(point.organisation), addresses(indicator)[name]
    give(point, service, programme)
    ask(browser, url, expected)
    for _each in range(2):
        give(point, service, programme)
        factories.indicator(factories.programme(point.organisation, service), "hours", target=3)
    ask(browser, url, expected)
    keep(timestamp=0)
    ask(browser, url, kept)


@pytest.mark.parametrize("name", ["index", "programme", "indicator"])
def test_no_page_tells_that_a_number_was_kept(
    point: Point, service: Service, programme: Programme, indicator: Indicator, name: str
) -> None:
    """Nor since when: it would tell that something was changed since, also of somebody who is protected."""
    give(point, service, programme)
    browser, url = client(point.organisation), addresses(indicator)[name]
    before = shown(browser, url)
    keep(timestamp=0)
    KeptFigure.objects.update(counted_at=timezone.now() - timedelta(days=40))
    assert KeptFigure.objects.exists()
    assert shown(browser, url) == before


def shown(browser: Client, url: str) -> str:
    """The middle of a page, without the tokens of its forms."""
    [found] = re.findall(r"<main.*</main>", browser.get(url).content.decode(), re.DOTALL)
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", found)


def test_query_count_of_entries(point: Point, service: Service, programme: Programme) -> None:
    browser, url = client(point.organisation), addresses(factories.indicator(programme, "supports"))["evidence"]
    give(point, service, programme)
    ask(browser, url, 9)
    for _each in range(2):
        give(point, service, programme)
    ask(browser, url, 9)
