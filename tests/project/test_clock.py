"""The clock of a machine jumps (a step of network time, a dead battery): nothing is lost or twice, and `check` says so.

Each command is a process whose clock, and that of the database which it starts, is moved by Debian's libfaketime.
"""

import subprocess
from pathlib import Path

import pytest
from tests.harness import centre

from przystan.project.trouble import Exit

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
pytestmark = pytest.mark.skipif(LIBRARY is None, reason="apt-get install faketime")
SET_BACK = "Has it been set back?"


def at(shift: str) -> dict[str, str]:
    """Variables of a process that takes another time for now, such as "-1d"."""
    return {"LD_PRELOAD": str(LIBRARY), "FAKETIME": shift}


def adds(data: Path, login: str, **more: str) -> None:
    centre.run("user", "add", login, "--name", "Ewa", "--role", "reception", data=data, **more)


def checked(data: Path, **more: str) -> str:
    """What `check` says about an empty centre, which has no backup yet."""
    return centre.run("check", "--quiet", data=data, code=Exit.FAILED, **more)


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre whose clock went a day forth, then an hour and a day back, while accounts were made."""
    data = centre.made(tmp_path_factory.mktemp("clock") / "centre")
    for login, shift in (("forth", "+1d"), ("hour", "-1h"), ("back", "-1d")):
        adds(data, login, **at(shift))
    return data


def test_the_log_is_sound_whatever_the_clock_said(moved: Path) -> None:
    for more in ({}, at("-1d"), at("+1d")):
        assert "The audit log is sound" in centre.run("audit", "verify", data=moved, **more)


def test_check_says_that_the_clock_was_set_back(moved: Path) -> None:
    """Also when something was written since: now it is right, but of tomorrow something is written down already."""
    assert SET_BACK in checked(moved)
    assert SET_BACK in checked(moved, **at("-1h"))
    assert SET_BACK not in checked(moved, **at("+2d"))


def test_each_account_is_there_once(moved: Path) -> None:
    for login in ("forth", "hour", "back"):
        command = [*centre.PROGRAM, "user", "add", login, "--name", "Ewa", "--role", "reception", "--data", str(moved)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=centre.environment())
        assert done.returncode != Exit.FINE
        assert "This user name is taken" in done.stdout + done.stderr
