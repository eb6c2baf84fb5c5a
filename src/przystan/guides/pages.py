"""The pages of the guide, docs/user, made into HTML once for each language.

They are written as Markdown, where people read them beside the sources; `user` leads there, and a wheel holds them.
HTML in them is shown as text, never obeyed.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).parent / "user"
FIRST, SOURCE = "index", "en"  # the page that leads to all others; the language whose order is taken
PAGE = re.compile(r"([a-z-]+)\.md")
LOWER = 2  # levels: a sheet has headings of its own above the page's
MARKDOWN = MarkdownIt("js-default", {"html": False, "linkify": False})
# A table that is wider than a telephone scrolls by itself, by the keyboard as well.
MARKDOWN.add_render_rule("table_open", lambda *_: '<div class="table-scroll" tabindex="0"><table>\n')
MARKDOWN.add_render_rule("table_close", lambda *_: "</table></div>\n")


class Unknown(LookupError):
    """There is no such page."""


@dataclass(frozen=True)
class Shown:
    """A page of the guide as HTML. `title`: its first heading, which `html` does not repeat."""

    name: str
    title: str
    html: SafeString

    @property
    def address(self) -> str:
        return address(self.name)


@cache
def names() -> tuple[str, ...]:
    """Every page, in the order in which the first one leads to them."""
    return (FIRST, *re.findall(rf"\]\({PAGE.pattern}\)", _text(FIRST, SOURCE)))


@cache
def shown(name: str, language: str, *, sheet: bool = False) -> Shown:
    """A page in a language. Raises Unknown.

    `sheet`: its headings stand lower, and its links open in the same sheet.
    """
    if name not in names():
        raise Unknown(name)
    tokens = MARKDOWN.parse(_text(name, language))
    title, body = tokens[1].content, tokens[3:]  # "# Title": opened, its words, closed
    for token in body:
        _lead(token, sheet)
        if sheet and token.type.startswith("heading_"):
            token.tag = f"h{int(token.tag[1:]) + LOWER}"
    return Shown(name, title, mark_safe(MARKDOWN.renderer.render(body, MARKDOWN.options, {})))  # noqa: S308 - see above


def address(name: str) -> str:
    """Where a page of the guide is read."""
    return reverse("guides:index") if name == FIRST else reverse("guides:page", args=[name])


def _text(name: str, language: str) -> str:
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


def _lead(token: Token, sheet: bool) -> None:
    """Links lead to pages of the guide; what they name outside of it (the operator's) is words alone."""
    inside = False
    for child in token.children or []:
        if child.type == "link_open":
            found = PAGE.fullmatch(str(child.attrGet("href")))
            inside = found is not None
            if found:
                for attribute in ("href", "hx-get") if sheet else ("href",):
                    child.attrSet(attribute, address(found[1]))
        if child.type in ("link_open", "link_close") and not inside:
            child.type, child.tag, child.content, child.nesting = "text", "", "", 0
