"""Notes: nothing is overwritten unseen, nothing is written twice, and a broken text does not take the page with it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from przystan.casework import actions
from przystan.casework.models import CaseFile, Note, NoteVersion
from tests.casework.conftest import TITLE, WORDS, Files
from tests.harness.queries import of_view


def page_of(files: Files) -> str:
    return reverse("casework:note", args=[files.case.ref, files.note.ref])


def texts(files: Files) -> list[str]:
    versions = NoteVersion.objects.filter(note=files.note).select_related("note__case__person").order_by("number")
    return [version.text for version in versions]


def test_a_note_is_worded_anew_and_the_older_wording_is_kept(files: Files) -> None:
    sent = {"number": 1, "text": "Better words"}
    assert files.client("member").post(page_of(files), sent).status_code == 302
    assert texts(files) == [WORDS, "Better words"]
    assert WORDS not in files.client("lead").get(reverse("casework:case", args=[files.case.ref])).text
    page = files.client("lead").get(page_of(files)).text
    assert WORDS in page
    assert "Better words" in page


def test_who_saves_second_sees_both_wordings_and_decides(files: Files) -> None:
    lead, member = files.client("lead"), files.client("member")
    assert lead.post(page_of(files), {"number": 1, "text": "Theirs"}).status_code == 302
    page = member.post(page_of(files), {"number": 1, "text": "Mine"})
    assert page.status_code == 409
    assert "Theirs" in page.text
    assert "Mine" in page.context["form"]["text"].value()
    assert "Lead Nowak" in page.text
    assert texts(files) == [WORDS, "Theirs"]
    decided = {"number": page.context["form"]["number"].value(), "text": "Both"}
    assert member.post(page_of(files), decided).status_code == 302
    assert texts(files) == [WORDS, "Theirs", "Both"]


def test_the_same_words_sent_again_are_one_wording(files: Files) -> None:
    client, sent = files.client("member"), {"number": 1, "text": "Better words"}
    assert [client.post(page_of(files), sent).status_code for _ in range(3)] == [302] * 3
    assert texts(files) == [WORDS, "Better words"]


def test_other_words_with_a_used_token_are_not_lost(files: Files) -> None:
    client, url = files.client("member"), reverse("casework:case", args=[files.case.ref])
    sent = {"text": "First", "about": "2026-11-20", "form_token": str(uuid4())}
    assert client.post(url, sent).status_code == 302
    page = client.post(url, sent | {"text": "Quite another note"})
    assert "Quite another note" in page.context["form"]["text"].value()
    again = sent | {"text": "Quite another note", "form_token": page.context["form"]["form_token"].value()}
    assert client.post(url, again).status_code == 302
    assert Note.objects.count() == 3


def test_a_token_used_in_another_file_tells_nothing_of_it(files: Files) -> None:
    token = uuid4()
    files.act("lead", actions.write_note, case=files.case, text="Canary-other", form_token=token)
    other = files.act("colleague", actions.open_case, person=files.person, kind="support", title="Other")
    url = reverse("casework:case", args=[other.ref])
    page = files.client("colleague").post(url, {"text": "x", "about": "2026-11-20", "form_token": str(token)})
    assert page.status_code == 200
    assert "Canary-other" not in page.text


@pytest.mark.parametrize("field", ["note", "title"])
def test_a_tampered_text_says_so_and_the_rest_is_shown(files: Files, field: str) -> None:
    table, column, row = {
        "note": ("casework_noteversion", "text", f"note_id = {files.note.pk}"),
        "title": ("casework_casefile", "title", f"id = {files.case.pk}"),
    }[field]
    with connection.cursor() as cursor:
        flipped = f"set_byte({column}, 30, get_byte({column}, 30) # 1)"
        cursor.execute(f"UPDATE {table} SET {column} = {flipped} WHERE {row}")
    page = files.client("lead").get(reverse("casework:case", args=[files.case.ref]))
    assert page.status_code == 200
    assert "This text cannot be opened." in page.text
    assert (TITLE in page.text) == (field == "note")
    assert (WORDS in page.text) == (field == "title")


@pytest.mark.parametrize("name", ["text", "title"])
def test_no_sealed_text_stands_in_the_tables(files: Files, name: str) -> None:
    model: Any = {"text": NoteVersion, "title": CaseFile}[name]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {model._meta.db_table}")
        blob = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert blob
    assert TITLE.encode() not in blob
    assert WORDS.encode() not in blob


def test_as_many_queries_for_three_notes_as_for_one(files: Files) -> None:
    client, url = files.client("lead"), reverse("casework:case", args=[files.case.ref])
    client.get(url)
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        found = of_view([query["sql"] for query in captured])
        counts.append(len([sql for sql in found if "access_datakey" not in sql and "access_keywrap" not in sql]))
        files.act("lead", actions.write_note, case=files.case, text="One more")
    assert counts == [6, 6, 6]
