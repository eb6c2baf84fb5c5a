"""One `serve` for one data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from przystan.project.cli import centre
from przystan.project.supervision import folder, ports, programs
from przystan.project.trouble import Exit, Trouble

HOLD = (
    "import sys; from pathlib import Path; from przystan.project.supervision import folder\n"
    "with folder.held(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


def test_a_second_one_is_refused_until_the_first_is_gone_even_by_a_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        assert first.stdout.readline() == "held\n"
        with pytest.raises(Trouble, match=r"is served from .* already") as refused, folder.held(tmp_path):
            pass
        assert refused.value.code == Exit.FOLDER
        first.kill()
        first.wait(10)
    with folder.held(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_has_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as refused, folder.held(tmp_path / "missing"):
        pass
    assert refused.value.code == Exit.FOLDER


@pytest.mark.parametrize(("left", "patience"), [([], centre.PORT_PATIENCE), (["parts.json"], programs.PATIENCE)])
def test_programs_of_one_that_was_killed_have_time_to_let_go_of_the_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: list[str], patience: float
) -> None:
    """They end their requests first, for which they have as long as when they are asked to stop in order."""
    asked: list[float] = []

    def refused(host: str, port: int, *, patience: float) -> None:
        asked.append(patience)
        raise Trouble("taken", Exit.PORT)

    monkeypatch.setenv("PRZYSTAN_DATA", str(tmp_path))
    monkeypatch.setattr(ports, "require_free", refused)
    monkeypatch.setattr(centre, "prepare", lambda place, founding: None)
    for name in left:
        (tmp_path / name).touch()
    with pytest.raises(Trouble, match="taken"), centre.served("127.0.0.1", 8000):
        pass
    assert asked[0] >= patience
    assert bool(left) is (asked[0] > centre.PORT_PATIENCE)
