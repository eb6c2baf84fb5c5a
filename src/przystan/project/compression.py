"""Pages sent compressed, and why that tells nobody anything.

BREACH (Gluck, Harris, Prado 2013) learns a secret of a page from its compressed length: a hostile site lets the
victim's browser ask for the page again and again, each time with another guess that the page repeats. So:

- Only what our own pages asked for, or the person at the browser, is compressed: the browser says so in
  `Sec-Fetch-Site`. A request that another site caused, or a browser that does not say, gets the page as it is.
- Session cookies are not sent with what another site asks for within a page (`SameSite`), and CSRF tokens look
  different in each page.
- The length is blurred by up to 100 random bytes (Django's "heal the breach"), and pages whose address opens something
  by itself are never compressed.
"""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from przystan.access.addresses import secret

OUR_OWN = frozenset({"same-origin", "none"})  # asked by a page of ours; by the person: typed, a bookmark, reloaded
TEXT = ("text/html", "text/plain", "text/csv", "application/json", "image/svg+xml")


class Compression(GZipMiddleware):
    """Compresses text of at least 200 bytes where nobody else can measure it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXT) or not _nobody_measures(request):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


def _nobody_measures(request: HttpRequest) -> bool:
    """Whether the browser itself says that no other site is behind the request, and the page is no key of its own."""
    if request.headers.get("Sec-Fetch-Site") not in OUR_OWN:
        return False
    return request.resolver_match is None or request.resolver_match.view_name not in secret()
