"""Who takes an answer slowly: for so long, and all together so many bytes."""

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

from .bounds import KB, MB

TAKING = 20  # seconds in which somebody must take something of an answer
SLOWEST = 4 * KB  # bytes a second, as over the worst mobile network: who takes less is cut off
WHOLE = 300  # seconds for all of an answer, however large
ON_THE_WAY = 128 * MB  # of all answers of one process that wait to be taken, in memory or in files without a name


def seconds(size: int) -> float:
    """How long an answer of so many bytes may take to be taken."""
    return min(WHOLE, TAKING + size / SLOWEST)


class TooMany(Exception):
    """Others take so much, so slowly, that there is no room for this answer."""


class Waiting:
    """Bytes of the answers that are being sent. For one event loop."""

    def __init__(self, most: int = ON_THE_WAY) -> None:
        self.bytes, self.most = 0, most

    @contextmanager
    def answer(self, size: int) -> Iterator[None]:
        """While it is sent. Raises TooMany; one alone is never too much."""
        if self.bytes and self.bytes + size > self.most:
            raise TooMany
        self.bytes += size
        try:
            yield
        finally:
            self.bytes -= size


@cache
def cut_off() -> int:
    """From now on the kernel ends connections whose other side takes nothing for TAKING seconds.

    The web server has no such limit; connections inherit the socket's on which they came (Linux: TCP_USER_TIMEOUT,
    tcp(7)). Done with the first request, as the server listens only after it has loaded us. Returns how many sockets
    were told.
    """
    return sum(limited(descriptor) for descriptor in descriptors()) if hasattr(socket, "TCP_USER_TIMEOUT") else 0


def descriptors() -> list[int]:
    """All that this process has open (Linux)."""
    return [int(name) for name in os.listdir("/proc/self/fd")]


def limited(descriptor: int, seconds: float = TAKING) -> bool:
    """Set the limit on a descriptor, if it is a socket on which we listen."""
    with suppress(OSError):  # closed meanwhile
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):  # of anything else `socket` would leave the copy open
            return False
        with socket.socket(fileno=os.dup(descriptor)) as found:
            if found.family in (socket.AF_INET, socket.AF_INET6) and found.getsockopt(
                socket.SOL_SOCKET, socket.SO_ACCEPTCONN
            ):
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000))
                return True
    return False
