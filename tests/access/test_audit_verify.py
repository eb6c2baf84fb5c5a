"""`przystan audit verify` on a real database, tampered with by its owner; anchors in a file and in the mail."""

import smtplib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings as settings_now
from django.core import mail
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from przystan.access import anchors, audit_keys, keyfiles, verifying
from przystan.access.chain import Head, link
from przystan.access.chain_check import Wrong
from przystan.access.models import AuditAnchor, AuditHead, User
from przystan.project.cli import audit as command
from przystan.team.actions import anchor_audit
from przystan.team.tasks import anchor, mail_anchor
from tests import factories

from .audited import Owner, intruder, rows, write

LENGTH = 30
ROUNDS = 40
COPY = "CREATE TABLE kept AS TABLE access_auditentry; CREATE TABLE kept_head AS TABLE access_audithead"
RESTORE = """
    DELETE FROM access_auditentry; INSERT INTO access_auditentry TABLE kept;
    DELETE FROM access_audithead; INSERT INTO access_audithead TABLE kept_head
"""
EDITS = {
    "at": "at + interval '1 microsecond'",
    "actor_id": "(SELECT min(id) FROM access_user)",
    "roles": "roles || 'x'",
    "organisation_id": "organisation_id + 1",
    "action": "'read'",
    "model": "upper(model)",
    "object_ref": "left(object_ref, -1)",
    "tier": "tier + 1",
    "fields": """'["full_name"]'""",
    "purpose": "'other'",
    "request": "'x'",
    "prev": "decode(md5(prev), 'hex')",
    "mac": "decode(md5(mac), 'hex')",
}

Deed = Callable[[Owner, int, Random], tuple[int, Wrong | None]]


def edit(found: Owner, seq: int, random: Random) -> tuple[int, Wrong | None]:
    column = random.choice(list(EDITS))
    found.execute(f"UPDATE access_auditentry SET {column} = {EDITS[column]} WHERE seq = {seq}")
    return seq, Wrong.EDITED


def delete(found: Owner, seq: int, random: Random) -> tuple[int, Wrong | None]:
    found.execute(f"DELETE FROM access_auditentry WHERE seq = {seq}")
    return seq, Wrong.MISSING


def swap(found: Owner, seq: int, random: Random) -> tuple[int, Wrong | None]:
    other = random.choice([one for one in range(1, LENGTH + 1) if one != seq])
    for old, new in ((seq, -1), (other, seq), (-1, other)):
        found.execute(f"UPDATE access_auditentry SET seq = {new} WHERE seq = {old}")
    return min(seq, other), None if LENGTH in (seq, other) else Wrong.SWAPPED


def insert(found: Owner, seq: int, random: Random) -> tuple[int, Wrong | None]:
    """A copy of some row at this place; the rows from there on move down, the head with them."""
    found.execute(f"UPDATE access_auditentry SET seq = -seq - 1 WHERE seq >= {seq}")
    found.execute("UPDATE access_auditentry SET seq = -seq WHERE seq < 0")
    columns = "at, actor_id, roles, organisation_id, action, model, object_ref, tier, purpose, request, key_id, prev"
    found.execute(
        f"INSERT INTO access_auditentry (seq, {columns}, fields, mac) SELECT {seq}, {columns}, '[\"x\"]', mac"
        " FROM access_auditentry ORDER BY md5(seq::text) LIMIT 1"
    )
    found.execute("UPDATE access_audithead SET seq = seq + 1")
    return seq, Wrong.INSERTED


@pytest.mark.parametrize("deed", [edit, delete, swap, insert])
def test_single_rows(centre: None, deed: Deed) -> None:
    factories.organisation()
    factories.user(factories.organisation())
    write(LENGTH)
    random = Random(deed.__name__)
    with intruder() as found:
        found.execute(COPY)
        for _ in range(ROUNDS):
            expected, wrong = deed(found, random.randint(1, LENGTH), random)
            report = verifying.verify()
            assert report.fault
            assert report.fault.seq == expected
            assert wrong in (None, report.fault.wrong)
            assert report.rows == expected - 1
            found.execute(RESTORE)
    assert verifying.verify().is_fine


def test_columns_that_nothing_can_read(centre: None) -> None:
    write(LENGTH)
    with intruder() as found:
        found.execute("UPDATE access_auditentry SET at = 'infinity' WHERE seq = 20")
        assert verifying.verify().fault == _fault(20, Wrong.UNREADABLE)
        found.execute("UPDATE access_auditentry SET action = 'x' WHERE seq = 7")
        assert verifying.verify().fault == _fault(7, Wrong.EDITED)


def _fault(seq: int, wrong: Wrong, other: str = "") -> Any:
    from przystan.access.chain_check import Fault

    return Fault(seq, wrong, other)


def rechain(found: Owner, start: int, secret: bytes) -> None:
    """Edit row `start`, close it and all that follow anew, and set the head."""
    table = rows()
    table[start - 1].action = "harmless"
    before = Head(start - 1, bytes(table[start - 2].mac)) if start > 1 else Head(0, b"")
    head = link(table[start - 1 :], before, "1", secret)
    for row in table[start - 1 :]:
        found.execute(
            "UPDATE access_auditentry SET action = %s, prev = %s, mac = %s WHERE seq = %s",
            [row.action, row.prev, row.mac, row.seq],
        )
    found.execute("UPDATE access_audithead SET mac = %s", [head.mac])


@pytest.mark.parametrize("start", [1, 17])
def test_chained_anew(centre: None, start: int) -> None:
    """Without the key it is seen at once; with a stolen one, by the anchor."""
    write(LENGTH)
    anchors.write_down()
    with intruder() as found:
        rechain(found, start, b"guessed" * 5)
        assert verifying.verify().fault == _fault(start, Wrong.RECHAINED)
        rechain(found, start, keyfiles.made("audit-1.key"))
        fault = verifying.verify().fault
        assert fault
        assert (fault.seq, fault.wrong) == (LENGTH, Wrong.ANCHOR)


def test_a_cut_tail(centre: None, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    write(20)
    first = anchors.write_down()
    write(10)
    anchors.write_down()
    assert first
    with intruder() as found:
        found.execute("DELETE FROM access_auditentry WHERE seq > 25")
        assert verifying.verify().fault == _fault(26, Wrong.MISSING)
        found.execute("UPDATE access_audithead SET (seq, mac) = (SELECT 25, mac FROM access_auditentry WHERE seq = 25)")
        fault = verifying.verify().fault
        assert fault
        assert (fault.seq, fault.wrong) == (26, Wrong.CUT)
        # The newest line of the file is gone, too: the database still knows of it, and so do the mails.
        settings.AUDIT_ANCHORS.write_text(f"{first}\n")
        report = verifying.verify()
        assert report.fault is None
        assert report.anchor_lost
        found.execute("DELETE FROM access_auditanchor WHERE seq = 30")
        assert verifying.verify().is_fine, "nothing in reach of the intruder tells any more"


def test_lines_of_mails_tell_more_than_the_file(centre: None, settings: Any, tmp_path: Path) -> None:
    write(5)
    line = anchors.write_down()
    with intruder() as found:
        found.execute("DELETE FROM access_auditentry; UPDATE access_audithead SET seq = 0, mac = ''")
        settings.AUDIT_ANCHORS.unlink()
        (tmp_path / "mails").write_text(f"\n{line}\r\n")
        fault = verifying.verify(tmp_path / "mails").fault
    assert fault
    assert (fault.seq, fault.wrong) == (1, Wrong.CUT)


# Anchors


def test_a_line_of_anchors(centre: None, settings: Any) -> None:
    assert anchors.write_down() is None
    write(3)
    lines = [anchors.write_down(), anchors.write_down()]
    assert settings.AUDIT_ANCHORS.read_text().splitlines() == lines
    assert settings.AUDIT_ANCHORS.stat().st_mode & 0o777 == 0o600
    assert [(row.seq, row.where) for row in AuditAnchor.objects.all()] == [(3, "file"), (3, "file")]
    found = anchors.read_file(settings.AUDIT_ANCHORS, audit_keys.all_keys())
    assert [one.seq for one in found.genuine] == [3, 3]
    assert found.by_seq()[3][0] == bytes(AuditHead.objects.get().mac)


def test_every_edit_of_a_line_is_seen(centre: None) -> None:
    write(3)
    line = anchors.write_down()
    assert line
    secrets = audit_keys.all_keys()
    for at in range(len(line)):
        edited = line[:at] + ("0" if line[at] != "0" else "1") + line[at + 1 :]
        assert anchors.anchors_in([edited], secrets) == anchors.Anchors([], [1])
    assert anchors.anchors_in(["", line, "hello", line[:-1]], secrets).bad_lines == [3, 4]


def test_a_torn_line_spoils_no_other(centre: None, settings: Any) -> None:
    write(3)
    settings.AUDIT_ANCHORS.write_text("2026-11-2")
    anchors.write_down()
    report = verifying.verify()
    assert (report.fault, report.anchors.bad_lines, len(report.anchors.genuine)) == (None, [1], 1)
    assert not report.is_fine


@pytest.fixture
def officer(centre: None, settings: Any) -> User:
    """Who may read the log and has an address; a mail server is named."""
    settings.EMAIL_HOST = "mail.example.org"
    found = factories.user(factories.organisation(), "data_protection_officer")
    found.email = "dpo@example.org"
    found.save()
    return found


def queued() -> list[dict[str, Any]]:
    """Arguments of the mails with the last line that wait."""
    (*_before, line) = Path(settings_now.AUDIT_ANCHORS).read_text().splitlines()
    jobs = ProcrastinateJob.objects.filter(task_name="team.mail_anchor", args__line=line).order_by("id")
    return list(jobs.values_list("args", flat=True))


def test_those_who_watch_get_the_line(officer: User, settings: Any) -> None:
    organisation = officer.memberships.get().organisation
    adviser = factories.user(organisation, "adviser")
    adviser.email = "a@example.org"
    adviser.save()
    factories.user(organisation, "data_protection_officer")  # has no address
    gone = factories.user(organisation, "data_protection_officer")
    gone.email, gone.is_active = "gone@example.org", False
    gone.save()
    write(2)
    anchor(0)
    assert mail.outbox == [], "nobody waits for the mail server: each mail is a job"
    (job,) = queued()
    mail_anchor(**job)
    (sent,) = mail.outbox
    assert sent.to == ["dpo@example.org"]
    assert sent.body.splitlines()[-1] == settings.AUDIT_ANCHORS.read_text().strip()
    assert not any(word in (sent.subject + sent.body).lower() for word in ("audit", "centre", "przysta", "migra"))
    assert [row.where for row in AuditAnchor.objects.order_by("id")] == ["file", "mail"]


def test_who_watches_no_more_gets_no_mail_that_waited(officer: User) -> None:
    write(2)
    line, on_their_way = anchor_audit()
    assert (queued(), on_their_way) == ([{"line": line, "reader": officer.pk}], 1)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    mail_anchor(**queued()[0])
    assert mail.outbox == []


@pytest.mark.parametrize("error", [ConnectionRefusedError(), smtplib.SMTPRecipientsRefused({})])
def test_mail_that_fails_is_a_job_that_failed(officer: User, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    write(2)
    anchor(0)

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(anchors, "send_mail", refuse)
    with pytest.raises(type(error)):
        mail_anchor(**queued()[0])
    assert [row.where for row in AuditAnchor.objects.all()] == ["file"]


def test_mails_that_wait_outlive_a_setting_that_is_forgotten(officer: User, settings: Any) -> None:
    write(2)
    anchor(0)
    settings.EMAIL_HOST = ""
    with pytest.raises(ConnectionError):
        mail_anchor(**queued()[0])


def test_no_mail_is_set_up(centre: None) -> None:
    write(2)
    anchor(0)
    assert mail.outbox == []


# The command


def said(report: verifying.Report) -> str:
    return "\n".join(command.sentences(report))


def test_what_the_command_says(centre: None) -> None:
    write(3)
    assert said(verifying.verify()).startswith("The audit log is sound, rows: 3.\nThere is no anchor")
    anchors.write_down()
    assert "The last anchor is of 20" in said(verifying.verify())
    with intruder() as found:
        found.execute("UPDATE access_auditentry SET action = 'x' WHERE seq = 2")
    assert said(verifying.verify()).startswith(
        "Row 2 was edited, or was written without the key.\nBefore that, sound rows: 1."
    )


def test_a_new_key(centre: None) -> None:
    write(2)
    assert audit_keys.renew() == "2"
    write(2)
    assert [row.key_id for row in rows()] == ["1", "1", "2", "2"]
    assert verifying.verify().is_fine
    (keyfiles.folder() / "audit-2.key").unlink()
    assert verifying.verify().fault == _fault(3, Wrong.NO_KEY, "2")


def test_rows_are_streamed(centre: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few at a time, by a cursor of the server."""
    monkeypatch.setattr(verifying, "CHUNK", 10)
    write(35)
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert verifying.verify().is_fine
    assert len(statements) < 8
