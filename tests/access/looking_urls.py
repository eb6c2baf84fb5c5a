"""Pages of a test: one reads something sensitive, twice, one changes something."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from przystan.access import audit
from przystan.access.models import User


def look(request: HttpRequest, ref: str) -> HttpResponse:
    user = User.objects.get(ref=ref)
    audit.read(request.actor, user, ["email"])  # type: ignore[attr-defined]
    audit.read(request.actor, user, ["full_name"])  # type: ignore[attr-defined]
    return HttpResponse(f"<p>{user.email}")


def change(request: HttpRequest, ref: str) -> HttpResponse:
    user = User.objects.get(ref=ref)
    User.objects.filter(ref=ref).update(full_name="changed")
    audit.record(request.actor, "user.change", user, ["full_name"])  # type: ignore[attr-defined]
    return HttpResponse(f"<p>{user.email}")


urlpatterns = [
    path("", include("przystan.project.urls")),
    path("test/look/<str:ref>/", look, name="test_look"),
    path("test/change/<str:ref>/", change, name="test_change"),
]
