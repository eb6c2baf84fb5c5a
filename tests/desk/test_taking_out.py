"""The list of supports as a file: what the list shows, without names, for who may take reports out."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from przystan.access.models import AuditEntry
from przystan.errands.models import Errand
from przystan.people.models import Exclusion
from tests import factories

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


class Desk:
    """A coordinator, and two entries."""

    def __init__(self) -> None:
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.advice, self.course = factories.service("Advice"), factories.service("=Course")
        self.person = factories.person(self.point)
        self.given = factories.support(self.point, self.advice, self.person, day=JUNE, minutes=20)
        self.other = factories.support(self.point, self.course, day=date(2026, 6, 2), minutes=90, headcount=7)
        self.user = factories.user(self.organisation, "coordinator")
        self.page = self.client(self.user)

    def client(self, user: Any) -> Client:
        found = Client(headers={"accept-language": "en"})
        found.force_login(user)
        return found

    def rows(self, asked: str = "") -> list[tuple[Any, ...]]:
        answer = self.page.post(f"/supports/file/?{asked}")
        assert answer["Content-Disposition"] == 'attachment; filename="supports.xlsx"'
        return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


@pytest.fixture(autouse=True)
def at_once(settings: Any) -> None:
    settings.ERRAND_SECONDS = 60


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_it_has_what_the_list_has_and_adds_it_up(desk: Desk) -> None:
    factories.reverse(factories.support(desk.point, desk.advice, day=JUNE, minutes=50), JUNE)
    head, *rows, total = desk.rows()
    assert head[:5] == ("Day", "Service", "People", "How many people", "Minutes")
    assert [(row[0].date(), row[1], row[3], row[4]) for row in rows] == [
        (date(2026, 6, 2), "=Course", 7, 90),
        (JUNE, "Advice", -1, -50),
        (JUNE, "Advice", 1, 50),
        (JUNE, "Advice", 1, 20),
    ]
    assert total[:5] == ("Together", None, None, 8, 110)
    assert rows[-1][8] == desk.given.ref


def test_people_stand_in_it_by_reference(desk: Desk) -> None:
    rows = desk.rows()
    assert rows[2][2] == desk.person.ref
    assert desk.person.display_name not in str(rows)


def test_it_is_narrowed_as_the_list_is(desk: Desk) -> None:
    form = desk.page.get(f"/supports/?service={desk.advice.pk}&sort=minutes").text
    assert f'action="/supports/file/?service={desk.advice.pk}"' in form
    assert [row[1] for row in desk.rows(f"service={desk.advice.pk}")[1:-1]] == ["Advice"]
    assert len(desk.rows("since=2026-06-02&payer=none&x=1")) == 3
    assert desk.rows("since=2026-06-03") == [desk.rows("since=2026-06-03")[0]]


def test_it_tells_of_nobody_whom_one_must_not_know(desk: Desk) -> None:
    Exclusion.objects.create(person=desk.person, user=desk.user, by=desk.user)
    assert [row[1] for row in desk.rows()[1:-1]] == ["=Course"]


def test_that_it_was_taken_out_is_written_down(desk: Desk) -> None:
    desk.rows()
    row = AuditEntry.objects.get(action="support.export")
    assert (row.actor_id, row.object_ref) == (desk.user.pk, desk.organisation.ref)


@pytest.mark.parametrize(("role", "status"), [("grant_officer", 200), ("adviser", 404), ("auditor", 404)])
def test_it_is_for_who_may_take_reports_out(desk: Desk, role: str, status: int) -> None:
    page = desk.client(factories.user(desk.organisation, role, None if role != "adviser" else desk.point))
    assert page.post("/supports/file/").status_code == status
    if role != "auditor":
        assert ("/supports/file/" in page.get("/supports/").text) == (status == 200)
    assert AuditEntry.objects.filter(action="support.export").count() == (status == 200)


def test_where_it_takes_long_a_job_makes_it(desk: Desk, settings: Any) -> None:
    settings.ERRAND_SECONDS = 0
    answer = desk.page.post(f"/supports/file/?service={desk.advice.pk}")
    errand = Errand.objects.get()
    assert answer.url == f"/files/{errand.ref}/"
    assert errand.values == {"service": str(desk.advice.pk)}
