"""Hostile files through the pages: each ends with a sentence or a good import, nothing waits for it, nothing falls."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils.translation import gettext_lazy, override

from przystan.access import workers
from przystan.exchange import actions, reading, tasks
from przystan.exchange.actions.taking import drop_file
from przystan.exchange.models import FilePart, ImportBatch, ImportRow
from przystan.exchange.reading.limits import Limits
from przystan.exchange.refusals import heard, noted_refusal, refusals
from przystan.exchange.wording import FILES as SENTENCES
from przystan.exchange.wording import file_trouble, trouble
from przystan.support.actions.refusals import sentence
from przystan.support.rules import Flaw
from przystan.team.queries import actor_for
from tests import factories

from .hostile import CSV, FILES, GOOD, as_xlsx, book, dates, prefixed, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def deferred(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """References of the files that were left to the job; nobody works on them but the test."""
    left: list[str] = []

    class Left:
        def defer(self, ref: str) -> None:
            left.append(ref)

    monkeypatch.setattr(type(tasks.read), "configure", lambda self, **kwargs: Left(), raising=False)
    monkeypatch.setattr(tasks, "is_wanted", lambda job, pk: True)
    return left


@pytest.fixture
def client(deferred: list[str], settings: Any) -> Client:
    settings.IMPORT_SECONDS, settings.IMPORT_MEGABYTES_OF_MEMORY = 6, 512
    centre = factories.organisation()
    client = Client()
    client.force_login(factories.user(centre, "coordinator", at=factories.point(centre)))
    return client


def sent(client: Client, content: bytes, name: str = "a.xlsx", kind: str = "people") -> str:
    """Address of the page of a file that was just stored."""
    answer = client.post("/imports/", {"kind": kind, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer.url)


def read(client: Client, content: bytes, name: str = "a.xlsx", kind: str = "people") -> ImportBatch:
    """A file that was stored, and read by the job."""
    ref = sent(client, content, name, kind).split("/")[-2]
    tasks.read(ref)
    return ImportBatch.objects.get(ref=ref)


@pytest.mark.parametrize("name", [name for name in FILES if name != "nothing at all"])
def test_each_ends_with_a_sentence_or_is_read(client: Client, name: str) -> None:
    make, expected = FILES[name]
    batch = read(client, make())
    page = client.get(f"/imports/{batch.ref}/", follow=True)
    assert page.status_code == 200
    if expected == GOOD:
        assert (batch.state, batch.trouble) == ("columns", "")
        assert batch.rows.count() == batch.rows_total > 0
    else:
        beginning = str(SENTENCES[expected]).split("%")[0]
        assert (batch.state, batch.why[: len(beginning)]) == ("unreadable", beginning)
        assert batch.trouble.split()[0] == expected
        assert not batch.rows.exists()


@pytest.mark.parametrize(
    ("kept", "pl", "uk"),
    [
        ("too_long rows=200000", "W tym pliku jest ponad 200", "У цьому файлі понад 200"),
        ("old_xls", "Takie pliki da się już odczytać", "Такі файли вже можна прочитати"),
        ("no_role", "Osoba, która zaczęła import", "Людина, що почала імпорт"),
    ],
)
def test_why_it_could_not_be_read_is_said_to_each_in_their_language(
    client: Client, kept: str, pl: str, uk: str
) -> None:
    batch = read(client, FILES["white space"][0]())
    ImportBatch.objects.update(trouble=kept)
    for language, words in (("pl", pl), ("uk", uk)):
        assert words in client.get(f"/imports/{batch.ref}/", headers={"accept-language": language}).text


SAYS = {
    "people": ("Upewnij się", "Переконайтеся", "Убедитесь", "Ensure"),
    "institutions": ("Wybierz rodzaj", "Виберіть вид", "Выберите вид", "Choose what kind"),
}


@pytest.mark.parametrize("kind", SAYS)
def test_what_the_register_refuses_is_said_to_each_in_their_language(client: Client, kind: str) -> None:
    """Whoever looks at the rows may be another than who had them checked; rows of before keep the one they have."""
    header = "Imię i nazwisko" if kind == "people" else "Nazwa"
    batch = checked_as(client, kind, f"{header};Telefon\n{'A' * 301};\n".encode())
    assert [problem["code"] for problem in batch.rows.get().problems] == ["unfit"]
    for language, words in zip(("pl", "uk", "ru", "en"), SAYS[kind], strict=True):
        assert words in client.get(f"/imports/{batch.ref}/", headers={"accept-language": language}).text
    batch.rows.update(problems=[{"column": None, "code": "unfit", "text": "Nazwa: za długa."}])
    assert "Nazwa: za długa." in client.get(f"/imports/{batch.ref}/", headers={"accept-language": "uk"}).text


def checked_as(client: Client, kind: str, content: bytes) -> ImportBatch:
    """A file whose columns were matched as they were guessed, checked for an account that reads English."""
    batch = read(client, content, "a.csv", kind)
    mapping = {f"column{column}": field for column, field in batch.mapping.items()}
    client.post(f"/imports/{batch.ref}/columns/", mapping)
    tasks.check(batch.ref)
    batch.refresh_from_db()
    return batch


def test_a_refused_import_is_said_to_each_in_their_language() -> None:
    """Also where the ledger had put it into words at once, as most actions do."""

    def refused() -> None:
        raise ValidationError([sentence(Flaw.FUTURE), sentence(Flaw.NEGATIVE)])

    first, second = refusals(refused)
    with override("uk"):
        assert heard(first).startswith("Цей день ще не настав")
        assert heard(first) != heard(second)
    row = ValidationError(gettext_lazy("Row %(row)s is about somebody who is not imported."), params={"row": 5})
    with override("pl"):
        kept = noted_refusal(row)
    assert set(json.loads(kept)) == {"pl", "en", "uk", "ru"}
    assert trouble(kept) == "Row 5 is about somebody who is not imported."


def test_a_sentence_of_the_register_stays_one() -> None:
    assert trouble("Row 5 is about somebody who is not imported.") == "Row 5 is about somebody who is not imported."
    assert trouble("") == ""


def test_there_are_thirty_kinds_and_more() -> None:
    assert len(FILES) > 50
    assert {code for _, code in FILES.values()} - {GOOD} <= set(SENTENCES)


def test_an_empty_file_is_no_file(client: Client) -> None:
    answer = client.post("/imports/", {"kind": "people", "file": SimpleUploadedFile("a.csv", b"")})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_the_page_looks_into_no_file(client: Client, deferred: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.apart.apart, "messages", None)
    page = sent(client, FILES["rows in a comment"][0]())
    batch = ImportBatch.objects.get()
    assert (batch.state, deferred) == ("uploaded", [batch.ref])
    html = client.get(page).text
    assert "waits to be read" in html
    assert f'hx-get="{page}progress/"' in html
    assert f'<noscript><p><a href="{page}">Look again</a>' in html


def test_a_file_is_stored_in_pieces_and_as_it_was(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # as a large one, it comes by way of the disk
    monkeypatch.setattr("przystan.exchange.views.PART", 100)
    content = CSV.encode() * 5
    sent(client, content)
    parts = list(FilePart.objects.order_by("position").values_list("content", flat=True))
    assert len(parts) == len(content) // 100 + 1
    assert b"".join(map(bytes, parts)) == content


def test_a_file_beyond_the_limit_is_not_stored(client: Client, settings: Any) -> None:
    settings.IMPORT_MEGABYTES = 1
    file = SimpleUploadedFile("a.csv", bytes(1024 * 1024 + 1))
    answer = client.post("/imports/", {"kind": "people", "file": file})
    assert "more than 1 MB" in answer.context["form"].errors["file"][0]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\u202exslx.exe", "a xslx.exe"), ("a\x07b.csv", "a b.csv"), ("\u200b", "?"), ("x" * 300, "x" * 200)],
)
def test_the_name_of_a_file_is_a_label(name: str, shown: str) -> None:
    from przystan.exchange.actions.taking import label

    assert label(name) == shown
    assert label(f"../../{name}") == shown
    assert label(f"C:\\secret\\{name}") == shown


@pytest.mark.parametrize(("beats", "said"), [(False, True), (True, False)])
def test_a_worker_that_is_down_is_said(client: Client, beats: bool, said: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")  # of other tests, whose last sign may be a moment old
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))",
            [0 if beats else workers.SILENT + 1],
        )
    page = sent(client, CSV.encode())
    for address in (page, f"{page}progress/"):
        assert ("Your file is kept" in client.get(address).text) is said


def test_the_list_leads_back_to_a_file_that_waits(client: Client) -> None:
    page = sent(client, CSV.encode())
    assert f'href="{page}"' in client.get("/imports/").text


def test_a_file_forgotten_while_it_is_read_ends_the_reading(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("przystan.kernel.apart.parent.TICK", 0.01)
    monkeypatch.setattr(tasks, "is_wanted", lambda job, pk: False)
    assert read(client, FILES["cells in the last column"][0]()).state == "reading"
    page = f"/imports/{ImportBatch.objects.get().ref}/"
    client.post(f"{page}give-up/")
    assert not ImportBatch.objects.exists()
    assert not FilePart.objects.exists()


def test_a_file_forgotten_just_before_its_rows_come_leaves_nothing(client: Client, monkeypatch: Any) -> None:
    whole = reading.read_apart

    def late(*args: Any, **more: Any) -> Any:
        ImportBatch.objects.all().delete()
        return whole(*args, **more)

    monkeypatch.setattr("przystan.exchange.actions.reading.read_apart", late)
    ref = sent(client, CSV.encode()).split("/")[-2]
    tasks.read(ref)
    assert not ImportBatch.objects.exists()


def test_nothing_is_locked_while_progress_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told through another connection, which would wait for a lock of ours until both give up."""
    monkeypatch.setattr("przystan.exchange.actions.reading.STEP", 1)
    sent(client, CSV.encode())
    batch, inside, told = ImportBatch.objects.get(), [0], []

    @contextmanager
    def scope() -> Iterator[None]:
        inside[0] += 1
        yield
        inside[0] -= 1

    by = actor_for(batch.by)
    actions.read(by=by, batch=batch, scope=scope, progress=lambda done: told.append((done, inside[0])))
    assert told == [(1, 0), (2, 0)]
    assert ImportBatch.objects.get().state == "columns"


def test_a_reader_that_dies_among_the_rows_leaves_none(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("przystan.exchange.actions.reading.STEP", 1)
    whole = reading.apart._rows
    monkeypatch.setattr(reading.apart, "_rows", lambda heard, total: whole(islice(heard, 1), total))
    batch = read(client, CSV.encode())
    assert (batch.state, batch.trouble) == ("unreadable", "broken")
    assert not batch.rows.exists()


def test_reading_that_was_killed_begins_again(client: Client) -> None:
    ref = sent(client, CSV.encode()).split("/")[-2]
    ImportBatch.objects.update(state="reading")
    ImportRow.objects.create(batch=ImportBatch.objects.get(), number=2, cells=["half"])
    tasks.read(ref)
    tasks.read(ref)  # a job taken for dead that was not
    assert ImportBatch.objects.get().state == "columns"
    assert ImportBatch.objects.get().rows.count() == 2


@pytest.mark.parametrize(
    ("seconds", "megabytes", "code", "numbers"),
    [(1, 512, "too_slow", {"seconds": 1}), (6, 100, "too_much_memory", {"megabytes": 100})],
)
def test_what_takes_too_much_says_how_much(
    client: Client, settings: Any, seconds: int, megabytes: int, code: str, numbers: dict[str, int]
) -> None:
    settings.IMPORT_SECONDS, settings.IMPORT_MEGABYTES_OF_MEMORY = seconds, megabytes
    batch = read(client, book(sheet("<row/>" * 900_000)) if code == "too_slow" else b"a;b\n" * 5_000_000)
    assert batch.why == file_trouble(code, numbers)


def test_a_file_that_was_let_go_is_not_read_again(client: Client) -> None:
    """As when somebody who stands in it is protected."""
    batch = read(client, CSV.encode())
    drop_file(batch)
    batch.save()
    client.post(f"/imports/{batch.ref}/sheet/")
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), batch.parts.exists()) == ("columns", 2, False)


def test_a_reader_that_dies_is_said_and_the_file_can_be_read_once_more(client: Client, monkeypatch: Any) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("przystan.exchange.reading.apart.READER", "przystan.nowhere")
        batch = read(client, CSV.encode())
    assert batch.why == file_trouble("broken")
    page = f"/imports/{batch.ref}/"
    client.post(f"{page}sheet/")
    tasks.read(batch.ref)
    assert client.get(page, follow=True).redirect_chain == [(f"{page}columns/", 302)]


def test_a_prefix_hides_nothing(client: Client) -> None:
    batch = read(client, prefixed())
    rows = batch.rows.order_by("number").values_list("cells", "remarks")
    assert list(rows) == [
        (["Kowal", "Jan"], []),
        (["Kowal", "Anna"], ["hidden", "merged"]),
        (["Lis", ""], ["formula_without_value"]),
    ]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Windows-1250", "windows-1250"),
        ("ISO 8859-2", "iso-8859-2"),
        ("DOS letters", "cp852"),
        ("UTF-16 that does not say so", "utf-16"),
        ("UTF-16 the other way round", "utf-16"),
    ],
)
def test_letters_are_told_apart(client: Client, name: str, encoding: str) -> None:
    batch = read(client, FILES[name][0]())
    assert batch.notes == [encoding]
    assert batch.rows.first().cells == ["Żaneta", "Łęcka", "Pruszcz Gdański"]


def test_cyrillic_is_told_from_latin(client: Client) -> None:
    batch = read(client, FILES["Windows-1251"][0]())
    assert (batch.notes, batch.rows.first().cells) == (["windows-1251"], ["Олена", "Іваненко", "Київ"])


def test_lost_letters_are_said_of_their_row(client: Client) -> None:
    batch = read(client, FILES["letters that were lost before"][0]())
    assert list(batch.rows.order_by("number").values_list("remarks", flat=True)) == [[], ["letters_lost"]]


@pytest.mark.parametrize(
    ("name", "text"), [("days counted from 1904", "1986-02-19"), ("a number without end", "#VALUE!")]
)
def test_odd_numbers(client: Client, name: str, text: str) -> None:
    assert read(client, FILES[name][0]()).rows.get().cells == [text]


def test_days_counted_from_1900(client: Client) -> None:
    assert read(client, dates("30000")).rows.get().cells == ["1982-02-18"]


def test_what_the_reader_says_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    head = {"sheet": "", "sheets": [], "header": ["a"], "rows": 1, "empty_rows": 0, "hidden_rows": 0, "notes": []}
    bounds = reading.apart.apart.Bounds(5, 1 << 30)
    lies: list[list[Any]] = [
        [],
        ["head"],
        [{}],
        [head],
        [head, [1, ["x"], []], [2, ["y"], []]],
        [head, 7],
        [head | {"header": ["a"] * 501}, [1, [], []]],
        [head | {"rows": 10**9}],
    ]
    for said in lies:
        messages = _saying(said)
        monkeypatch.setattr(reading.apart.apart, "messages", messages)
        order = reading.Order([], "", bounds, replace(Limits(), rows=10))
        with pytest.raises(reading.Unreadable, match="broken"), reading.read_apart([], order) as found:
            list(found.rows)


def _saying(said: list[Any]) -> Any:
    from contextlib import nullcontext

    return lambda *args, **more: nullcontext(iter(said))


def test_two_sheets_and_the_wanted_one(client: Client) -> None:
    def sheets(book: Any) -> None:
        for name in ("Pierwszy", "Drugi"):
            page = book.create_sheet(name)
            page.append(["Imię"])
            page.append([name])

    batch = read(client, as_xlsx(sheets))
    assert batch.sheet == "Pierwszy"
    client.post(f"/imports/{batch.ref}/sheet/", {"sheet": "Drugi"})
    tasks.read(batch.ref)
    assert list(ImportBatch.objects.get().rows.values_list("cells", flat=True)) == [["Drugi"]]
