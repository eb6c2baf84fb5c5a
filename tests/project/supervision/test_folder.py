"""One `serve` for one data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from przystan.project.supervision import folder
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
