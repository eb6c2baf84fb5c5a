"""docs/operator/running.md, followed line by line: its blocks that begin with `sh run`, in order, in one shell."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench import restore as drill
from tests.harness import database, ports

from przystan.project.settings_test import REPOSITORY

pytestmark = pytest.mark.drill

GUIDE = REPOSITORY / "docs" / "operator" / "running.md"
BLOCK = re.compile(r"^```sh run\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Folders that the guide names, which are the operator's to have.
MEDIA = ("srv", "mnt/safe", "mnt/keys", "mnt/backup")


def script(home: Path) -> str:
    """What an operator types, with the guide's folders below `home`."""
    blocks = BLOCK.findall(GUIDE.read_text())
    text = "\n".join(["set -euo pipefail", *blocks])
    return re.sub(r"(?<![\w.])/(srv|mnt)/", rf"{home}/\1/", text)


def followed(home: Path) -> str:
    """Everything that was said."""
    for folder in MEDIA:
        (home / folder).mkdir(parents=True)
    (home / ".venv").mkdir()
    (home / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(drill.OURS)}
    run = subprocess.run(
        ["bash", "-x", "-c", script(home)], cwd=home, env=kept | {"LC_ALL": "C.UTF-8"}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guide")


@pytest.mark.skipif(not database.EMBEDDED, reason="the same centre in both runs")
def test_the_guide_is_true(home: Path) -> None:
    said = followed(home)
    assert said.count("All is well.") == 3, said  # check here, check and keys there
    assert "Fundacja Przykład" in said
    assert "all as they were" in said
    assert len(list((home / "mnt" / "backup").iterdir())) == 2
    assert {path.name for path in home.iterdir()} == {"srv", "mnt", ".venv"}, "something lies in the current folder"
    # And it serves: a real centre, which wants https, answers on this machine.
    place = drill.Place(home / "srv" / "elsewhere", {"PRZYSTAN_DEMO": "0"})
    with drill.served(place, ports.reserved()) as url:
        assert 'name="password"' in drill.Browser(url).get("/account/login/")


def test_everything_from_init_to_restore_is_run() -> None:
    text = "\n".join(BLOCK.findall(GUIDE.read_text()))
    for command in ("init", "user add", "backup --keys", "backup /", "--every", "restore", "audit verify", "check"):
        assert f"przystan {command}" in text or f" {command} " in text, command
