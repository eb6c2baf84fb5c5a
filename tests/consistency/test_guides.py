"""What a guide prints bold are words of the screen, and every language of the guide says the same things."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from przystan.guides import pages
from przystan.project import messages

GUIDES = sorted((Path(__file__).parents[2] / "docs" / "user").glob("*/*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*")
BETWEEN = " → "  # from one to the next, as one clicks
ENDS = " .,:;?!…"


@cache
def said(language: str) -> frozenset[str]:
    """Everything that the screen says in a language, small and without what ends it."""
    return frozenset(plain(text) for module in messages.modules() for text in texts(module, language))


def texts(module: str, language: str) -> Iterator[str]:
    if language == "en":
        found = (one.id for one in messages.source_catalog(module) if one.id)
    else:
        found = (one.string for one in messages.read(module, language) if one.id)
    for text in found:
        yield from text if isinstance(text, list | tuple) else [text]


def plain(text: str) -> str:
    return text.casefold().strip(ENDS)


def shown(words: str, language: str) -> bool:
    """Whether the screen says these words: alone, or at the beginning of a longer line."""
    wanted = plain(words)
    return wanted in said(language) or any(re.match(rf"{re.escape(wanted)}[ :;,(]", text) for text in said(language))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_bold_words_are_those_of_the_screen(guide: Path) -> None:
    text = " ".join(guide.read_text(encoding="utf-8").split())
    words = [part for bold in BOLD.findall(text) for part in bold.split(BETWEEN)]
    wrong = [part for part in words if not shown(part, guide.parent.name)]
    assert not wrong, "as the screen says it; what is only stressed stands in *italics*"


def test_words_that_the_screen_does_not_say_are_found() -> None:
    assert shown("Settings", "en")
    assert shown("Write down families", "en"), "the beginning of a line"
    assert not shown("Settin", "en")
    assert not shown("Settings", "uk")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_a_page_has_the_same_parts_in_every_language(guide: Path) -> None:
    here, there = (
        re.findall(r"<(h2|p|li|tr)>", pages.shown(guide.stem, language).html)
        for language in (guide.parent.name, pages.SOURCE)
    )
    assert here == there, "what is said in one language is said in all: headings, paragraphs, points, rows"
