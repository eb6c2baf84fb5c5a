"""What the pages ask about the session they belong to (static/ui/js/lock.js)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Seconds until the idle lock. GET only asks, POST says that somebody is there (`access.guard` does the work)."""
    return JsonResponse({"left": request.lock_in})
