"""Pages that htmx may ask for in part. A fragment is the same template piece that the whole page includes."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect as http_redirect
from django.shortcuts import render as render_page
from django.utils.cache import patch_vary_headers


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of the page (not for a whole page by a boosted link or the history)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render(
    request: HttpRequest, template: str, context: dict[str, object] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """The page `dir/page.html`; or, when htmx asks and `part` is given, only its piece `dir/_part.html`."""
    name = template
    if part and is_fragment(request):
        name = f"{template.rpartition('/')[0]}/_{part}.html"
    response = render_page(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def toast(response: HttpResponse, text: str, tone: str = "good") -> HttpResponse:
    """Let the answer to an htmx request show a toast."""
    response["HX-Trigger"] = json.dumps({"toast": {"text": str(text), "tone": tone}})
    return response


def redirect(request: HttpRequest, to: str) -> HttpResponse:
    """Go to another page, asked by htmx or not. `to`: a path of ours or a URL name."""
    answer = http_redirect(to)
    if not is_fragment(request):
        return answer
    return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
