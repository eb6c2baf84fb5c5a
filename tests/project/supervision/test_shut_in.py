"""The unit for systemd once more: what it shuts in serves, says so, reads files apart, and ends in order."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.harness import ports, shut_in
from tests.harness.centre import ANSWERS, PATIENCE, PROGRAM, environment

from przystan.project import cluster
from przystan.project.cluster import PACKAGE

UNIT = PACKAGE.parents[1] / "deploy" / "przystan.service"
USER = str(pwd.getpwnam("nobody").pw_uid)  # initdb wants a name; not the user that the embedded server takes under root
ROWS = "Imię;Nazwisko\nОлена;Коваленко\n"
reason = "needs root, systemd-analyze and libseccomp"
able = os.geteuid() == 0 and shutil.which("systemd-analyze") and Path(sys.executable).exists()
pytestmark = [pytest.mark.drill, pytest.mark.skipif(not able, reason=reason)]


@dataclass
class Shut:
    """A centre in a folder of the unit's user; `said`: what it told systemd."""

    folder: Path
    said: socket.socket

    def run(self, *words: str) -> subprocess.Popen[str]:
        """A command of the centre, shut in."""
        shut = ["unshare", "--mount", sys.executable, shut_in.__file__, str(UNIT), str(self.folder), USER]
        more = {"PRZYSTAN_DATA": str(self.folder / "centre"), "HOME": str(self.folder)}
        command = [*shut, *PROGRAM, *words]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        told = {"NOTIFY_SOCKET": self.said.getsockname()} if words[0] == "serve" else {}
        return subprocess.Popen(command, env=environment(**more, **told), **pipes)

    def done(self, *words: str) -> str:
        """A command to its end; fails unless that is 0."""
        process = self.run(*words)
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
        return said

    def told(self, process: subprocess.Popen[str]) -> bytes:
        """What it tells systemd next."""
        while True:
            with suppress(TimeoutError):
                return self.said.recv(100)
            assert process.poll() is None, process.communicate()[0]


@pytest.fixture(scope="module")
def centre() -> Iterator[Shut]:
    folder = Path(tempfile.mkdtemp(prefix="shut-in-"))
    shutil.chown(folder, int(USER), int(USER))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as said:
        said.bind(str(folder / "notify"))
        (folder / "notify").chmod(0o666)
        said.settimeout(1)
        shut = Shut(folder, said)
        shut.done("init", *ANSWERS, "--code-file", str(folder / "code"))
        yield shut
    cluster.stop(folder / "centre")
    shutil.rmtree(folder)


@contextmanager
def served(centre: Shut) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = ports.reserved()
    process = centre.run("serve", "--port", str(port), "--workers", "1")
    try:
        yield process, port
    finally:
        process.kill()
        process.communicate()


def test_it_serves_says_so_and_ends_in_order(centre: Shut) -> None:
    with served(centre) as (process, port):
        assert centre.told(process) == b"READY=1", "as Type=notify waits for"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=30) as answer:
            assert b'name="password"' in answer.read()
        process.send_signal(signal.SIGTERM)
        assert centre.told(process) == b"STOPPING=1"
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert cluster.status(centre.folder / "centre") is cluster.Status.DOWN


def test_files_are_read_apart_within(centre: Shut) -> None:
    (centre.folder / "old.csv").write_text(ROWS)
    said = centre.done("import", str(centre.folder / "old.csv"), "--kind", "people", "--as", "anna")
    assert "Imię -> given" in said, said


def test_what_it_leaves_out_is_refused(centre: Shut) -> None:
    """Else the two above would prove nothing."""
    left = shut_in.allowed(UNIT)
    assert {"openat", "execve", "memfd_create", "setpriority"} <= left
    assert not {"mount", "ptrace", "reboot", "setuid", "bpf"} & left


def test_every_place_and_option_of_the_unit_is_there() -> None:
    text = UNIT.read_text()
    guide = (PACKAGE.parents[1] / "docs" / "operator" / "running.md").read_text()
    (command,) = shut_in.values(UNIT, "ExecStart")
    program, *words = command.split()
    assert words[0] in subprocess.run([*PROGRAM, "--help"], check=True, capture_output=True, text=True).stdout
    places = {program.removesuffix("/.venv/bin/przystan"), "/var/lib/przystan", "/etc/przystan/environment"}
    assert all(place in guide for place in places)
    (user,) = shut_in.values(UNIT, "User")
    assert re.search(rf"^useradd .* {user}$", guide, re.MULTILINE)
    assert "WatchdogSec" not in text, "nothing tells systemd that we live, as a watchdog would want"
