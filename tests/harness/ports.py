"""Ports for servers that tests start side by side."""

import fcntl
import os
import tempfile
from pathlib import Path

from przystan.project.supervision import ports

HOST = "127.0.0.1"
FIRST, LAST = 8600, 9599  # below those that the kernel gives out by itself


def reserved() -> int:
    """A free port that no other test gets until this process ends, though nobody listens there for seconds to come."""
    folder = Path(tempfile.gettempdir()) / "przystan-ports"
    folder.mkdir(exist_ok=True)
    for port in range(FIRST, LAST + 1):
        if lock(folder / str(port)) and ports.is_free(HOST, port):
            return port
    raise AssertionError(f"no port is free from {FIRST} to {LAST}")


def lock(path: Path) -> bool:
    """Whether the file is ours from now on: the kernel lets go of it when this process ends."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return False
    return True
