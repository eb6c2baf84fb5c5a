"""What the pages ask about the session they belong to (static/ui/js/lock.js)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Seconds until the idle lock, whose session it is, and the token for its forms.

    GET only asks, POST says that somebody is there (`access.guard` does the work).
    """
    return JsonResponse({"left": request.lock_in, "whose": str(request.user.ref), "token": get_token(request)})
