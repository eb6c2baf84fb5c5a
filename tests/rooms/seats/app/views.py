"""The page of a seat."""

from django.http import HttpRequest, HttpResponse

from przystan.ui.pages import or_404

from . import queries


def one(request: HttpRequest, ref: str) -> HttpResponse:
    return HttpResponse(or_404(queries.seat, request.actor, ref).hint)
