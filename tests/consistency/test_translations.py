"""Every string of the interface speaks Polish, Ukrainian and Russian, with the same values in it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.apps import apps
from django.conf import settings

from przystan.project import messages
from przystan.reference.shipped import shipped

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def sources() -> dict[str, Catalog]:
    return {module: messages.source_catalog(module) for module in messages.modules()}


def translations(language: str) -> Iterator[tuple[str, Message]]:
    """(module, message) of every catalogue of a language."""
    for module in messages.modules():
        yield from ((module, one) for one in messages.read(module, language) if one.id)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_untranslated(sources: dict[str, Catalog], language: str) -> None:
    wanted = {(module, messages.key(one)) for module, source in sources.items() for one in source if one.id}
    said = {(module, messages.key(one)) for module, one in translations(language) if messages.is_translated(one)}
    missing = sorted(wanted - said, key=str)
    assert not missing, f"{len(missing)} strings, `make messages` collects them: {missing[:10]}"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_translated_that_is_gone(sources: dict[str, Catalog], language: str) -> None:
    kept = [(module, messages.key(one)) for module, one in translations(language)]
    gone = [(module, key) for module, key in kept if sources[module].get(*key) is None]
    assert not gone, f"run `make messages`: {gone[:10]}"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_modules_say_the_same_alike(language: str) -> None:
    """Django would take either translation for both modules."""
    said: dict[messages.Key, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for module, one in translations(language):
        said[messages.key(one)][str(one.string)].append(module)
    apart = {key: {**ways} for key, ways in said.items() if len(ways) > 1}
    assert not apart, f"say one, or tell them apart by a context (`pgettext`): {apart}"


def test_only_modules_that_django_asks_have_a_catalogue() -> None:
    installed = {config.path for config in apps.get_app_configs()}
    speaking = {module for language in messages.LANGUAGES for module, _ in translations(language)}
    assert {str(messages.PACKAGE / module) for module in speaking} <= installed
    assert {path.parent.name for path in messages.PACKAGE.rglob("locale")} >= speaking > {"project", "ui"}


def test_a_new_string_is_said_as_another_module_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    for module in ("old", "new", "silent"):
        (tmp_path / module).mkdir()
        (tmp_path / module / "__init__.py").touch()
    (tmp_path / "old" / "views.py").write_text('_("Lend a book")\npgettext("noun", "Lend a book")\n')
    assert messages.update() == dict.fromkeys(messages.LANGUAGES, 2)
    said = messages.read("old", "pl")
    said.get("Lend a book").string = "Wypożycz książkę"
    messages.write("old", "pl", said)
    (tmp_path / "new" / "views.html").write_text('{% translate "Lend a book" %}{% translate "Return" %}')
    assert messages.update() == {"pl": 2, "uk": 3, "ru": 3}
    for language, lend in (("pl", "Wypożycz książkę"), ("uk", ""), ("ru", "")):
        said = messages.read("new", language)
        assert {one.id: one.string for one in said if one.id} == {"Lend a book": lend, "Return": ""}
    assert not messages.po_path("silent", "pl").exists()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_translations_hold_the_same_values(language: str) -> None:
    """A plural form may leave out the number ("one row"), nothing may be added or renamed."""
    wrong = []
    for _, one in translations(language):
        plural = isinstance(one.id, list | tuple)
        wanted = set(PLACEHOLDER.findall(one.id[-1] if plural else one.id))
        for text in one.string if plural else [one.string]:
            found = set(PLACEHOLDER.findall(text))
            if found - wanted or (not plural and found != wanted):
                wrong.append((one.id, text))
    assert not wrong


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_plurals_have_every_form(language: str) -> None:
    speaking = {module for module, _ in translations(language)}
    assert {messages.read(module, language).num_plurals for module in speaking} == {3}
    assert all(len(one.string) == 3 for _, one in translations(language) if isinstance(one.id, list | tuple))


@pytest.mark.parametrize(
    ("module", "name", "table"),
    [
        ("support", "catalogue", "line"),
        ("support", "catalogue", "service"),
        ("support", "catalogue", "topic"),
        ("reference", "residence_titles", "title"),
        ("funding", "programmes", "funder"),
        ("people", "consents", "text"),
    ],
)
def test_shipped_names_speak_all_languages(module: str, name: str, table: str) -> None:
    languages = {code for code, _ in settings.LANGUAGES}
    silent = [
        row.get("code", row.get("key", row.get("purpose")))
        for row in shipped(module, name)[table]
        if not languages <= {code for code, text in row["names"].items() if text.strip()}
    ]
    assert not silent


def test_shipped_indicators_speak_all_languages() -> None:
    languages = {code for code, _ in settings.LANGUAGES}
    rows = [
        one for programme in shipped("funding", "programmes")["programme"] for one in programme.get("indicator", [])
    ]
    assert len(rows) > 50
    assert all(languages <= set(row["names"]) for row in rows)


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_no_language_holds_the_words_of_another(language: str) -> None:
    """Ukrainian and Russian are Cyrillic; a name or a code stays as in the source, or has no word in it."""
    latin = [
        (module, one.id, text)
        for module, one in translations(language)
        for text in (one.string if isinstance(one.string, list | tuple) else [one.string])
        if re.search("[a-ząćęłńóśźż]{4}", PLACEHOLDER.sub("", text))
        and not re.search("[а-яіїєґ]", text)
        and text not in (one.id, *one.id)
    ]
    assert not latin


def test_ukrainian_is_written_with_its_own_apostrophe() -> None:
    straight = re.compile("[а-яіїєґ]'[а-яіїєґ]", re.IGNORECASE)
    texts = (
        (module, text)
        for module, one in translations("uk")
        for text in (one.string if isinstance(one.string, list | tuple) else [one.string])
    )
    assert [(module, text) for module, text in texts if straight.search(text)] == []
