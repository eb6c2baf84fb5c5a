"""Pages are sent compressed to whom they are for, and to nobody who could learn from their length."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from przystan.links.tokens import new_token
from przystan.project.compression import Compression

LOGIN = "/account/login/"
WORDS = "Olena Kowalenko was here. " * 40
OURS = {"accept-encoding": "gzip, br", "sec-fetch-site": "same-origin"}


def sent(headers: dict[str, str], kind: str = "text/html; charset=utf-8", path: str = "/people/") -> HttpResponse:
    """An answer of `kind` to a request with these headers, as it leaves."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(WORDS, content_type=kind)

    request = RequestFactory().get(path, headers=headers)
    request.resolver_match = resolve(path)
    return Compression(view)(request)


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_page_of_ours_comes_compressed_and_whole(client: Client, site: str) -> None:
    plain = client.get(LOGIN)
    page = client.get(LOGIN, headers=OURS | {"sec-fetch-site": site})
    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < len(plain.content) / 2
    text = gzip.decompress(page.content).decode()
    assert text.lower().startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    assert int(page["Content-Length"]) == len(page.content)


@pytest.mark.parametrize("headers", [
    {"accept-encoding": "gzip", "sec-fetch-site": "cross-site"},
    {"accept-encoding": "gzip", "sec-fetch-site": "same-site"},
    {"accept-encoding": "gzip"},
    {"sec-fetch-site": "same-origin"},
])  # fmt: skip
def test_whoever_else_is_behind_a_request_gets_the_length_of_the_page_itself(headers: dict[str, str]) -> None:
    page = sent(headers)
    assert not page.has_header("Content-Encoding")
    assert page.content.decode() == WORDS


def test_a_page_whose_address_opens_something_is_never_compressed() -> None:
    address = reverse("links:cover", args=[new_token()])
    assert not sent(OURS, path=address).has_header("Content-Encoding")


def test_what_is_compressed_already_is_left_alone() -> None:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert not sent(OURS, kind=sheet).has_header("Content-Encoding")


def test_the_length_of_one_page_differs_from_time_to_time() -> None:
    assert len({len(sent(OURS).content) for _ in range(40)}) > 5
