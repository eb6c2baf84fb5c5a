"""Reads the body of a request: whole, or not at all. Who sends half of it waits alone."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from tempfile import SpooledTemporaryFile
from typing import Any

from .bounds import KB, MB, Bounds

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
IN_MEMORY = 64 * KB  # what is larger goes through a file without a name
ON_DISK = 256 * MB  # of all such files of one process together: strangers who send much at once fill no disk


class TooLarge(Exception):
    """More than this address takes."""


class TooSlow(Exception):
    """Not all of it came in time."""


class TooMany(Exception):
    """Others send so much at the same time that there is no room for more."""


class Left(Exception):
    """Whoever asked has gone away, or sent what is no body."""


class Body(SpooledTemporaryFile[bytes]):
    """In memory, or a file without a name, whose bytes count until it is closed. For the event loop only."""

    on_disk = 0  # bytes of all that are open

    def __init__(self) -> None:
        super().__init__(max_size=IN_MEMORY)
        self.size = self.counted = 0

    def grow(self, part: bytes, size: int) -> None:
        """Take a part, with which the body is so large. Raises TooMany."""
        more = size - self.counted if size > IN_MEMORY else 0
        if Body.on_disk + more > ON_DISK:
            raise TooMany
        Body.on_disk += more
        self.counted += more
        self.size = size
        self.write(part)

    def close(self) -> None:
        Body.on_disk -= self.counted
        self.counted = 0
        super().close()

    def __exit__(self, *_: object) -> None:  # the library's own closes only what is inside
        self.close()


async def read(scope: Scope, receive: Receive, bounds: Bounds) -> Body:
    """The body, ready to be read.

    Raises TooLarge (if it says its length, before anything is read), TooSlow, TooMany, Left.
    """
    if announced(scope) > bounds.body:
        raise TooLarge
    body = Body()
    try:
        async with asyncio.timeout(bounds.reading):
            await fill(body, receive, bounds.body)
    except TimeoutError:
        body.close()
        raise TooSlow from None
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


async def fill(body: Body, receive: Receive, most: int) -> None:
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise TooLarge
        body.grow(part, size)
        more = message.get("more_body", False)


def announced(scope: Scope) -> int:
    """Content-Length; 0 where there is none or it is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
