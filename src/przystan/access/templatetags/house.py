"""In every template: ways to pages of other modules, and the parts that they add to a page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import modules
from ..addresses import opens, policy
from ..modules import Later, Part

register = template.Library()


@register.simple_tag
def way(name: str, *words: str) -> str:
    """The path to a page of whichever module has it: {% way "person" person.ref %}."""
    return modules.way(name, *words)


@register.simple_tag(takes_context=True)
def parts(context: Mapping[str, Any], place: str, *objects: Any) -> SafeString:
    """What other modules add to this page, for who may see it: {% parts "today" %}, {% parts "person" person %}."""
    request = context["request"]
    shown = (_part(request, part, objects) for part in modules.parts(place))
    return format_html_join("", "{}", ((text,) for text in shown if text))


def _part(request: HttpRequest, part: Part | Later, objects: tuple[Any, ...]) -> str:
    if isinstance(part, Part):
        found = part.of(request.actor, *objects)  # type: ignore[attr-defined]
        return "" if found is None else SafeString(get_template(part.template).render(dict(found), request).strip())
    if not opens(policy()[part.address], request.actor):  # type: ignore[attr-defined]
        return ""
    address = reverse(part.address, args=[one.ref for one in objects])
    return format_html('<div hx-get="{}" hx-trigger="load" hx-swap="innerHTML"></div>', address)
