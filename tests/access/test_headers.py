"""Every answer carries every header, and every cookie is as closed as it can be."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from przystan.access.addresses import secret
from przystan.kernel.refs import new_ref
from przystan.ui import bundles
from tests import factories

pytestmark = pytest.mark.django_db
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
COOKIES = """
import json
from przystan.project import settings as s
wanted = lambda name: "_COOKIE_" in name or name in ("SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER")
print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper() and wanted(name)}))
"""
VALUES = {"ref": new_ref, "int": lambda: "1", "str": lambda: "x", "slug": lambda: "x", "uuid": lambda: "0" * 32}


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """One path for every pattern, with made-up values."""
    for one in resolver.url_patterns:
        path = before + _filled(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from addresses(one, path)
        elif isinstance(one, URLPattern):
            yield "/" + path


def _filled(pattern: str) -> str:
    pattern = re.sub(r"\(\?P<\w+>[^)]*\)", "x", pattern.lstrip("^").removesuffix("$").removesuffix(r"\Z"))
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: VALUES.get(found[1] or "str", lambda: "x")(), pattern)


def missing(answer: HttpResponse) -> list[str]:
    """What an answer lacks."""
    csp = answer.headers.get("Content-Security-Policy", "")
    faults = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    faults += ["CSP"] if "unsafe" in csp or "*" in csp else []
    faults += [part for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'") if part not in csp]
    permissions = answer.headers.get("Permissions-Policy", "")
    faults += [one for one in ("camera=()", "geolocation=()", "microphone=()") if one not in permissions]
    return faults + ([] if "publickey-credentials-get=(self)" in permissions else ["passkeys"])


def check(answer: HttpResponse, status: int | None = None) -> None:
    assert status is None or answer.status_code == status
    assert missing(answer) == [], f"{answer.status_code}: {missing(answer)}"
    assert answer["Cache-Control"] == "no-store"


@pytest.fixture
def coordinator() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(factories.user(factories.organisation(), "coordinator"))
    return client


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options", "head"])
@pytest.mark.parametrize("who", ["stranger", "coordinator"])
def test_every_address_answers_with_every_header(coordinator: Client, who: str, method: str) -> None:
    client = coordinator if who == "coordinator" else Client(raise_request_exception=False)
    seen = set()
    for path in addresses(get_resolver()):
        if path == reverse("account_logout") and method == "post":
            continue
        answer = getattr(client, method)(path)
        lacking = missing(answer)
        if answer.headers.get("Referrer-Policy") == "strict-origin" and resolve(path).view_name in secret():
            lacking.remove("Referrer-Policy")  # its path goes nowhere, not even to ourselves
        assert lacking == [], f"{method} {path}: {answer.status_code} {lacking}"
        assert answer["Cache-Control"] == "no-store", path
        assert answer.status_code < 500, f"{method} {path}"
        seen.add(answer.status_code)
    if method in ("get", "head", "post"):
        assert {302, 404} <= seen if who == "stranger" else {404} <= seen
    else:  # refused before anything is looked at
        assert seen == {405}


def test_bad_requests(coordinator: Client, settings: Any) -> None:
    check(coordinator.get("/team/members/%00/"), 400)
    check(coordinator.get("/", headers={"Host": "elsewhere.example"}), 400)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    check(coordinator.post("/team/new/", {"full_name": "x" * 100}), 400)


def test_refusals(coordinator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    check(strict.post("/account/login/"), 403)
    nobody = Client()
    user = factories.user(factories.organisation())
    user.memberships.all().delete()
    nobody.force_login(user)
    check(nobody.get("/settings/"), 403)
    check(coordinator.get("/nowhere/"), 404)
    check(coordinator.put("/account/session/"), 405)
    check(coordinator.get("/team"), 301)
    check(Client().get("/settings/"), 302)
    check(coordinator.post("/account/logout/"), 302)


def _boom(*_: object, **__: object) -> None:
    raise RuntimeError("broken")


@pytest.mark.parametrize(
    "place",
    [
        "przystan.access.views.session.JsonResponse",
        "przystan.project.middleware.actor_for",
        "przystan.access.guard.get_authentication_records",
        "przystan.project.logs.log.info",
    ],
)
def test_failures_of_ours(coordinator: Client, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(place, _boom)
    answer = coordinator.get("/account/session/")
    check(answer, 500)
    assert "broken" not in answer.content.decode()


def test_parts_of_pages(coordinator: Client) -> None:
    check(coordinator.get("/team/", headers={"HX-Request": "true"}), 200)
    check(coordinator.post("/people/suggest/", {"q": "x"}, headers={"HX-Request": "true"}))


def test_static_files_are_kept_and_just_as_closed() -> None:
    client = Client()
    for path in ("/static/ui/img/mark.svg", reverse("ui:asset", args=[bundles.bundle("app.js").digest, "app.js"])):
        answer = client.get(path)
        assert (answer.status_code, missing(answer)) == (200, [])
        assert "no-store" not in answer["Cache-Control"]
        answer.close()
    again = client.get("/static/ui/img/mark.svg", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert (again.status_code, missing(again)) == (304, [])
    check(client.get("/static/nothing.css"), 404)
    check(client.get("/ui/x/other.css"), 404)


@pytest.fixture
def https(settings: Any) -> Callable[..., Client]:
    """The cookies and headers of a real centre."""
    environment = os.environ | {"PRZYSTAN_DEMO": "0", "PRZYSTAN_HTTPS": "1"}
    out = subprocess.run([sys.executable, "-c", COOKIES], env=environment, capture_output=True, text=True, check=True)
    for name, value in json.loads(out.stdout).items():
        setattr(settings, name, tuple(value) if isinstance(value, list) else value)
    return lambda: Client(headers={"X-Forwarded-Proto": "https"})


def test_cookies_under_https(https: Callable[..., Client]) -> None:
    user, client = factories.user(factories.organisation()), https()
    seen: dict[str, str] = {}

    def note(answer: HttpResponse) -> HttpResponse:
        check(answer)
        assert answer["Strict-Transport-Security"] == "max-age=31536000"
        seen.update({name: cookie.OutputString() for name, cookie in answer.cookies.items() if cookie.value})
        return answer

    note(client.get("/account/login/"))
    note(client.post("/language/", {"language": "en", "next": "/account/login/"}))
    note(client.post("/account/login/", {"login": user.username, "password": "przystan"}))
    note(client.get("/settings/"))
    assert set(seen) == {"__Host-session", "__Host-csrf", "__Host-language", "__Host-device"}
    for cookie in seen.values():
        assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
        assert re.search(r"SameSite=(Lax|Strict)", cookie)
        assert "Domain" not in cookie
    assert "expires" not in seen["__Host-session"]


def test_errors_under_https_too(https: Callable[..., Client]) -> None:
    client = https()
    for answer in (client.get("/nowhere/"), client.get("/", headers={"Host": "elsewhere.example"})):
        check(answer)
        assert answer["Strict-Transport-Security"]
