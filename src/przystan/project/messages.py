"""The interface's strings: found in code and templates, kept in `locale/`, compiled; by Babel alone.

Django's own `makemessages` calls GNU xgettext, which a newcomer does not have. Its `templatize` turns a template into
text in which Babel's Python extractor finds the same calls.
"""

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from .language import paragraphs

PACKAGE = Path(__file__).resolve().parent.parent
COMMANDS = PACKAGE / "project" / "cli"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("pl", "uk", "ru")  # the source strings are English
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
Message = str | tuple[str, ...]


def _found(path: Path) -> Iterator[tuple[Message, str | None]]:
    """(message, context) of each translatable string in one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = templatize(text)
    for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        yield message, context
    if path.parent == COMMANDS and "\ndef arguments(" in text:  # a command: its docstring is its help
        yield from ((part, None) for part in paragraphs(ast.get_docstring(ast.parse(text)) or ""))


def source_catalog() -> Catalog:
    """Every translatable string of the package. Not where: a moved line would change every catalogue."""
    catalog = Catalog(project="Przystań", charset="utf-8", fuzzy=False)
    paths = sorted(path for suffix in ("py", "html") for path in PACKAGE.rglob(f"*.{suffix}"))
    for path in paths:
        if "migrations" not in path.parts:
            for message, context in _found(path):
                catalog.add(message, context=context)
    return catalog


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it is in the repository; empty when there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> dict[str, int]:
    """Bring every .po up to date with the sources; language -> number of strings still without translation."""
    source = source_catalog()
    return {language: _update(language, source) for language in LANGUAGES}


def _update(language: str, source: Catalog) -> int:
    catalog = read(language)
    catalog.update(source, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.header_comment = f"# Przystań in the language {language}. Licence: EUPL-1.2."
    catalog.project, catalog.version, catalog.msgid_bugs_address = "Przystań", "1", ""
    catalog.last_translator, catalog.language_team = "Przystań", language
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, no_location=True, omit_header=False)
    return len(untranslated(catalog))


def untranslated(catalog: Catalog) -> list[str]:
    """Messages of a catalogue without a translation, or without one of their plural forms."""
    return [str(message.id) for message in catalog if message.id and not _is_complete(message.string)]


def _is_complete(translation: str | list[str] | tuple[str, ...] | None) -> bool:
    return all(translation) if isinstance(translation, tuple | list) else bool(translation)


def compile_all() -> None:
    """Write django.mo beside each django.po that is newer."""
    for language in LANGUAGES:
        source, target = po_path(language), po_path(language).with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, read(language))
