"""Inputs, options and attributes as HTML: a page may have hundreds of options, and a template for each is dear."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def as_attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Attributes of a component or an input, every value escaped (cotton's own `attrs` output is not)."""
    left = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else attrs
    return _safe(_attributes(left))


def as_input(widget: Mapping[str, Any]) -> SafeString:
    """An input, as the context of a widget or of one option describes it."""
    shown = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        shown["value"] = str(widget["value"])
    return _safe(f"<input{_attributes(shown)}{_attributes(widget['attrs'])}>")


def as_options(groups: Iterable[tuple[Any, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a select, by groups where they have a name."""
    return _safe("".join(_group(name, options) for name, options, _ in groups))


def _group(name: Any, options: list[dict[str, Any]]) -> str:
    drawn = "".join(
        f'\n  <option value="{_escaped(str(option["value"]))}"{_attributes(option["attrs"])}>'
        f"{_escaped(option['label'])}</option>"
        for option in options
    )
    return f'\n  <optgroup label="{_escaped(name)}">{drawn}\n  </optgroup>' if name else drawn


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in attrs.items()
        if value is not False and value is not None
    )


def _escaped(value: Any) -> str:
    """Plain text is escaped straight away; whatever else, as templates do it."""
    return escape(value) if type(value) is str else conditional_escape(value)


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - every part went through _escaped
