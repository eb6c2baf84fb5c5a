"""Which processes serve a data directory."""

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from .places import SOCKET_NAME, Places


def postmaster(data: Path) -> int | None:
    """Number of the server's main process, if it runs. A number that now belongs to another program is not it."""
    pid = noted(data)
    if pid is None or not alive(pid):
        return None
    return pid if not sys.platform.startswith("linux") or works_in(pid, data) else None


def noted(data: Path) -> int | None:
    """The number in postmaster.pid."""
    try:
        return abs(int((data / "postmaster.pid").read_text().split("\n", 1)[0]))
    except (OSError, ValueError):
        return None


def works_in(pid: int, data: Path) -> bool:
    """Whether the current folder of a process is this data directory."""
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", data)
    except OSError:
        return False


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be collected, by us or by another parent, does not."""
    try:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not ended(pid)


def ended(pid: int) -> bool:
    """Whether a process has ended and only its parent has not taken note yet."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] == "Z"


def wait_until_gone(pid: int, patience: float) -> bool:
    """Wait up to `patience` seconds for a process to end."""
    deadline = time.monotonic() + patience
    while alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def clear_stale_locks(places: Places, patience: float = 10.0) -> None:
    """Remove the notes of a server that was killed, in its data and beside its socket, once no process of it is left.

    PostgreSQL does so itself, unless the number was given to another program of the same user meanwhile (usual after
    a restart of the machine or a container; then it would never start again). Processes of the old server may outlive
    it: they are told to go, as it would have.
    """
    data = places.data
    if not sys.platform.startswith("linux") or postmaster(data) is not None:
        return
    deadline = time.monotonic() + patience
    while left := orphans(data):
        if time.monotonic() > deadline:
            return  # PostgreSQL will say what is wrong
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)  # PostgreSQL's "immediate": leave at once, what is saved is saved
        time.sleep(0.05)
    for note in (data / "postmaster.pid", places.sockets / SOCKET_NAME, places.sockets / f"{SOCKET_NAME}.lock"):
        note.unlink(missing_ok=True)


def orphans(data: Path) -> list[int]:
    """Processes of a PostgreSQL in this data directory."""
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid for pid in pids if works_in(pid, data) and is_postgres(pid)]


def is_postgres(pid: int) -> bool:
    """Whether a process runs PostgreSQL's program, and is no shell of somebody who looks around in the folder."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False
