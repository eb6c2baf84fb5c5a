"""The page of a seat."""

from django.http import Http404, HttpRequest, HttpResponse

from .models import Seat


def one(request: HttpRequest, ref: str) -> HttpResponse:
    try:
        return HttpResponse(Seat.objects.seen_by(request.actor).get(ref=ref).hint)
    except Seat.DoesNotExist:
        raise Http404 from None
