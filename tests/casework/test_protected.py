"""Files of tiers 3 and 4: they open with one's own key, unlocked, and for nobody else."""

import pytest
from django.db import connection

from przystan.access.models import AuditEntry, DataKey, KeyWrap
from przystan.casework import actions
from przystan.casework.enums import CaseKind
from przystan.casework.models import CaseFile, Note
from tests.casework.conftest import Files

TITLE, WORDS = "Canary-secret-title", "Canary-secret-note"


@pytest.fixture
def secret(files: Files) -> CaseFile:
    files.with_key("lawyer")
    case: CaseFile = files.act("lawyer", actions.open_case, person=files.person, kind=CaseKind.LEGAL, title=TITLE)
    files.act("lawyer", actions.write_note, case=case, text=WORDS)
    return case


def test_with_a_locked_key_the_page_is_calm_and_shows_no_text(files: Files, secret: CaseFile) -> None:
    page = files.client("lawyer").get(f"/cases/{secret.ref}/")
    assert page.status_code == 200
    assert "Protected files are locked" in page.text
    assert "Lawyer Nowak" in page.text
    assert "New note" not in page.text
    for url in ("/cases/", f"/cases/{secret.ref}/", f"/cases/{secret.ref}/team/"):
        text = files.client("lawyer").get(url).text
        assert TITLE not in text
        assert WORDS not in text
    note = Note.objects.get(case=secret)
    assert WORDS not in files.client("lawyer").get(f"/cases/{secret.ref}/notes/{note.ref}/").text


def test_what_was_not_read_is_not_told_as_read(files: Files, secret: CaseFile) -> None:
    before = set(AuditEntry.objects.values_list("seq", flat=True))
    files.client("lawyer").get(f"/cases/{secret.ref}/")
    rows = AuditEntry.objects.exclude(seq__in=before).filter(action="read")
    assert [(row.model, row.tier, "title" in row.fields) for row in rows] == [("casework.casefile", 3, False)]


def test_a_note_sent_with_a_locked_key_is_not_lost(files: Files, secret: CaseFile) -> None:
    page = files.client("lawyer").post(f"/cases/{secret.ref}/", {"text": "Typed words", "about": "2026-11-20"})
    assert page.status_code == 200
    assert "Typed words" in page.text
    assert "Your key is locked." in page.text


def test_an_unlocked_key_opens_it(files: Files, secret: CaseFile) -> None:
    client = files.unlocked("lawyer")
    assert TITLE in client.get("/cases/").text
    page = client.get(f"/cases/{secret.ref}/")
    assert TITLE in page.text
    assert WORDS in page.text
    rows = AuditEntry.objects.filter(action="read", tier=3, model="casework.note")
    assert rows.count() == 1


def test_no_centre_key_opens_it(secret: CaseFile) -> None:
    wraps = KeyWrap.objects.filter(key__holder=secret.ref)
    assert {wrap.opener for wrap in wraps} == {KeyWrap.Opener.STAFF}


def test_without_a_key_of_ones_own_no_protected_file_is_opened(files: Files) -> None:
    url = f"/cases/new/?person={files.person.ref}"
    page = files.client("lawyer2").post(url, {"kind": "legal", "title": "Kept title"})
    assert "Set up your key to protected files first." in page.text
    assert "Kept title" in page.text
    assert CaseFile.objects.count() == 1


def test_who_has_no_key_cannot_be_named(files: Files, secret: CaseFile) -> None:
    client, sent = files.unlocked("lawyer"), {"user": files.people["lawyer2"].ref, "role": "works"}
    assert "has not set up their key" in client.post(f"/cases/{secret.ref}/team/", sent).text
    assert files.client("lawyer2").get(f"/cases/{secret.ref}/").status_code == 404


def test_who_is_named_reads_and_who_is_let_go_reads_nothing(files: Files, secret: CaseFile) -> None:
    files.with_key("lawyer2")
    client, sent = files.unlocked("lawyer"), {"user": files.people["lawyer2"].ref, "role": "works"}
    assert client.post(f"/cases/{secret.ref}/team/", sent).status_code == 302
    second = files.unlocked("lawyer2")
    assert WORDS in second.get(f"/cases/{secret.ref}/").text
    end = f"/cases/{secret.ref}/team/{files.people['lawyer2'].ref}/end/"
    assert client.post(end).status_code == 302
    assert second.get(f"/cases/{secret.ref}/").status_code == 404
    assert not KeyWrap.objects.filter(key__holder=secret.ref, user=files.people["lawyer2"]).exists()
    assert DataKey.objects.filter(holder=secret.ref).count() == 2
    client.post(f"/cases/{secret.ref}/", {"text": "After they left", "about": "2026-11-20"})
    page = client.get(f"/cases/{secret.ref}/").text
    assert WORDS in page
    assert "After they left" in page


def test_a_tampered_secret_says_so_and_the_rest_is_shown(files: Files, secret: CaseFile) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_noteversion SET text = set_byte(text, 40, get_byte(text, 40) # 1)"
            " WHERE note_id IN (SELECT id FROM casework_note WHERE case_id = %s)",
            [secret.pk],
        )
    page = files.unlocked("lawyer").get(f"/cases/{secret.ref}/")
    assert "This text cannot be opened." in page.text
    assert TITLE in page.text
