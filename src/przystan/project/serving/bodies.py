"""Reads the body of a request: whole, or not at all. Who sends half of it waits alone."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from tempfile import SpooledTemporaryFile
from typing import Any

from .bounds import KB, Bounds

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
IN_MEMORY = 256 * KB  # what is larger goes through a file without a name


class TooLarge(Exception):
    """More than this address takes."""


class TooSlow(Exception):
    """Not all of it came in time."""


class Left(Exception):
    """Whoever asked has gone away."""


async def read(scope: Scope, receive: Receive, bounds: Bounds) -> SpooledTemporaryFile[bytes]:
    """The body, ready to be read. Raises TooLarge (if it says its length, before anything is read), TooSlow, Left."""
    if announced(scope) > bounds.body:
        raise TooLarge
    body: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
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


async def fill(body: SpooledTemporaryFile[bytes], receive: Receive, most: int) -> None:
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Left
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise TooLarge
        body.write(part)
        more = message.get("more_body", False)


def announced(scope: Scope) -> int:
    """Content-Length; 0 where there is none or it is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
