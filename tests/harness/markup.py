"""Markup that the strict CSP would break, and forms that cannot be sent as they are, fail the test that met them."""

from collections.abc import Callable
from html.parser import HTMLParser

from django.http import HttpRequest, HttpResponse

DATA_TYPES = {"application/json", "application/ld+json", "speculationrules"}


class MarkupMiddleware:
    """Reads every HTML answer, of the test client and of the live server."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            found = faults(response.content.decode(response.charset))
            assert not found, f"{request.path}: {'; '.join(found)}"
        return response


def faults(html: str) -> list[str]:
    """What is wrong with a page or fragment, in words."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


class Reader(HTMLParser):
    """Collects faults while reading."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.posting = False
        self.token = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        where = f"line {self.getpos()[0]}: <{tag}>"
        if tag == "script" and "src" not in values and values.get("type") not in DATA_TYPES:
            self.faults.append(f"{where} inline script")
        if tag == "style":
            self.faults.append(f"{where} inline style sheet")
        self.faults += [f"{where} {name}=" for name in values if name == "style" or name.startswith("on")]
        if tag.startswith("c-") or tag == "slot":
            self.faults.append(f"{where} component that was not rendered")
        if tag == "form":
            self.posting, self.token = (values.get("method") or "").lower() == "post", False
        if tag == "input" and values.get("name") == "csrfmiddlewaretoken":
            self.token = True
        if tag == "input" and values.get("type") == "hidden" and (values.get("value") or "").startswith("['"):
            self.faults.append(f"{where} sends a Python list as text: {values['name']}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.posting and not self.token:
            self.faults.append(f"line {self.getpos()[0]}: form posts without a CSRF token")
