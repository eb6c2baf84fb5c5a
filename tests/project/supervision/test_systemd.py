"""The unit for systemd: systemd itself finds no fault in it, and it is told when the pages are there."""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from przystan.project.cluster import PACKAGE
from przystan.project.supervision.notify import tell_systemd
from przystan.project.trouble import Exit

UNIT = PACKAGE.parents[1] / "deploy" / "przystan.service"
PROGRAM = "/opt/przystan/.venv/bin/przystan"
MOST_EXPOSED = 1.5  # of 10, as systemd counts
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a program that exists here."""
    text = UNIT.read_text()
    assert PROGRAM in text
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace(PROGRAM, sys.executable))
    return copy


def analyse(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], check=False, capture_output=True, text=True)


@needs_systemd
def test_systemd_finds_no_fault(unit: Path) -> None:
    found = analyse("verify", str(unit))
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


@needs_systemd
def test_it_is_shut_in(unit: Path) -> None:
    found = analyse("security", "--offline=yes", str(unit))
    level = re.search(r"exposure level for przystan.service: ([\d.]+)", found.stdout)
    assert level, found.stderr
    assert float(level[1]) <= MOST_EXPOSED


def test_what_a_person_must_mend_is_not_tried_for_ever() -> None:
    stops = re.search(r"^RestartPreventExitStatus=(.*)$", UNIT.read_text(), re.MULTILINE)
    assert stops
    assert {int(code) for code in stops[1].split()} == {Exit.USAGE, Exit.SETTINGS, Exit.UNSAFE}


@pytest.mark.parametrize("abstract", [False, True])
def test_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, abstract: bool) -> None:
    name = f"@przystan-{tmp_path.name}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listens:
        listens.bind(f"\0{name[1:]}" if abstract else name)
        listens.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", name)
        tell_systemd("READY=1")
        assert listens.recv(100) == b"READY=1"


def test_without_systemd_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    tell_systemd("READY=1")
