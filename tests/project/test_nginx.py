"""deploy/nginx.conf before our own server."""

import http.client
import os
import re
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from tests.desk.test_log import Desk
from tests.harness import database
from tests.harness.centre import eventually
from tests.harness.proxy import HOST, MB, NGINX, PATIENCE, Jar, Proxy, proxied
from tests.harness.scope import acting_tests
from tests.harness.served import Served, served

from przystan.access.models import User

PASSWORD = "a long one for a test"


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    if not NGINX:
        message = "no nginx: `apt-get install nginx-light`"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "nginx"), acting_tests():
        desk = Desk()
        secret = Argon2PasswordHasher().encode(PASSWORD, "salt-of-the-test")
        User.objects.filter(pk=desk.lead.user_id).update(password=secret, must_change_password=False)
        yield desk


@pytest.fixture(scope="module")
def proxy(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A real centre's settings, but for the second factor."""
    folder = tmp_path_factory.mktemp("nginx")
    hosts = {"PRZYSTAN_DEMO": "0", "PRZYSTAN_HTTPS": "1", "PRZYSTAN_HOSTS": f"{HOST},127.0.0.1"}
    with served(folder, PRZYSTAN_REQUIRE_SECOND_FACTOR="0", **hosts) as behind, proxied(folder, behind) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def session(proxy: Proxy, desk: Desk) -> Jar:
    """Cookies of a coordinator who has logged in through the proxy."""
    jar: Jar = {}
    first = proxy.ask("/account/login/", jar=jar)
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', first.page)
    assert token
    form = {"csrfmiddlewaretoken": token[1].decode(), "password": PASSWORD}
    login = User.objects.get(pk=desk.lead.user_id).username
    kind = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}/account/login/"}
    answer = proxy.ask("/account/login/", "POST", urlencode(form | {"login": login}), jar, **kind)
    assert answer.status == 302, answer.page
    for line in answer.headers.get_all("Set-Cookie"):
        assert line.startswith("__Host-"), line
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in line.split(";")}, line
    return jar


def test_plain_http_leads_to_our_own_name(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=PATIENCE)
    connection.request("GET", "/people/?q=1", headers={"Host": "evil.example.com"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/people/?q=1")


def test_another_name_gets_nothing(proxy: Proxy) -> None:
    with pytest.raises(ssl.SSLError):
        proxy.opened("other.example.org")


def test_who_logs_in_is_in(proxy: Proxy, session: Jar) -> None:
    answer = proxy.ask("/supports/", jar=session)
    assert answer.status == 200
    for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"):
        assert len(answer.headers.get_all(name)) == 1, name
    assert "granian" not in str(answer.headers)
    assert not re.search(r"nginx/\d", str(answer.headers))


def test_a_form_from_elsewhere_is_refused(proxy: Proxy, session: Jar) -> None:
    """The proxy tells the truth about host and scheme, which the check against forgery rests on."""
    token = {"X_CSRFToken": session["__Host-csrf"]}
    assert proxy.ask("/account/logout/", "POST", "", session, Origin="https://evil.example.com", **token).status == 403
    claims = {"X_Forwarded_Host": "evil.example.com", "Forwarded": "host=evil.example.com"}
    assert proxy.ask("/account/login/", **claims).status == 200


@pytest.mark.parametrize(
    ("path", "size", "in_words"),
    [
        ("/account/login/", 65 * 1024, False),
        ("/imports/", 28 * MB, False),
        ("/supports/new/", 2 * MB + MB // 2, True),
        ("/supports/new/", 4 * MB, False),
        ("/imports/x/", 4 * MB, False),
    ],
)
def test_what_is_too_large_is_refused(proxy: Proxy, session: Jar, path: str, size: int, in_words: bool) -> None:
    """By the proxy unread, or by the product in words."""
    small = size < 3 * MB
    answer = proxy.ask(path, "POST", b"x" * size if small else None, **({} if small else large(size)))
    assert answer.status == 413
    page = answer.page.decode()
    assert ('<html lang="uk"' in page) is in_words
    if not in_words:
        assert all(words in page for words in ("To za dużo", "Це забагато", "This is too much", "Это слишком много"))
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def large(size: int) -> dict[str, str]:
    return {"Content_Length": str(size)}


def test_a_large_file_gets_through_whole(proxy: Proxy, session: Jar) -> None:
    parts = [
        b'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n' + session["__Host-csrf"].encode(),
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="old.doc"\r\n\r\n' + b"x" * (20 * MB),
        b"--b--\r\n",
    ]
    kind = {"Content_Type": "multipart/form-data; boundary=b", "Referer": f"https://{HOST}/imports/"}
    answer = proxy.ask("/imports/", "POST", b"\r\n".join(parts), jar=session, **kind)
    assert answer.status == 200
    assert b'name="file"' in answer.page


def test_half_sent_requests_hold_nobody_up(proxy: Proxy, session: Jar) -> None:
    head = f"POST /account/login/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 250\r\n\r\nlogin="
    held = [proxy.opened() for _ in range(60)]
    try:
        for number, one in enumerate(held):
            one.sendall(head[: len(head) if number % 2 else 40].encode())
        assert proxy.ask("/account/login/").status == 200
        assert proxy.ask("/supports/", jar=session).status == 200
    finally:
        for one in held:
            one.close()


def test_a_long_answer_comes_whole(proxy: Proxy) -> None:
    found = re.search(rb'src="(/ui/\w+/app\.js)"', proxy.ask("/account/login/").page)
    assert found
    path = found[1].decode()
    connection = http.client.HTTPConnection("127.0.0.1", proxy.behind.port, timeout=PATIENCE)
    connection.request("GET", path)
    straight = connection.getresponse().read()
    connection.close()
    assert len(straight) > 64 * 1024
    assert proxy.ask(path).page == straight


def test_the_log_says_what_happened_and_not_who(proxy: Proxy) -> None:
    proxy.ask("/people/?q=Kowalska", User_Agent="Peculiar/1.0")
    log = proxy.folder / "przystan.log"  # which it writes after it has answered
    eventually(lambda: re.search(r"^\S+ GET 302 \d+ [\d.]+ [\d.]+$", log.read_text(), re.MULTILINE))
    lines = log.read_text()
    for trace in ("127.0.0.1", "Kowalska", "/people", "Peculiar"):
        assert trace not in lines
        assert trace not in (proxy.folder / "przystan-error.log").read_text()


def test_without_the_product_a_page_says_so(proxy: Proxy, tmp_path: Path) -> None:
    alone = Served(1)  # a port on which nobody listens
    with proxied(tmp_path, alone) as proxy:
        answer = proxy.ask("/people/")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    page = answer.page.decode()
    assert all(words in page for words in ("Zaraz wracamy", "Ми скоро повернемося", "We will be back soon"))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_flood_is_told_in_words(tmp_path: Path) -> None:
    """More than an office asks for is refused by nginx, and not in its own English."""
    with proxied(tmp_path, Served(1), {"rate=50r/s": "rate=1r/m", "burst=300": "burst=1"}) as proxy:
        answers = [proxy.ask("/people/") for _ in range(4)]
    assert {answer.status for answer in answers} == {503}
    assert all("Ми скоро повернемося" in answer.page.decode() for answer in answers)
    assert (tmp_path / "przystan.log").read_text().count(" -\n"), "some never reached the product"
