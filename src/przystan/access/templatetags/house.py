"""In every template: ways to pages of other modules, and the parts that they add to a page."""

from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from .. import modules
from ..addresses import opens, policy

register = template.Library()


@register.simple_tag
def way(name: str, *words: str) -> str:
    """The path to a page of whichever module has it: {% way "person" person.ref %}."""
    return modules.way(name, *words)


@register.simple_tag(takes_context=True)
def parts(context: Mapping[str, object], place: str, *words: str) -> SafeString:
    """Holders of what other modules add to a page, for who may see it; each is fetched then: {% parts "today" %}."""
    actor = context["request"].actor  # type: ignore[attr-defined]
    open_ones = [one for one in modules.parts(place) if opens(policy()[one], actor)]
    holders = ((reverse(one, args=words),) for one in open_ones)
    return format_html_join("", '<div hx-get="{}" hx-trigger="load" hx-swap="innerHTML"></div>', holders)
