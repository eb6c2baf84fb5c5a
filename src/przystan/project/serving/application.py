"""The ASGI application: Django's own handler and requests, each in a thread, with bounds around it."""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property, partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from przystan.project.unavailable import MOST_KEPT, Why, reason

from . import bodies, readers, rooms
from .bodies import Body, Receive, Scope
from .bounds import KB, MB, Bounds, bounds_of

log = logging.getLogger("przystan.requests")
Send = Callable[[dict[str, Any]], Awaitable[None]]
PART = 64 * KB
Headers = list[tuple[bytes, bytes]]


@dataclass
class Answer:
    """Complete before the first byte is sent: a slow reader holds no thread."""

    status: int
    headers: Headers
    body: IO[bytes]

    @property
    def size(self) -> int:
        place = self.body.tell()
        self.body.seek(0, io.SEEK_END)
        size = self.body.tell()
        self.body.seek(place)
        return size


class Application(BaseHandler):
    """One for each process."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware()
        self.waiting = readers.Waiting()

    @cached_property
    def staff(self) -> rooms.Room:
        return rooms.staff()

    @cached_property
    def anybody(self) -> rooms.Room:
        return rooms.anybody()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        readers.cut_off()
        bounds = bounds_of(scope["path"])
        try:
            body = await bodies.read(scope, receive, bounds)
        except bodies.Left:
            answer = complete(HttpResponseBadRequest())
        except bodies.TooLarge:
            answer = complete(self.respond(scope, io.BytesIO(), refused=Why.LARGE, most=bounds.body))
        except bodies.TooSlow:
            answer = self.refuse(scope, Why.SLOW)
        except bodies.TooMany:
            answer = self.refuse(scope, Why.BUSY)
        except OSError as error:
            answer = self.refuse(scope, reason(error) or Why.BUSY)
        else:
            with body:
                answer = await self.answer(scope, body, bounds)
        await self.send(answer, scope, send)

    async def send(self, answer: Answer, scope: Scope, send: Send) -> None:
        """Within the bounds of `readers`; where there is no room, the page that says so instead."""
        with answer.body:
            try:
                with self.waiting.answer(answer.size):
                    return await tell(answer, send, scope["method"])
            except readers.TooMany:
                pass
        refused = self.refuse(scope, Why.BUSY)
        await tell(refused, send, scope["method"])

    async def answer(self, scope: Scope, body: Body, bounds: Bounds) -> Answer:
        room = self.anybody if bounds.quick else self.staff
        try:
            return await room.run(partial(self.serve, scope, body), bounds.answer)
        except rooms.Full:
            return self.refuse(scope, Why.BUSY, body)
        except rooms.NoAnswer:
            return self.refuse(scope, Why.AWAY)

    def serve(self, scope: Scope, body: IO[bytes]) -> Answer:
        """In a thread of its own, from the first middleware to the last byte."""
        set_script_prefix("/")
        signals.request_started.send(sender=self.__class__, scope=scope)
        response = self.respond(scope, body)
        try:
            return complete(response)
        finally:
            response.close()  # says that the request has ended, which gives the connection back

    def refuse(self, scope: Scope, why: Why, body: Body | None = None) -> Answer:
        """The page that says so, with the headers of every page (project.unavailable). Asks the database nothing.

        On the event loop: so a body is read again only if it is small, and else the page says that it is not kept.
        """
        if body is None or body.size > MOST_KEPT:
            return complete(self.respond(scope, io.BytesIO(), refused=why, unread=body is not None))
        return complete(self.respond(scope, body, refused=why))

    def respond(self, scope: Scope, body: IO[bytes], **said: object) -> HttpResponseBase:
        try:
            request = ASGIRequest(scope, body)
        except UnicodeDecodeError:
            return HttpResponseBadRequest()
        except RequestDataTooBig:
            return HttpResponse(status=413)
        request.encoding = settings.DEFAULT_CHARSET  # as our pages are: not in whatever a header says it is
        for name, value in said.items():
            setattr(request, name, value)
        return self.get_response(request)


def complete(response: HttpResponseBase) -> Answer:
    """All of a response. What is streamed is collected here, in the thread, in memory or a file without a name."""
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    headers += [(b"Set-Cookie", cookie.output(header="").strip().encode()) for cookie in response.cookies.values()]
    if isinstance(response, HttpResponse):
        return Answer(response.status_code, headers, io.BytesIO(response.content))
    body: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=MB)  # noqa: SIM115
    for part in response:
        body.write(part)
    body.seek(0)
    return Answer(response.status_code, headers, body)


async def tell(answer: Answer, send: Send, method: str) -> None:
    """Send it as fast as it is read; not for ever: what is left then never comes, and the connection ends."""
    try:
        async with asyncio.timeout(readers.seconds(answer.size)):
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            part = b"" if method == "HEAD" else answer.body.read(PART)
            while following := part and answer.body.read(PART):
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = following
            await send({"type": "http.response.body", "body": part, "more_body": False})
    except TimeoutError:
        log.info("an answer was taken too slowly")
