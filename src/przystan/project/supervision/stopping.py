"""Ctrl-C, a closed terminal, `kill`: one quiet end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop. No Exception: nobody who catches those may swallow it."""


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
