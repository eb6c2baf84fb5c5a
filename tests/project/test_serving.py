"""A thread is taken for whole requests only, and no more wait than can be served: our own server, for real."""

import http.client
import inspect
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.desk.test_log import Desk
from tests.harness import database
from tests.harness.scope import acting_tests
from tests.harness.served import Served, served

from przystan.access.addresses import policy
from przystan.project.serving.bounds import FILE, FORM, LONG, MB, OPEN, UPLOADS, bounds_of
from przystan.support.models import Support

PATIENCE = 30
FORGED = "k" * 32
HEAD = "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{more}\r\n"
LOGIN = "/account/login/"


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "serving"), acting_tests():
        yield Desk()


@pytest.fixture(scope="module")
def web(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One process with one thread for the staff, whose statements may take 2 s, and wait 1.5 s for a lock."""
    with served(tmp_path_factory.mktemp("web"), PRZYSTAN_THREADS="1", PRZYSTAN_PAGE_SECONDS="2") as web:
        yield web


def ask(web: Served, path: str = LOGIN, **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
    """Status, page and headers; raises when there is no answer in time."""
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Accept-Language": "en", **headers})
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page, answer.headers


def begun(web: Served, text: str) -> socket.socket:
    """A connection on which so much was sent, and no more comes."""
    opened = socket.create_connection(("127.0.0.1", web.port), timeout=PATIENCE)
    opened.sendall(text.encode())
    return opened


def cookies(desk: Desk) -> str:
    session = desk.adviser.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={FORGED}"


def post(web: Served, desk: Desk, sheet: dict[str, Any], charset: str = "") -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=PATIENCE)
    body = urlencode(sheet | {"csrfmiddlewaretoken": FORGED}, doseq=True)
    kind = {
        "Content-Type": f"application/x-www-form-urlencoded{charset}",
        "Accept-Language": "pl",
        "Cookie": cookies(desk),
    }
    connection.request("POST", "/supports/new/", body, kind)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page, answer.headers


def test_half_sent_heads_and_bodies_and_idle_connections_stop_nobody(web: Served, desk: Desk) -> None:
    half_body = HEAD.format(path=LOGIN, more="Content-Length: 250\r\n") + "login=a"
    half_form = HEAD.format(path="/supports/new/", more=f"Content-Length: 250\r\nCookie: {cookies(desk)}\r\n") + "day="
    half_head = f"GET {LOGIN} HTTP/1.1\r\nHost: loc"
    held = [begun(web, text) for text in [half_body, half_form, half_head] * 40 + [""] * 300]
    try:
        assert ask(web)[0] == 200
        assert ask(web, "/supports/", Cookie=cookies(desk))[0] == 200
        assert post(web, desk, desk.sheet())[0] == 302
    finally:
        for one in held:
            one.close()


@pytest.mark.parametrize("more", [f"Content-Length: {300 * MB}\r\n", "Transfer-Encoding: chunked\r\n"])
def test_what_is_too_large_is_refused_unread(web: Served, more: str) -> None:
    opened = begun(web, HEAD.format(path=LOGIN, more=f"Accept-Language: uk\r\n{more}"))
    if "chunked" in more:  # says no length: refused as soon as there is more than the address takes
        opened.sendall(b"20000\r\n" + b"x" * 0x20000 + b"\r\n")
    answer = http.client.HTTPResponse(opened)
    answer.begin()
    page = answer.read().decode()
    opened.close()
    assert answer.status == 413
    assert '<html lang="uk"' in page
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert answer.headers[name], name
    assert answer.headers["Cache-Control"] == "no-store"


def test_while_the_staff_waits_some_are_turned_away_and_the_login_is_quick(web: Served, desk: Desk) -> None:
    before = Support.objects.count()
    with database.owner() as owner, ThreadPoolExecutor(20) as crowd, owner.transaction(force_rollback=True):
        owner.execute("LOCK TABLE support_support")
        asked = [crowd.submit(post, web, desk, desk.sheet()) for _ in range(20)]
        while not waits_for_lock(owner):
            pass
        assert ask(web)[0] == 200
        assert not all(one.done() for one in asked), "the login page waited with them"
        answers = [one.result(PATIENCE) for one in asked]
    assert {status for status, _, _ in answers} == {503}
    for _, page, headers in answers:
        assert headers["Retry-After"] == "5"
        assert headers["Content-Security-Policy"]
        assert "Nic nie zapisano" in page
        assert f'name="csrfmiddlewaretoken" value="{FORGED}"' in page
    assert Support.objects.count() == before
    sheet = desk.sheet()
    assert [post(web, desk, sheet)[0] for _ in range(2)] == [302, 302]
    assert Support.objects.count() == before + 1


def waits_for_lock(owner: Any) -> bool:
    found = owner.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'support_support'::regclass")
    return bool(found.fetchone()[0])


@pytest.mark.parametrize("charset", ["idna", "zlib_codec", "utf-7", "unicode_escape", "undefined"])
def test_a_form_is_read_as_our_pages_are_whatever_it_says_it_is(web: Served, desk: Desk, charset: str) -> None:
    """Python knows codecs that no browser does, and some fail on half of what there is."""
    status, page, headers = post(web, desk, {"next_step": "ż" * 50}, f"; charset={charset}")
    assert status == 200, "the form again, as it lacks nearly everything"
    assert "ż" * 50 in page
    assert headers["Content-Security-Policy"]


def test_what_cannot_be_a_request_is_refused_in_words(web: Served) -> None:
    assert ask(web, "/%ff%fe/")[0] in (400, 404)
    assert ask(web, "/nothing/here/")[0] == 404
    opened = begun(web, "NONSENSE\r\n\r\n")
    assert opened.recv(200).startswith(b"HTTP/1.1 400")
    opened.close()


def test_every_form_with_a_file_may_be_larger() -> None:
    def names(resolver: URLResolver, before: str = "") -> Iterator[str]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                inside = f"{before}{one.namespace}:" if one.namespace else before
                yield from names(one, inside)
            elif isinstance(one, URLPattern) and one.name and "request.FILES" in source(one.callback):
                yield f"{before}{one.name}"

    def source(view: Any) -> str:
        return inspect.getsource(inspect.unwrap(view)) if inspect.isfunction(inspect.unwrap(view)) else ""

    assert {name for name in names(get_resolver()) if name in policy()} == set(UPLOADS)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/account/login/", OPEN),
        ("/static/ui/img/mark.svg", OPEN),
        ("/nothing/", OPEN),
        ("/", FORM),
        ("/supports/new/", FORM),
        ("/reports/", LONG),
    ],
)
def test_bounds_of_addresses(path: str, found: object) -> None:
    assert bounds_of(path) == found


def test_an_import_of_25_mb_fits() -> None:
    assert bounds_of(reverse("exchange:imports")) == FILE
    assert FILE.body > 25 * 1000 * 1000


def test_a_body_that_is_no_body_is_refused(web: Served) -> None:
    opened = begun(web, HEAD.format(path=LOGIN, more="Transfer-Encoding: chunked\r\n") + "zz\r\nlogin=a\r\n")
    answer = http.client.HTTPResponse(opened)
    answer.begin()
    page = answer.read().decode()
    opened.close()
    assert (answer.status, page) == (400, "")
