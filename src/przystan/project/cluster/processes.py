"""Which processes serve a data directory."""

import os
import sys
import time
from pathlib import Path


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


def clear_stale_lock(data: Path, patience: float = 10.0) -> None:
    """Remove the note of a server that was killed, once no process of it is left.

    PostgreSQL does so itself, unless the number was given to another program of the same user meanwhile (usual
    after a container restarts). Processes of the old server may outlive it for a moment: they are waited for.
    """
    if not sys.platform.startswith("linux") or noted(data) is None:
        return
    deadline = time.monotonic() + patience
    while any(works_in(int(entry.name), data) for entry in Path("/proc").iterdir() if entry.name.isdigit()):
        if time.monotonic() > deadline:
            return  # PostgreSQL will say what is wrong
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)
