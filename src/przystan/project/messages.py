"""The interface's strings: found in code and templates, kept in each module's `locale/`, compiled; by Babel alone.

Django's own `makemessages` calls GNU xgettext, which a newcomer does not have. Its `templatize` turns a template into
text in which Babel's Python extractor finds the same calls.
"""

import ast
import io
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from .language import paragraphs

PACKAGE = Path(__file__).resolve().parent.parent
COMMANDS = PACKAGE / "project" / "cli"
LANGUAGES = ("pl", "uk", "ru")  # the source strings are English
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
Words = str | tuple[str, ...]
Key = tuple[str, str | None]  # the source string (of a plural its singular) and its context


def modules() -> list[str]:
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def _found(path: Path) -> Iterator[tuple[Words, str | None]]:
    """(message, context) of each translatable string in one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = templatize(text)
    for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        yield message, context
    if path.parent == COMMANDS and "\ndef arguments(" in text:  # a command: its docstring is its help
        yield from ((part, None) for part in paragraphs(ast.get_docstring(ast.parse(text)) or ""))


def source_catalog(module: str) -> Catalog:
    """Every translatable string of a module. Not where: a moved line would change every catalogue."""
    catalog = Catalog(project="Przystań", charset="utf-8", fuzzy=False)
    paths = sorted(path for suffix in ("py", "html") for path in (PACKAGE / module).rglob(f"*.{suffix}"))
    for path in paths:
        if "migrations" not in path.parts:
            for message, context in _found(path):
                catalog.add(message, context=context)
    return catalog


def po_path(module: str, language: str) -> Path:
    return PACKAGE / module / "locale" / language / "LC_MESSAGES" / "django.po"


def read(module: str, language: str) -> Catalog:
    """A module's catalogue in a language as it is in the repository; empty when there is none yet."""
    path = po_path(module, language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(module: str, language: str, catalog: Catalog) -> None:
    """Keep a module's catalogue; a module that says nothing has none."""
    path = po_path(module, language)
    if not len(catalog):
        path.unlink(missing_ok=True)
        return
    catalog.fuzzy = False
    catalog.header_comment = f"# Przystań in the language {language}. Licence: EUPL-1.2."
    catalog.project, catalog.version, catalog.msgid_bugs_address = "Przystań", "1", ""
    catalog.last_translator, catalog.language_team = "Przystań", language
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, no_location=True, omit_header=False)


def key(message: Message) -> Key:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id, message.context


def update() -> dict[str, int]:
    """Bring every .po up to date with the sources; language -> number of strings still without translation."""
    sources = {module: source_catalog(module) for module in modules()}
    return {language: _update(language, sources) for language in LANGUAGES}


def _update(language: str, sources: dict[str, Catalog]) -> int:
    """What a module has not said yet is said as others say it."""
    before = {module: read(module, language) for module in sources}
    said = {key(one): one.string for catalog in before.values() for one in catalog if is_translated(one)}
    missing = set()
    for module, source in sources.items():
        catalog = before[module]
        # Babel puts the source's own messages into a catalogue: a copy for each language.
        catalog.update(deepcopy(source), no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        for one in catalog:
            if one.id and not is_translated(one):
                one.string = said.get(key(one), one.string)
        write(module, language, catalog)
        missing |= {key(one) for one in catalog if one.id and not is_translated(one)}
    return len(missing)


def is_translated(message: Message) -> bool:
    """Whether it has a translation, of a plural in all its forms."""
    said = message.string
    return all(said) if isinstance(said, tuple | list) else bool(said)


def compile_all() -> None:
    """Write django.mo beside each django.po that is newer."""
    for module in modules():
        for language in LANGUAGES:
            source, target = po_path(module, language), po_path(module, language).with_suffix(".mo")
            if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
                with target.open("wb") as file:
                    write_mo(file, read(module, language))
