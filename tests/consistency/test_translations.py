"""Every string of the interface speaks Polish, Ukrainian and Russian, with the same values in it."""

import re

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings

from przystan.project import messages
from przystan.reference.shipped import shipped

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def source() -> Catalog:
    return messages.source_catalog()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_untranslated(source: Catalog, language: str) -> None:
    translated = messages.read(language)
    missing = [str(one.id) for one in source if one.id and not _found(translated, one)]
    assert not missing, f"{len(missing)} strings, `make messages` collects them: {missing[:10]}"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_translated_that_is_gone(source: Catalog, language: str) -> None:
    gone = [str(one.id) for one in messages.read(language) if one.id and source.get(_key(one), one.context) is None]
    assert not gone, f"run `make messages`: {gone[:10]}"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_translations_hold_the_same_values(language: str) -> None:
    """A plural form may leave out the number ("one row"), nothing may be added or renamed."""
    wrong = []
    for one in messages.read(language):
        if one.id:
            plural = isinstance(one.id, list | tuple)
            wanted = set(PLACEHOLDER.findall(one.id[-1] if plural else one.id))
            for text in one.string if plural else [one.string]:
                found = set(PLACEHOLDER.findall(text))
                if found - wanted or (not plural and found != wanted):
                    wrong.append((one.id, text))
    assert not wrong


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_plurals_have_every_form(language: str) -> None:
    catalog = messages.read(language)
    assert catalog.num_plurals == 3
    assert all(len(one.string) == 3 for one in catalog if isinstance(one.id, list | tuple))


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


def _found(catalog: Catalog, wanted: Message) -> bool:
    one = catalog.get(_key(wanted), wanted.context)
    return one is not None and not messages.untranslated([one])  # type: ignore[arg-type]


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id
