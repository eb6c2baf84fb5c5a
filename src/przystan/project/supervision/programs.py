"""The programs that a centre runs beside its database, each in a session of its own."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from przystan.project import logs

PATIENCE = 20.0  # seconds for finishing requests and jobs
CONNECTIONS = 8192  # of each process of the web server
HEAD = 10  # seconds for the head of a request, and for the next one on the same connection
LINES = Path(__file__).with_name("granian.json")  # its log as lines of JSON, like ours
PR_SET_PDEATHSIG = 1


def granian(host: str, port: int, *, workers: int) -> list[str]:
    """The command that serves the pages; it logs as PRZYSTAN_LOGS says."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "asginl", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--http", "1", "--no-ws", "--log-level", "warning", "--respawn-failed-workers"),
        # Connections are cheap and may be idle; who waits for a thread is the application's to say (project.serving).
        *("--backlog", "1024", "--backpressure", str(CONNECTIONS), "--http1-header-read-timeout", str(HEAD * 1000)),
        *(("--log-config", str(LINES)) if os.environ.get(logs.VARIABLE) == logs.JSON else ()),
        "przystan.project.asgi:application",
    ]


def jobs() -> list[str]:
    """The command that works on the queue."""
    return [sys.executable, "-m", "przystan.project.cli", "worker"]


def die_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to end this process when its parent is killed (Linux; elsewhere it may be left over)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)


def spawn(
    command: list[str], variables: dict[str, str] | None = None, *, orphaned: signal.Signals = signal.SIGTERM
) -> subprocess.Popen[bytes]:
    """Start a program, which Ctrl-C does not reach: we stop ours in order. `orphaned`: what it gets if we die."""
    return subprocess.Popen(  # noqa: S603
        command,
        start_new_session=True,
        preexec_fn=partial(die_with_parent, orphaned),
        env=os.environ | (variables or {}),
    )


def stop(running: Iterable[subprocess.Popen[bytes]]) -> None:
    """Ask all to finish, wait, and end those that do not."""
    running = list(running)
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        end_group(process.pid)


def end_group(leader: int) -> None:
    """End what a program left behind: a web server that was killed, or stopped while it started, forgets its own."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def how_it_ended(code: int) -> str:
    """An exit code of subprocess in words, such as "killed by SIGKILL"."""
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"
