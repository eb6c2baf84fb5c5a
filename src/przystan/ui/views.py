"""The component page, and the joined style sheet and script."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from przystan.ui.pages import only_if

from . import bundles, examples

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in its states. Not shown by a centre that really works."""
    only_if(settings.DEBUG or settings.DEMO)
    return render(request, "ui/components.html", examples.context(request))


@login_not_required
@require_safe
def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """`app.css` or `app.js`, compressed as the browser likes; kept for ever when the digest is today's."""
    if name not in bundles.TYPES:
        raise Http404
    made = bundles.bundle(name)
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((kind for kind in ("br", "gzip") if kind in accepted), "")
    body = {"br": made.brotli, "gzip": made.gzip}.get(encoding, made.plain)
    response = HttpResponse(body, content_type=bundles.TYPES[name])
    response["Cache-Control"] = FOREVER if digest == made.digest else "no-cache"
    response["Vary"] = "Accept-Encoding"
    response["X-Content-Type-Options"] = "nosniff"
    if encoding:
        response["Content-Encoding"] = encoding
    return response
