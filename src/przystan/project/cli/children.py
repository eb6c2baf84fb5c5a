"""The processes that a server is made of, started and stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from przystan.project.trouble import Exit, Trouble

PATIENCE = 20.0  # seconds for finishing requests and jobs
LAST_PORT_TRIED = 100
CONNECTIONS = 8192  # of each process of the web server
HEAD = 10  # seconds for the head of a request, and for the next one on the same connection
PR_SET_PDEATHSIG = 1
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def require_free(host: str, port: int) -> None:
    """Raise Trouble unless the port is free."""
    if not is_free(host, port):
        raise Trouble(
            f"Port {port} on {host} is taken or not allowed. Choose another one, for example --port {port + 1}.",
            Exit.PORT,
        )


def next_free(host: str, port: int) -> int:
    """This port, or the next free one."""
    for candidate in range(port, min(port + LAST_PORT_TRIED, 65536)):
        if is_free(host, candidate):
            return candidate
    raise Trouble(f"No free port from {port} on. Choose one with --port.", Exit.PORT)


def granian(host: str, port: int, *, workers: int) -> list[str]:
    """The command that serves the pages."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "asginl", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--http", "1", "--no-ws", "--log-level", "warning", "--respawn-failed-workers"),
        # Connections are cheap and may be idle; who waits for a thread is the application's to say (project.serving).
        *("--backlog", "1024", "--backpressure", str(CONNECTIONS), "--http1-header-read-timeout", str(HEAD * 1000)),
        "przystan.project.asgi:application",
    ]


def jobs() -> list[str]:
    """The command that works on the queue."""
    return [sys.executable, "-m", "przystan.project.cli", "worker"]


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent is killed (Linux; elsewhere it may be left over)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Stopped(Exception):
    """Somebody asked us to stop."""


def raise_stopped(number: int, frame: FrameType | None) -> None:
    """End the work once; an impatient second Ctrl-C must not leave half of it running."""
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C, a closed terminal or `kill` ends the block quietly."""
    before = [signal.signal(number, raise_stopped) for number in STOPPING]
    try:
        yield
    except Stopped:
        pass
    finally:
        for number, handler in zip(STOPPING, before, strict=True):
            signal.signal(number, handler)


def run(commands: dict[str, list[str]], *, url: str, ready: Callable[[], None]) -> None:
    """Run programs until one ends or somebody stops us; call `ready` once the address answers."""
    # Each in a session of its own: Ctrl-C reaches only us, and we stop them in order.
    running = {
        name: subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent)  # noqa: S603
        for name, command in commands.items()
    }
    try:
        wait_for(url, running)
        ready()
        while True:
            watch(running)
            time.sleep(0.3)
    finally:
        stop(running)


def watch(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Raise Trouble when a program has ended by itself."""
    for name, process in running.items():
        if (code := process.poll()) is not None:
            raise Trouble(f"The {name} stopped by itself (exit code {code}). The lines above say why.", Exit.FAILED)


def wait_for(url: str, running: dict[str, subprocess.Popen[bytes]], patience: float = 60.0) -> None:
    """Wait until the server answers, whatever it answers."""
    deadline = time.monotonic() + patience
    while True:
        watch(running)
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > deadline:
                raise Trouble(f"The server did not answer at {url} within {patience:.0f} seconds.") from None
            time.sleep(0.1)


def stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask all to finish, wait, and end those that do not."""
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        end_group(process.pid)


def end_group(leader: int) -> None:
    """End what a program left behind: a web server stopped while it starts forgets its own workers."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
