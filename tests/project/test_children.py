"""The processes of a server: none is left when it has stopped."""

import select
import subprocess

from przystan.project.cli import children

# Ends at SIGTERM and forgets what it started, as a web server does that is stopped while it starts.
FORGETFUL = "sleep 60 & trap 'exit 0' TERM; echo started; wait"


def test_what_a_stopped_program_forgot_is_ended() -> None:
    program = subprocess.Popen(["sh", "-c", FORGETFUL], stdout=subprocess.PIPE, start_new_session=True)
    assert program.stdout
    assert program.stdout.readline() == b"started\n"
    children.stop({"web server": program})
    with program.stdout as held:
        # The end of the output comes when nobody holds it any longer.
        assert select.select([held], [], [], 5)[0], "a child outlived the server"
        assert held.read() == b""
