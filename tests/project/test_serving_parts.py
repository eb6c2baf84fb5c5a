"""Reading bodies, and the room before the threads, one by one."""

import asyncio
import errno
import io
import os
import re
import socket
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.template.loader import get_template
from tests.harness.loops import apart
from tests.harness.proxy import DEPLOY

from przystan.access import names
from przystan.project import budget, threads
from przystan.project.cli.serve import addresses
from przystan.project.cluster import waits
from przystan.project.serving import Application, bodies, readers, rooms
from przystan.project.serving.application import PART, Answer, complete, tell
from przystan.project.serving.bounds import FILE, FORM, LONG, MB, OPEN, Bounds
from przystan.project.serving.warming import templates, warm
from przystan.project.unavailable import MOST_KEPT

SMALL = Bounds(body=10, reading=5, answer=5)


def reading(parts: Iterable[dict[str, Any]], bounds: Bounds = SMALL, **headers: str) -> bytes:
    """What is read of these messages; after the last one nothing comes."""
    messages = list(parts)

    async def receive() -> dict[str, Any]:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    scope = {"headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]}

    async def read() -> bytes:
        with await bodies.read(scope, receive, bounds) as body:
            return body.read()

    return apart(read())


def part(body: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_whoever_works_gives_up_before_whoever_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """So the page says why: the database before the page, the page before the proxy, and nobody waits ten seconds."""
    monkeypatch.delenv(waits.VARIABLE, raising=False)
    database = waits.page_seconds()
    assert all(rooms.PATIENCE + database < bounds.answer < 10 for bounds in (OPEN, FORM))
    assert database * budget.MORE < 10 < LONG.answer == FILE.answer
    proxy = re.findall(r"proxy_read_timeout (\d+)s", (DEPLOY / "nginx.conf").read_text())
    assert LONG.answer < float(*proxy)
    assert readers.TAKING < LONG.answer < readers.WHOLE


def test_a_body_is_read_whole() -> None:
    assert reading([part(b"12345", more=True), part(b"67890", more=False)]) == b"1234567890"
    assert reading([{"type": "http.request"}]) == b""


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    with pytest.raises(bodies.TooLarge):
        reading([], content_length="11")


def test_a_body_that_becomes_too_large_is_not_read_on() -> None:
    with pytest.raises(bodies.TooLarge):
        reading([part(b"12345678901", more=True)], content_length="nonsense")


def test_bodies_that_come_together_fill_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones pass meanwhile; what was closed, also half-read, makes room."""
    monkeypatch.setattr(bodies, "IN_MEMORY", 4)
    monkeypatch.setattr(bodies, "ON_DISK", 15)
    kept = bodies.Body()
    kept.grow(b"12345", 5)
    kept.grow(b"67890", 10)
    with pytest.raises(bodies.TooMany):
        reading([part(b"123456", more=True)])
    assert reading([part(b"12345", more=False)]) == b"12345"
    kept.grow(b"12345", 15)
    assert reading([part(b"1234", more=False)]) == b"1234"
    with pytest.raises(bodies.TooMany):
        reading([part(b"12345", more=False)])
    kept.close()
    kept.close()
    assert reading([part(b"1234567890", more=False)]) == b"1234567890"
    assert bodies.Body.on_disk == 0


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    with pytest.raises(bodies.TooSlow):
        reading([part(b"1", more=True)], Bounds(body=10, reading=0.01, answer=5))


def test_who_has_gone_gets_nothing() -> None:
    with pytest.raises(bodies.Left):
        reading([part(b"1", more=True), {"type": "http.disconnect"}])


def in_room(size: int, works: int, seconds: float = 20.0) -> list[Any]:
    """So many works at once in a room of this size; each holds its thread until those who were refused are."""
    go_on = threading.Event()

    async def one(room: rooms.Room) -> Any:
        try:
            return await room.run(lambda: go_on.wait(20), seconds)
        except (rooms.Full, rooms.NoAnswer) as error:
            go_on.set()
            return type(error)

    async def all_of_them() -> list[Any]:
        room = rooms.Room("test", size)
        found = await asyncio.gather(*(one(room) for _ in range(works)))
        assert room.waiting == 0
        room.pool.shutdown()
        return list(found)

    return apart(all_of_them())


def test_so_many_wait_and_the_next_is_told_at_once() -> None:
    found = in_room(2, 2 + 2 * rooms.PLACES + 3)
    assert found.count(rooms.Full) == 3
    assert found.count(True) == 2 + 2 * rooms.PLACES


def test_nobody_waits_long_for_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "PATIENCE", 0.01)
    assert sorted(map(str, in_room(1, 2))) == sorted(map(str, [True, rooms.Full]))


def test_who_gets_no_answer_is_told_and_the_thread_stays_taken_until_its_end() -> None:
    ended = threading.Event()

    async def asked() -> None:
        room = rooms.Room("test", 1)
        with pytest.raises(rooms.NoAnswer):
            await room.run(lambda: ended.wait(20), 0.01)
        assert room.free.locked()
        ended.set()
        assert await room.run(lambda: "next", 20) == "next"
        room.pool.shutdown()

    apart(asked())


def test_waiting_for_a_thread_is_part_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has waited it away is told at once, not after as long again."""
    monkeypatch.setattr(rooms, "PATIENCE", 20.0)
    go_on = threading.Event()

    async def asked() -> None:
        room = rooms.Room("test", 1)
        first = asyncio.create_task(room.run(lambda: go_on.wait(20), 20))
        await asyncio.sleep(0)
        second = asyncio.create_task(room.run(lambda: "late", 0.05))
        await asyncio.sleep(0)
        assert room.waiting == 1
        loop = asyncio.get_running_loop()
        loop.call_later(0.2, go_on.set)
        with pytest.raises(rooms.NoAnswer):
            await second
        assert await first
        room.pool.shutdown()

    apart(asked())


def test_what_a_work_raises_is_raised() -> None:
    async def asked() -> None:
        with pytest.raises(ZeroDivisionError):
            await rooms.Room("test", 1).run(lambda: 1 / 0, 20)

    apart(asked())


def test_threads_are_as_many_as_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert threads.staff() == threads.STAFF
    monkeypatch.setenv("PRZYSTAN_THREADS", "7")
    assert (threads.staff(), threads.together()) == (7, 7 + threads.OPEN)


def sent(answer: Answer, method: str = "GET") -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    apart(tell(answer, send, method))
    return messages


@pytest.mark.parametrize("size", [0, 1, PART, PART + 1, 3 * PART])
def test_an_answer_is_sent_whole(size: int) -> None:
    messages = sent(complete(HttpResponse(b"x" * size)))
    assert messages[0]["status"] == 200
    assert b"".join(one["body"] for one in messages[1:]) == b"x" * size
    assert [one["more_body"] for one in messages[1:]][-1] is False
    assert all(one["more_body"] for one in messages[1:-1])


def test_streams_files_and_cookies() -> None:
    streamed = StreamingHttpResponse(iter([b"one", b"two"]))
    streamed.set_cookie("a", "1")
    streamed.set_cookie("b", "2", httponly=True)
    answer = complete(streamed)
    with answer.body:
        assert answer.body.read() == b"onetwo"
    assert [value for name, value in answer.headers if name == b"Set-Cookie"] == [
        b"a=1; Path=/",
        b"b=2; HttpOnly; Path=/",
    ]
    with complete(FileResponse(io.BytesIO(b"file"))).body as body:
        assert body.read() == b"file"


def test_a_head_has_no_body() -> None:
    assert [one.get("body") for one in sent(complete(HttpResponse(b"x")), "HEAD")] == [None, b""]


class Busy:
    """A room that says no."""

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    async def run(self, work: object, seconds: float) -> Answer:
        raise self.error


@pytest.mark.parametrize(
    ("error", "words", "kept"),
    [(rooms.Full, "Nothing was saved", True), (rooms.NoAnswer, "We cannot tell whether", False)],
)
def test_who_is_not_served_is_told_in_words(error: type[Exception], words: str, kept: bool) -> None:
    said, page = turned_away(error, b"csrfmiddlewaretoken=t&note=hello!")
    assert said[b"Cache-Control"] == b"no-store"
    assert words in page
    assert ('name="note" value="hello' in page) is kept


def test_a_large_form_is_not_read_on_the_event_loop_to_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a large one would hold up everybody else, on the day on which there is too much to do already."""

    def read(*_: object) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr("django.core.handlers.asgi.ASGIRequest._load_post_and_files", read)
    _, page = turned_away(rooms.Full, b"csrfmiddlewaretoken=t&note=" + b"x" * MOST_KEPT)
    assert "Nothing was saved" in page
    assert "What you wrote is kept: go back" in page


def turned_away(error: type[Exception], body: bytes) -> tuple[dict[bytes, bytes], str]:
    """Headers and page of a form for which there is no thread; it says nothing of its length."""
    application = Application()
    application.staff = Busy(error)  # type: ignore[assignment]
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope = {"type": "http", "method": "POST", "path": "/supports/new/", "query_string": b"", "scheme": "http"}
    headers = {"headers": [kind, (b"host", b"localhost"), (b"accept-language", b"en")]}
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return part(body, more=False)

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    apart(application(scope | headers, receive, send))
    page = b"".join(one.get("body", b"") for one in messages).decode()
    assert messages[0]["status"] == 503
    return dict(messages[0]["headers"]), page


def test_answers_that_nobody_takes_fill_no_memory() -> None:
    application, taken = Application(), asyncio.Event()
    application.waiting = readers.Waiting(most=100)
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    statuses: list[int] = []

    async def send(message: dict[str, Any]) -> None:
        statuses.extend([message["status"]] if "status" in message else [])
        if "body" in message and len(statuses) == 1:
            await taken.wait()

    async def asked() -> None:
        large = [complete(HttpResponse(b"x" * size)) for size in (200, 10)]
        first = asyncio.create_task(application.send(large[0], scope, send))
        await asyncio.sleep(0)
        await application.send(large[1], scope, send)
        taken.set()
        await first
        await application.send(complete(HttpResponse(b"x" * 10)), scope, send)

    apart(asked())
    assert statuses == [200, 503, 200]
    assert application.waiting.bytes == 0


def test_an_answer_is_not_offered_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "WHOLE", 0.01)

    async def send(message: dict[str, Any]) -> None:
        await asyncio.Event().wait()

    apart(tell(complete(HttpResponse(b"x")), send, "GET"))


def test_who_takes_a_little_now_and_then_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part every few seconds is something, but not enough: there is a least number of bytes a second."""
    clock, ended = Hurried(), []
    monkeypatch.setattr(readers, "TAKING", 1)
    monkeypatch.setattr(readers, "SLOWEST", 1000)

    async def send(message: dict[str, Any]) -> None:
        clock.now += 0.9
        await asyncio.sleep(0)
        ended.append(message.get("more_body") is False)

    async def asked(size: int) -> None:
        clock.run_in(asyncio.get_running_loop())
        await tell(complete(HttpResponse(b"x" * size)), send, "GET")

    apart(asked(500_000))  # eight parts and a head in eight seconds of 501
    assert ended.pop()
    ended.clear()
    monkeypatch.setattr(readers, "SLOWEST", 100_000)
    apart(asked(500_000))  # of six
    assert not any(ended)


class Hurried:
    """A clock that a test moves."""

    now = 0.0

    def run_in(self, loop: asyncio.AbstractEventLoop) -> None:
        began = loop.time()
        loop.time = lambda: began + self.now  # type: ignore[method-assign]


@pytest.mark.parametrize(("size", "seconds"), [(0, 20), (40 * 1024, 30), (512 * 1024, 148), (27 * MB, 300)])
def test_how_long_an_answer_may_take(size: int, seconds: float) -> None:
    assert readers.seconds(size) == seconds


def test_what_is_no_socket_is_left_as_it_is() -> None:
    """A copy of a pipe that stays open would keep whoever reads it waiting for its end."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    try:
        assert not readers.limited(write)
        os.close(write)
        assert os.read(read, 1) == b""
    finally:
        os.close(read)


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    readers.cut_off.cache_clear()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening
    readers.cut_off.cache_clear()


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Linux knows it")
def test_the_first_request_limits_those_who_take_nothing(listening: socket.socket) -> None:
    turned_away(rooms.Full, b"")
    assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == readers.TAKING * 1000


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Linux knows it")
def test_who_takes_nothing_is_cut_off_by_the_kernel(listening: socket.socket) -> None:
    assert readers.limited(listening.fileno(), seconds=0.3)
    with socket.create_connection(listening.getsockname()), listening.accept()[0] as ours:
        ours.settimeout(30)
        with pytest.raises(TimeoutError) as cut:
            ours.sendall(b"x" * 64 * MB)
    assert cut.value.errno == errno.ETIMEDOUT, "the kernel's, not the test's"


def test_what_is_warm_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page of a process reads no template from the disk, in no language."""
    warm()
    assert {"503.html", "ui/frame.html", "people/search.html"} <= set(templates())

    def read(*_: object) -> str:
        raise AssertionError("a template was read for a page")

    monkeypatch.setattr("django.template.loaders.app_directories.Loader.get_contents", read)
    monkeypatch.setattr("django_cotton.cotton_loader.Loader.get_contents", read)
    for name in templates():
        get_template(name)


@pytest.mark.parametrize(
    ("hosts", "opened"),
    [
        (["localhost", "127.0.0.1"], ["http://localhost:8000/"]),
        (["centre.example.org"], ["https://centre.example.org/"]),
        (["centre.example.org", "localhost"], ["http://localhost:8000/", "https://centre.example.org/"]),
    ],
)
def test_serve_prints_addresses_that_are_answered(settings: Any, hosts: list[str], opened: list[str]) -> None:
    """With PRZYSTAN_HOSTS as the guide sets it, `localhost` is refused with 400: nobody is sent there."""
    settings.HTTPS, settings.ALLOWED_HOSTS, settings.PUBLIC_NAMES = True, hosts, names.public(hosts)
    assert re.findall(r"https?://[^/]+/", addresses("127.0.0.1", 8000)) == opened
