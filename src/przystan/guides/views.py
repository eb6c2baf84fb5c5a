"""The guide on the screen: on a page of its own, or in the sheet that `?` opens over any page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from przystan.ui.htmx import is_fragment, render

from . import pages

OPENER = "help-opens"  # the link in the bar; every other that asks for a sheet stands in a sheet


@require_safe
def guide(request: HttpRequest, name: str = pages.FIRST) -> HttpResponse:
    """One page of the guide in the language of whoever reads. Nothing in it is secret: read before the login, too."""
    language = get_language() or pages.SOURCE
    sheet = is_fragment(request)
    try:
        shown = pages.shown(name, language, sheet=sheet)
    except pages.Unknown as error:
        raise Http404 from error
    context: dict[str, object] = {
        "layout": "ui/frame.html" if request.actor else "ui/bare.html",
        "page": shown,
        "all": [pages.shown(one, language) for one in pages.names()],
        "turned": request.headers.get("HX-Trigger") != OPENER,
    }
    return render(request, "guides/_sheet.html" if sheet else "guides/page.html", context)
