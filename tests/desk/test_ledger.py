"""The list of supports: sorted, added up over all pages, by visits, as sums, on paper."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from przystan.access.models import AuditEntry, User
from przystan.people.models import Exclusion
from przystan.support.models import Gathering, Support
from tests import factories

pytestmark = pytest.mark.django_db


class Ledger:
    """Two people and two services at a point."""

    def __init__(self) -> None:
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.advice, self.course = factories.service("Advice"), factories.service("Course")
        self.olena, self.petro = factories.person(self.point), factories.person(self.point, "Петро Шевченко")
        self.adviser = self.client("adviser")

    def client(self, role: str) -> Client:
        found = Client(headers={"accept-language": "en"})
        found.force_login(factories.user(self.organisation, role, self.point))
        return found

    def give(self, *people: Any, days: int = 0, minutes: int = 30, of: Any = None, **values: Any) -> Support:
        day = timezone.localdate() - timedelta(days=days)
        return factories.support(self.point, of or self.advice, *people, day=day, minutes=minutes, **values)

    def page(self, **asked: object) -> Any:
        return self.adviser.get("/supports/", asked)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def refs(page: Any) -> list[str]:
    return re.findall(r'href="/supports/(\w{12})/"', page.text)


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "cba"), ("-day", "cba"), ("day", "abc"), ("minutes", "bca"), ("-minutes", "acb"), ("x", "cba")],
)
def test_it_is_sorted_by_a_head_and_stays_narrowed(ledger: Ledger, sort: str, order: str) -> None:
    a, b, c = (ledger.give(days=3 - place, minutes=minutes) for place, minutes in enumerate((50, 10, 30)))
    ledger.give(of=ledger.course)
    page = ledger.page(sort=sort, service=ledger.advice.pk)
    assert refs(page) == [{"a": a, "b": b, "c": c}[letter].ref for letter in order]
    heads = re.findall(r'class="sort" href="([^"]+)"', page.text)
    assert len(heads) == 4
    assert all(f"service={ledger.advice.pk}" in head for head in heads)


def test_the_sum_is_of_all_pages_with_counter_entries_taken_off(ledger: Ledger) -> None:
    for _each in range(52):
        ledger.give(minutes=30)
    wrong = ledger.give(minutes=60)
    factories.reverse(wrong, timezone.localdate())
    page = ledger.page(service=ledger.advice.pk)
    assert len(page.context["page"].items) == 50
    assert page.context["total"].supports == 52
    assert page.context["total"].minutes == 52 * 30
    assert page.context["total"].rows == 54
    assert "52 supports" in page.text
    assert "26 h" in page.text.replace("\xa0", " ")


def test_the_whole_ledger_is_added_up_when_one_asks(ledger: Ledger) -> None:
    ledger.give()
    assert ledger.page().context["total"] is None
    assert "sum=1" in ledger.page().text
    assert ledger.page(sum=1).context["total"].supports == 1


def test_a_visit_and_a_group_are_one_row_each(ledger: Ledger) -> None:
    one, two = ledger.give(ledger.olena, minutes=20), ledger.give(ledger.olena, minutes=25, of=ledger.course)
    other_day = ledger.give(ledger.olena, days=1)
    alone = [ledger.give(), ledger.give()]
    day = timezone.localdate()
    group = Gathering.objects.create(
        organisation=ledger.organisation,
        point=ledger.point,
        service=ledger.course,
        day=day,
        minutes=60,
        title="Cooking",
    )
    met = [ledger.give(person, gathering=group) for person in (ledger.olena, ledger.petro)]
    page = ledger.page(shown="visits")
    rows = [[support.ref for support in visit.supports] for visit in page.context["page"].items]
    assert rows == [[one.ref for one in met], [alone[1].ref], [alone[0].ref], [one.ref, two.ref], [other_day.ref]]
    assert "Cooking" in page.text
    assert page.context["page"].items[3].minutes == 45


def test_no_day_of_visits_is_cut_in_two(ledger: Ledger) -> None:
    for days in (0, 1):
        for _each in range(30):
            ledger.give(ledger.olena, days=days)
    ledger.give(ledger.petro, days=2)
    first = ledger.page(shown="visits").context["page"]
    assert [len(visit.supports) for visit in first.items] == [30, 30]
    rest = ledger.page(shown="visits", after=first.after).context["page"]
    assert [len(visit.supports) for visit in rest.items] == [1]
    assert rest.after == ""


@pytest.mark.parametrize("shown", ["days", "services", "colleagues"])
def test_sums_lead_to_their_entries(ledger: Ledger, shown: str) -> None:
    staff = [factories.user(ledger.organisation, "adviser", ledger.point, name) for name in ("Ada", "Ewa")]
    mine = [ledger.give(staff=staff[0], days=1, minutes=10) for _each in range(2)]
    ledger.give(staff=staff[1], of=ledger.course, minutes=90)
    page = ledger.page(shown=shown, kind="full", sort="minutes")
    row, there = page.context["sums"][0]
    assert (row.entries, row.minutes, row.last) == (2, 20, mine[0].day)
    assert set(refs(ledger.adviser.get(f"/supports/{there}"))) == {one.ref for one in mine}
    assert "kind=full" in there
    assert "shown" not in there


@pytest.mark.parametrize("shown", ["days", "services", "people"])
def test_sums_take_counter_entries_off(ledger: Ledger, shown: str) -> None:
    ledger.give(ledger.olena, minutes=10)
    factories.reverse(ledger.give(ledger.olena, minutes=60), timezone.localdate())
    [(row, _there)] = ledger.page(shown=shown).context["sums"]
    assert (row.entries, row.minutes) == (1, 10)


def test_sums_of_people_tell_of_nobody_whom_one_must_not_know(ledger: Ledger) -> None:
    ledger.give(ledger.olena, minutes=10)
    ledger.give(ledger.olena, ledger.petro, minutes=20)
    reader = User.objects.get(pk=ledger.adviser.session["_auth_user_id"])
    shown = [(row.person, row.entries, row.minutes) for row, _there in ledger.page(shown="people").context["sums"]]
    assert shown == [(ledger.olena, 2, 30), (ledger.petro, 1, 20)]
    Exclusion.objects.create(person=ledger.petro, user=reader, by=reader)
    page = ledger.page(shown="people")
    assert page.context["page"].total == 1, "not how many there are, either"
    assert [row.person for row, _there in page.context["sums"]] == [ledger.olena]
    assert "Петро" not in page.text
    assert ledger.olena.ref not in "".join(there for _row, there in page.context["sums"])


def test_on_paper_it_has_no_pages_and_says_what_it_is(ledger: Ledger) -> None:
    for _each in range(60):
        ledger.give()
    page = ledger.page(print=1, service=ledger.advice.pk)
    told = AuditEntry.objects.get(action="page.print")
    assert (told.model, told.purpose) == ("access.user", "desk.supports")
    assert len(page.context["page"].items) == 60
    assert "Service: Advice" in page.text
    assert page.context["total"].supports == 60
    assert "Older" not in page.text
