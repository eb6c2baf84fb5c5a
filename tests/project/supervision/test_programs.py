"""The processes of a server: none is left when it has stopped."""

import select
import subprocess
import sys

import pytest

from przystan.project.cluster import processes
from przystan.project.supervision import programs
from przystan.project.supervision.parts import Pages

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


# Ready when it says so, so that no signal comes before it is deaf.
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


@pytest.mark.parametrize(
    ("command", "orphaned"),
    [(["sh", "-c", "echo; exec sleep 60"], "SIGTERM"), ([sys.executable, "-c", DEAF], Pages.orphaned.name)],
    ids=["a program", "a web server that does not end when asked"],
)
def test_a_child_ends_with_its_parent(command: list[str], orphaned: str) -> None:
    """Whoever supervises may be killed without a chance to end anything."""
    code = (
        "import os, signal, sys; from przystan.project.supervision import programs;"
        "ours, theirs = os.pipe(); kept = os.dup(1); os.dup2(theirs, 1);"
        f"child = programs.spawn({command!r}, orphaned=signal.{orphaned}).pid; os.read(ours, 1);"
        "os.write(kept, str(child).encode()); os.kill(os.getpid(), signal.SIGKILL)"
    )
    parent = subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.PIPE, text=True)
    assert parent.returncode == -9
    assert processes.wait_until_gone(int(parent.stdout), patience=10)
