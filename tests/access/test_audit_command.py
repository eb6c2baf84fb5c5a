"""`przystan audit`: exit codes for cron, sentences for people."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from przystan.access import keyfiles, scope, verifying
from przystan.access.actors import system
from przystan.project.cli import centre as command_line
from przystan.project.cli import main
from przystan.project.trouble import Exit

from .audited import intruder, owner, write


@pytest.fixture(autouse=True)
def opened(centre: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works on the database of the test."""
    monkeypatch.setattr(command_line, "opened", nullcontext)
    monkeypatch.setattr(command_line, "require_migrated", lambda: None)


def test_sound(capsys: pytest.CaptureFixture[str]) -> None:
    write(3)
    assert main(["audit", "verify"]) == Exit.FINE
    assert "The audit log is sound, rows: 3." in capsys.readouterr().out
    assert main(["audit", "verify", "--quiet"]) == Exit.FINE
    assert capsys.readouterr().out == ""


def test_tampered(capsys: pytest.CaptureFixture[str]) -> None:
    write(3)
    with intruder() as found:
        found.execute("DELETE FROM access_auditentry WHERE seq = 2")
    assert main(["audit", "verify", "--quiet"]) == Exit.FAILED
    assert capsys.readouterr().out.startswith("Row 2 is missing.")


def test_a_log_that_is_not_shown_as_a_whole_is_no_tampered_one(capsys: pytest.CaptureFixture[str]) -> None:
    write(3)
    with owner() as found:
        found.execute(f"REVOKE SELECT ON access_audithead FROM {connection.settings_dict['USER']}")
    try:
        assert main(["audit", "verify"]) == Exit.DATABASE
    finally:
        with owner() as found:
            found.execute(f"GRANT SELECT ON access_audithead TO {connection.settings_dict['USER']}")
    said = capsys.readouterr()
    assert "cannot be read here as a whole" in said.err
    assert "missing" not in said.out


def test_who_sees_only_some_rows_says_nothing_of_the_log() -> None:
    write(3)
    with scope.acting(system(7, "tests")), pytest.raises(verifying.LogUnreadable):
        verifying.verify()


def test_an_empty_log_is_said_to_be_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == Exit.FINE
    assert "The audit log is empty." in capsys.readouterr().out


def test_an_anchor(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    assert main(["audit", "anchor"]) == Exit.FINE
    assert "The audit log is empty." in capsys.readouterr().out
    write(3)
    assert main(["audit", "anchor"]) == Exit.FINE
    assert capsys.readouterr().out.startswith(settings.AUDIT_ANCHORS.read_text())
    assert main(["audit", "verify"]) == Exit.FINE
    assert ", row 3." in capsys.readouterr().out
    settings.AUDIT_ANCHORS.write_text("something else\n")
    assert main(["audit", "verify"]) == Exit.FAILED
    assert "Line 1 of the anchors is not genuine." in capsys.readouterr().out


def test_files_that_cannot_be_used(capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path) -> None:
    write(3)
    assert main(["audit", "verify", "--anchors", str(tmp_path / "none")]) == Exit.USAGE
    settings.AUDIT_ANCHORS = tmp_path
    assert main(["audit", "anchor"]) == Exit.FOLDER
    assert main(["audit", "verify"]) == Exit.FOLDER
    assert "Cannot" in capsys.readouterr().err


def test_the_key_is_gone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == Exit.FINE
    write(3)
    (keyfiles.folder() / "audit-1.key").unlink()
    for action in ("verify", "anchor"):
        assert main(["audit", action]) == Exit.SETTINGS
    assert "There is no key of the audit log" in capsys.readouterr().err


def test_a_new_key(capsys: pytest.CaptureFixture[str]) -> None:
    write(1)
    assert main(["audit", "new-key"]) == Exit.FINE
    assert "Key 2 is in" in capsys.readouterr().out
    write(1)
    assert main(["audit", "verify"]) == Exit.FINE
