"""Whatever is typed or sent comes in with composed letters, and nothing unseen between them (`kernel.text.tidy`)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from przystan.kernel.text import tidy

# Parts of names of fields that are taken as they are: a key is made of each of their bytes, or they are signed.
AS_THEY_ARE = ("password", "passphrase", "again", "credential")


class Tidying:
    """Tidies addresses, and forms when they have been read to find their token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = tidied(request.GET)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """After the CSRF middleware, and before any other looks into the form."""
        if request.method == "POST":
            request.POST = tidied(request.POST)


def tidied(values: Any) -> Any:
    """The same values (a QueryDict), tidy."""
    if all(text.isascii() for _name, texts in values.lists() for text in texts):
        return values
    clean = values.copy()
    for name, texts in values.lists():
        if not any(part in name for part in AS_THEY_ARE):
            clean.setlist(name, list(map(tidy, texts)))
    clean._mutable = False
    return clean
