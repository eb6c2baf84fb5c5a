"""Three ways to ask: GET, HEAD, POST. Any other is refused alike to everybody, before anything else is looked at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

ANSWERED = ["GET", "HEAD", "POST"]


class MethodMiddleware:
    """A PUT or DELETE would reach views that know only reading and posting, and be answered as a reading."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ANSWERED:
            return HttpResponseNotAllowed(ANSWERED)
        return self.get_response(request)
