"""The centre's key file: on paper, replaced in the middle of kills, lost and found; `przystan keys` and `init`."""

import io
import os
import re
import subprocess
import sys
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from przystan.access import keyfiles
from przystan.access.keys import boxes, centre, data, files
from przystan.access.models import DataKey, KeyWrap
from przystan.access.sealing import Place, Unreadable, seal, unseal
from przystan.access.tiers import Tier
from przystan.project.cli import centre as command_line
from przystan.project.cli import keys, main
from przystan.project.cli.init import print_key
from przystan.project.settings_test import REPOSITORY
from przystan.project.trouble import Exit, Trouble
from tests import factories

KEYS, POINTS = 60, 20
PLACE = Place(1, "person000001", "people_channel", "row1", "shared_with", Tier.T2)


@pytest.fixture(autouse=True)
def opened(centre: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The commands work on the database and the key files of the test, as they would in a real centre."""
    settings.DEMO = False
    monkeypatch.setattr(command_line, "opened", lambda **_: nullcontext())
    monkeypatch.setattr(command_line, "require_migrated", lambda: None)
    DataKey.objects.all().delete()


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_key_is_safe_when_its_code_was_typed_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seal(PLACE, "her sister")
    assert main(["keys", "status"]) == Exit.FAILED
    assert "never typed back" in capsys.readouterr().out
    typed(monkeypatch, "something else", boxes.printed(boxes.new_key()), centre.code("1").lower().replace("-", " "))
    assert main(["keys", "confirm"]) == Exit.FINE
    said = capsys.readouterr().out
    assert said.count("This is not the same") == 2
    assert centre.code("1")[:19].replace("-", " ") in said
    assert main(["keys", "status"]) == Exit.FINE
    assert re.search(r"centre-1\.key: keys that it closes: 1, its code is kept since 20\d\d-", capsys.readouterr().out)


def test_a_code_is_typed_back_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    centre.newest()
    lines = keys.in_lines(centre.code("1"))
    typed(monkeypatch, lines[0].lower(), "wrong", *lines[1:])
    assert main(["keys", "confirm"]) == Exit.FINE
    assert capsys.readouterr().out.count("This is not the same") == 1
    assert files.on_paper("1")


def test_one_group_of_each_line_is_enough(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    centre.newest()
    lines = keys.in_lines(centre.code("1"))
    monkeypatch.setattr(keys.secrets, "randbelow", lambda groups: groups - 1)
    typed(monkeypatch, lines[0].split()[0], *(line.split()[-1].lower() for line in lines))
    assert main(["keys", "confirm"]) == Exit.FINE
    said = capsys.readouterr().out
    assert said.count("This is not the same") == 1  # the first group of a line is not the last one
    assert f"Line 2, group {len(lines[1].split())}:" in said
    assert files.on_paper("1")


def test_a_code_that_is_not_typed_back_stops_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    centre.newest()
    typed(monkeypatch, *["wrong"] * 9)
    assert main(["keys", "confirm"]) == Exit.FAILED
    typed(monkeypatch)
    assert main(["keys", "confirm"]) == Exit.FAILED
    assert not files.on_paper("1")


def test_scripts_keep_the_code_in_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "code"
    assert main(["keys", "confirm", "--code-file", str(kept)]) == Exit.FINE
    assert kept.stat().st_mode & 0o777 == 0o600
    assert boxes.from_print(kept.read_text()) == centre.key("1")
    assert main(["keys", "confirm", "--code-file", str(kept)]) == Exit.USAGE


def test_init_does_not_go_on_without_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "no")
    with pytest.raises(Trouble):
        print_key(Namespace(code_file=None))
    typed(monkeypatch, centre.code("1"))
    print_key(Namespace(code_file=None))
    assert files.on_paper("1")


def test_a_lost_file_comes_back_from_its_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blob, code = seal(PLACE, "her sister"), centre.code("1")
    (keyfiles.folder() / "centre-1.key").unlink()
    with pytest.raises(Unreadable):
        unseal(PLACE, blob)
    with pytest.raises(centre.CentreKeyMissing):  # a new one would hide the loss
        centre.newest()
    assert any("centre-1.key is missing. Keys that need it: 1." in fault for fault in files.faults())
    for wrong in ("nonsense", boxes.printed(boxes.new_key())):
        typed(monkeypatch, wrong)
        assert main(["keys", "recover", "1"]) == Exit.FAILED
    assert not centre.is_there("1")
    typed(monkeypatch, code)
    assert main(["keys", "recover", "1"]) == Exit.FINE
    assert unseal(PLACE, blob) == "her sister"
    assert main(["keys", "recover", "1"]) == Exit.USAGE
    assert list(files.faults()) == []
    assert "Move it away" in capsys.readouterr().err


def test_a_file_whose_code_is_on_paper_is_not_made_anew() -> None:
    """Nothing was closed with it yet, and the code on paper would open nothing of what comes."""
    centre.newest()
    files.note("1")
    (keyfiles.folder() / "centre-1.key").unlink()
    with pytest.raises(centre.CentreKeyMissing):
        centre.newest()
    assert any("centre-1.key is missing. Keys that need it: 0." in fault for fault in files.faults())


def test_a_retired_file_that_was_deleted_is_not_missed() -> None:
    centre.newest()
    files.note("1")
    centre.renew()
    files.note("2")
    (keyfiles.folder() / "centre-1.key").unlink()
    assert list(files.faults()) == []
    assert centre.newest() == "2"


def test_files_that_others_may_read_are_told() -> None:
    centre.newest()
    files.note("1")
    assert list(files.faults()) == []
    (keyfiles.folder() / "centre-1.key").chmod(0o640)
    keyfiles.folder().chmod(0o755)
    assert [fault.split("chmod ")[1].split()[0] for fault in files.faults()] == ["700", "600"]


def test_rotation_opens_all_and_puts_the_old_file_aside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blob = seal(PLACE, "her sister")
    old = centre.key("1")
    assert main(["keys", "rotate", "--code-file", str(tmp_path / "code")]) == Exit.FINE
    assert "closed anew with centre-2.key: 1" in capsys.readouterr().out
    assert files.used() == {"2": 1}
    assert centre.numbers() == [2]
    assert centre.key("1") == old  # for backups
    assert unseal(PLACE, blob) == "her sister"
    assert (keyfiles.folder() / "centre-2.key").read_bytes() != old
    assert not (keyfiles.folder() / "centre-1.key").exists()


def test_what_was_closed_while_the_file_changed_is_not_lost(tmp_path: Path) -> None:
    """A request began before the new file was there, and was committed after the old one was put aside."""
    blob = seal(PLACE, "her sister")
    late = KeyWrap.objects.get()
    closed, number = bytes(late.blob), late.centre_key
    main(["keys", "rotate", "--code-file", str(tmp_path / "code")])
    KeyWrap.objects.filter(pk=late.pk).update(blob=closed, centre_key=number)
    assert unseal(PLACE, blob) == "her sister"
    assert any("Keys still closed by an older file: 1." in fault for fault in files.faults())
    main(["keys", "rotate"])
    assert files.used() == {"2": 1}
    assert unseal(PLACE, blob) == "her sister"


ALONE = """
import sys, django
from contextlib import contextmanager
from przystan.project.cli import centre, main

@contextmanager
def opened(**_):
    django.setup()
    from django.db import connections
    connections.settings["default"]["NAME"] = sys.argv[1]
    yield

centre.opened = opened
sys.exit(main(["keys", "status"]))
"""


def test_the_command_starts_by_itself() -> None:
    """As a process of its own, in which nothing was imported before."""
    factories.organisation()
    seal(PLACE, "her sister")
    done = run("-c", ALONE, connection.settings_dict["NAME"])
    assert done.returncode == Exit.FINE, done.stderr  # the demo needs no paper
    assert "centre-1.key: keys that it closes: 1" in done.stdout


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """A Python process with the key files of the test."""
    environment = os.environ | {
        "PRZYSTAN_KEYS": str(keyfiles.folder()),
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)]),
    }
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_killed_at_twenty_points_it_goes_on() -> None:
    """Each kill is of a real process, before or after one statement more than the last."""
    keys = [data.make(f"person{number:06}", Tier.T2, 1) for number in range(KEYS)]
    secrets = [data.secret_of(key) for key in keys]
    name = connection.settings_dict["NAME"]
    connection.close()
    process = run("-m", "tests.access.killed_rotation", name, str(POINTS))
    assert process.stdout.split("\n")[:-1] == ["killed", str(KEYS)] * POINTS, process.stderr
    assert centre.waiting() > 0, "the last was killed in the middle"
    assert main(["keys", "rotate"]) == Exit.FINE
    assert [data.secret_of(key) for key in keys] == secrets
    assert KeyWrap.objects.count() == KEYS
    assert list(files.used()) == [centre.newest()]
    assert len(centre.numbers()) == 1
