"""One word for one thing: the catalogues and the guides keep to the tables of docs/glossary.md."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from przystan.project import messages

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text().partition("\n## Words on the screen\n")[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in GLOSSARY.splitlines() if line.startswith("| ")
]
TERMS = [row for row in ROWS if len(row) == 5 and row[0] != "English"]
LAW = [row for row in ROWS if len(row) == 2 and row[0] != "English"]
NEVER = [word for row in TERMS for word in row[4].split(", ") if word]
PLACES = dict(zip(("pl", "uk", "ru"), (1, 2, 3), strict=True))
GUIDES = sorted((ROOT / "docs" / "user").glob("*/*.md"))


def said(language: str) -> Iterator[str]:
    """Everything the interface says in a language, in small letters."""
    for module in messages.modules():
        for message in messages.read(module, language):
            if message.id:
                forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
                yield from (form.casefold() for form in forms)


def test_the_tables_are_read() -> None:
    assert len(TERMS) > 15
    assert len(NEVER) > 15
    assert len(LAW) > 5


@pytest.mark.parametrize("language", PLACES)
def test_the_interface_uses_the_terms(language: str) -> None:
    everything = "\n".join(said(language))
    missing = [row[0] for row in TERMS if row[PLACES[language]].casefold() not in everything]
    assert not missing


def test_words_of_the_law_are_those_of_the_table() -> None:
    everything = "\n".join(said("pl"))
    assert not [polish for _english, polish in LAW if polish not in everything]


@pytest.mark.parametrize("language", PLACES)
def test_the_interface_never_says_what_was_refused(language: str) -> None:
    assert not [(word, text) for text in said(language) for word in NEVER if begins(word, text)]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_the_guides_never_say_what_was_refused(guide: Path) -> None:
    text = guide.read_text().casefold()
    assert not [word for word in NEVER if begins(word, text)]


def begins(word: str, text: str) -> bool:
    """Whether a word of the text begins so."""
    return re.search(rf"(?<!\w){re.escape(word.casefold())}", text) is not None


def test_a_refused_word_is_found_at_the_beginning_of_words_only() -> None:
    assert begins("загрузка", "загрузка данных")
    assert not begins("загрузка", "перезагрузка")
