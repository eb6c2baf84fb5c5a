"""Threads that answer, and a waiting room before them: so many wait, for so long; who comes then is told at once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from przystan.project import threads

PLACES = 6  # waiting for each thread
PATIENCE = 4.0  # seconds in the waiting room
T = TypeVar("T")


class Full(Exception):
    """Too many wait."""


class NoAnswer(Exception):
    """The work has not ended in time. It may still end, and hold its thread until then."""


class Room:
    """Belongs to one event loop."""

    def __init__(self, name: str, size: int) -> None:
        self.pool = ThreadPoolExecutor(size, thread_name_prefix=name)
        self.free = asyncio.Semaphore(size)
        self.places = size * PLACES
        self.waiting = 0

    async def run(self, work: Callable[[], T], seconds: float) -> T:
        """What the work returns or raises. Raises Full, or NoAnswer after so many seconds, waiting included."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        if self.free.locked():
            await self.wait()
        else:
            await self.free.acquire()
        future = loop.run_in_executor(self.pool, work)
        future.add_done_callback(lambda _: self.free.release())
        try:
            return await asyncio.wait_for(asyncio.shield(future), ends - loop.time())
        except TimeoutError:
            raise NoAnswer from None

    async def wait(self) -> None:
        """Until a thread is free. Raises Full at once where no place is, or when it takes too long."""
        if self.waiting >= self.places:
            raise Full
        self.waiting += 1
        try:
            await asyncio.wait_for(self.free.acquire(), PATIENCE)
        except TimeoutError:
            raise Full from None
        finally:
            self.waiting -= 1


def staff() -> Room:
    return Room("staff", threads.staff())


def anybody() -> Room:
    return Room("open", threads.OPEN)
