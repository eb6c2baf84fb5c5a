"""Rendering pieces of templates without a page around them."""

from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from przystan.ui import examples

HOSTILE = "O'Brien <script>alert(1)</script>\"&"


def draw(source: str, *, path: str = "/ui/", **context: object) -> str:
    """A template source with components, rendered as a page would."""
    template = engines["django"].from_string(CottonCompiler().process(source))
    return str(template.render(context, asking(path)))


def asking(path: str = "/ui/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.actor = None
    return request


def components_page() -> str:
    request = asking()
    return engines["django"].get_template("ui/components.html").render(examples.context(request), request)
