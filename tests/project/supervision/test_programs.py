"""The processes of a server: none is left when it has stopped."""

import select
import subprocess
import sys

import pytest

from przystan.project.cluster import processes
from przystan.project.supervision import programs

# Ends at SIGTERM and forgets what it started, as a web server does that is stopped while it starts.
FORGETFUL = "sleep 60 & trap 'exit 0' TERM; echo started; wait"


def test_what_a_stopped_program_forgot_is_ended() -> None:
    program = subprocess.Popen(["sh", "-c", FORGETFUL], stdout=subprocess.PIPE, start_new_session=True)
    assert program.stdout
    assert program.stdout.readline() == b"started\n"
    programs.stop([program])
    with program.stdout as held:
        # The end of the output comes when nobody holds it any longer.
        assert select.select([held], [], [], 5)[0], "a child outlived the server"
        assert held.read() == b""


@pytest.mark.parametrize(
    ("code", "words"), [(0, "exit code 0"), (4, "exit code 4"), (-9, "killed by SIGKILL"), (-99, "killed by signal 99")]
)
def test_an_end_has_words(code: int, words: str) -> None:
    assert programs.how_it_ended(code) == words


def test_a_child_ends_with_its_parent() -> None:
    """Whoever supervises may be killed without a chance to end anything."""
    code = (
        "import os, signal; from przystan.project.supervision import programs;"
        "print(programs.spawn(['sleep', '60']).pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    parent = subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.PIPE, text=True)
    assert parent.returncode == -9
    assert processes.wait_until_gone(int(parent.stdout), patience=10)
