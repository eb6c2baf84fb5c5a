"""The pages of an import, by personas."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from przystan.access.models import AuditEntry
from przystan.exchange import tasks
from przystan.exchange.models import ImportBatch, ImportRow
from przystan.people.models import Person
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db
LIST = 2  # queries of the list of imports
ROWS = 5  # queries of the rows of one, the audit row among them
CSV = "Imię;Nazwisko;Data ur.\nАнна;Іваненко;1.02.1990\nJan;Kot;31.02.1990\n".encode()


@pytest.fixture(autouse=True)
def jobs_at_once(monkeypatch):
    """Jobs run where they are asked for, so that a test needs no worker."""
    for task in (tasks.read, tasks.check, tasks.run, tasks.undo):
        monkeypatch.setattr(type(task), "configure", lambda self, **kwargs: _AtOnce(self), raising=False)
    # What a test does in its transaction is seen by no other connection.
    monkeypatch.setattr(tasks, "is_wanted", lambda job, pk: True)


class _AtOnce:
    def __init__(self, task):
        self.task = task

    def defer(self, **arguments):
        self.task(**arguments)


@pytest.fixture
def centre():
    return factories.organisation()


def logged_in(of, role: str) -> Client:
    client = Client()
    client.force_login(factories.user(of, role, at=factories.point(of)))
    return client


def upload(client: Client, content: bytes = CSV, kind: str = "people"):
    return client.post("/imports/", {"kind": kind, "file": SimpleUploadedFile("ludzie.csv", content)})


def test_from_file_to_people(centre):
    client = logged_in(centre, "coordinator")
    columns = f"{upload(client).url}columns/"
    assert client.get(columns).status_code == 200
    client.post(columns, {"column0": "given", "column1": "family", "column2": "birth"})
    page = columns.removesuffix("columns/")
    html = client.get(page).content.decode()
    assert "31.02.1990" in html
    client.post(f"{page}run/", {"choice": "good"})
    assert [str(name.text) for name in Person.objects.get().names.all()] == ["Анна Іваненко"]
    rest = client.post(f"{page}rest/")
    assert rest["Content-Disposition"].endswith(f'rows-{page.split("/")[-2]}.xlsx"')
    client.post(f"{page}undo/")
    assert not Person.objects.exists()
    assert [tab["count"] for tab in client.get(page).context["tabs"]] == [2]


def test_two_of_one_name_are_told_apart_where_one_is_chosen(centre):
    """Reasons stand beside the choice as text, so that a narrow screen cuts none off; a number says which is which."""
    point = factories.point(centre)
    for _ in range(2):
        factories.person(point, "Maria Lis")
    client = logged_in(centre, "coordinator")
    page = upload(client, b"Klient\nMaria Lis\n").url
    client.post(f"{page}columns/", {"column0": "name"})
    html = client.get(page).text
    for number in (1, 2):
        assert f"<li>Maria Lis ({number}): same spelling</li>" in html
        assert f"is Maria Lis ({number})</option>" in html


def test_undoing_is_a_job_and_what_stops_it_is_said(centre, monkeypatch):
    client = logged_in(centre, "coordinator")
    page = upload(client).url
    client.post(f"{page}columns/", {"column0": "given", "column1": "family", "column2": "birth"})
    client.post(f"{page}run/", {"choice": "good"})
    with monkeypatch.context() as patch:
        patch.setattr("przystan.exchange.actions.undoing.audit.record", lambda *a: 1 / 0)
        client.post(f"{page}undo/")
    assert ImportBatch.objects.get().state == "done"
    assert Person.objects.count() == 1
    assert "The import is not undone" in client.get(page).text
    with monkeypatch.context() as patch:
        patch.setattr(_AtOnce, "defer", lambda self, **arguments: None)
        client.post(f"{page}undo/")
    html = client.get(page).text
    assert "being undone" in html
    assert "Forget this file" not in html
    client.post(f"{page}give-up/")
    tasks.undo(ImportBatch.objects.get().ref)
    assert ImportBatch.objects.get().state == "undone"
    assert "The import is not undone" not in client.get(page).text


def test_a_bad_file_is_said_on_its_page_and_can_be_forgotten(centre):
    client = logged_in(centre, "coordinator")
    page = upload(client, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").url
    html = client.get(page).text
    assert "The file is damaged and cannot be read." in html
    assert "Nothing was changed in the register." in html
    client.post(f"{page}sheet/")
    assert ImportBatch.objects.get().state == "unreadable"
    client.post(f"{page}give-up/")
    assert not ImportBatch.objects.exists()


def test_remarks_and_what_is_hidden_stand_in_the_preview(centre):
    book = Workbook()
    for row in [["Imię i nazwisko", "Wiek", "Data ur."], ["Anna Nowak", "30", ""], ["Jan Kot", "", "ok. 1985"]]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    client = logged_in(centre, "coordinator")
    columns = f"{upload(client, out.getvalue()).url}columns/"
    assert "1 hidden row was read too." in client.get(columns).text
    chosen = {"column0": "name", "column1": "age", "column2": "birth"}
    assert "ages_on" in client.post(columns, {**chosen, "ages_on": "1.01.2999"}).context["form"].errors
    client.post(columns, {**chosen, "ages_on": "1.05.2019"})
    html = client.get(f"{columns.removesuffix('columns/')}?rows=noted").text
    assert "1 hidden row was read too." in html
    assert "“1989”: born in this year by the age in the file" in html
    assert "“1985”: the file is not sure of it" in html
    assert "this row is hidden in the file" in html
    assert str(client.get(columns).context["form"]["ages_on"].initial) == "2019-05-01"


def test_two_columns_of_one_meaning_are_refused_and_several_phones_are_not(centre):
    client = logged_in(centre, "coordinator")
    columns = f"{upload(client).url}columns/"
    page = client.post(columns, {"column0": "name", "column1": "birth", "column2": "birth"})
    assert list(page.context["form"].errors) == ["column2"]
    assert client.post(columns, {"column0": "name", "column1": "phone", "column2": "phone"}).status_code == 302


def test_all_or_nothing_refuses_while_rows_are_bad(centre):
    client = logged_in(centre, "coordinator")
    columns = f"{upload(client).url}columns/"
    client.post(columns, {"column0": "given", "column1": "family", "column2": "birth"})
    client.post(f"{columns.removesuffix('columns/')}run/", {"choice": "all"})
    assert not Person.objects.exists()
    assert ImportBatch.objects.get().state == "checked"


@pytest.mark.parametrize("role", ["adviser", "director", "auditor"])
def test_who_may_not_import(centre, role):
    assert logged_in(centre, role).get("/imports/").status_code == 404


@pytest.mark.parametrize("step", ["", "columns/", "progress/"])
def test_another_organisation_gets_nothing(centre, step):
    page = upload(logged_in(centre, "coordinator")).url
    stranger = logged_in(factories.organisation(), "coordinator")
    assert stranger.get(page + step).status_code == 404


@pytest.mark.parametrize("step", ["run/", "undo/", "decisions/", "give-up/", "sheet/", "rest/"])
def test_steps_that_change_are_not_opened_by_a_link(centre, step):
    client = logged_in(centre, "coordinator")
    page = upload(client).url
    assert client.get(page + step).status_code == 405


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_asks_as_much_for_three_files_as_for_one(centre, files):
    client = logged_in(centre, "coordinator")
    for _ in range(files):
        upload(client)
    client.get("/imports/")
    with queries_of_view(LIST):
        assert client.get("/imports/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_rows_ask_as_much_for_three_as_for_one(centre, rows):
    client = logged_in(centre, "coordinator")
    content = "Imię;Nazwisko\n" + "".join(f"Анна{number};Іваненко\n" for number in range(rows))
    columns = f"{upload(client, content.encode()).url}columns/"
    client.post(columns, {"column0": "given", "column1": "family"})
    page = columns.removesuffix("columns/")
    client.get(page)
    with queries_of_view(ROWS):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("name", ["row-²", "row-" + "9" * 500, "row-99999999999", "row-", "row--1"])
def test_what_is_no_number_of_a_row_decides_nothing(centre, name):
    client = logged_in(centre, "coordinator")
    columns = f"{upload(client).url}columns/"
    client.post(columns, {"column0": "given", "column1": "family"})
    page = columns.removesuffix("columns/")
    before = list(ImportRow.objects.order_by("number").values_list("decision", flat=True))
    assert client.post(f"{page}decisions/", {name: "skip"}).status_code == 302
    assert list(ImportRow.objects.order_by("number").values_list("decision", flat=True)) == before


def test_a_file_is_for_who_took_it_in_and_for_who_leads_all_points(centre):
    upload(logged_in(centre, "coordinator"))
    address = f"/imports/{ImportBatch.objects.get().ref}/"
    other, chief = logged_in(centre, "coordinator"), Client()
    chief.force_login(factories.user(centre, "coordinator"))
    assert other.get(address, follow=True).status_code == 404
    assert "ludzie.csv" not in other.get("/imports/").text
    assert chief.get(address, follow=True).status_code == 200


def test_who_reads_the_rows_is_written_down(centre):
    client = logged_in(centre, "coordinator")
    upload(client)
    client.get(f"/imports/{ImportBatch.objects.get().ref}/columns/")
    assert AuditEntry.objects.filter(action="read", model="exchange.importbatch").exists()


def test_files_that_nobody_imports_go(centre):
    upload(logged_in(centre, "coordinator"))
    tasks.throw_away(0)
    assert ImportBatch.objects.exists()
    ImportBatch.objects.update(at=timezone.now() - timedelta(days=31))
    tasks.throw_away(0)
    assert not ImportBatch.objects.exists()
