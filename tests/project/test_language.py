"""The command line speaks the language of the person at the terminal, from argparse's first word on."""

import argparse
import gettext
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract

from przystan.project import language, logs
from przystan.project.cli import COMMANDS, main, parsing
from przystan.project.messages import source_catalog
from przystan.project.trouble import Exit

VARIABLES = (language.OURS, *language.ENVIRONMENT)
# Mistakes of a programmer, which no user of a finished parser ever reads.
PROGRAMMING = (
    "__call__", "conflict", "mode %r", "cannot merge", "'required'", "invalid option string", "dest=",
    "mutually exclusive", "multiple subparser", "unexpected option string", "callable",
    "expected %s argument", "deprecated", "prefix", "arguments to add_subparsers",
)  # fmt: skip


@pytest.fixture(autouse=True)
def english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*VARIABLES, "LANGUAGE"):
        monkeypatch.setenv(name, "")
    before = gettext.textdomain()
    yield
    gettext.textdomain(before)


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({}, "en"),
        ({"LANG": "pl_PL.UTF-8"}, "pl"),
        ({"LANG": "pl_PL.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "pl_PL", "LC_MESSAGES": "uk_UA"}, "uk"),
        ({"LANG": "ru", "LC_ALL": ""}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C", "PRZYSTAN_LANGUAGE": "uk"}, "uk"),
        ({"LANG": "pl_PL@euro", "PRZYSTAN_LANGUAGE": ""}, "pl"),
    ],
)
def test_the_first_variable_that_is_set_decides(
    variables: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language.chosen() == code


def test_a_language_we_have_not_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PRZYSTAN_LANGUAGE", "xx")
    assert main(["check"]) == Exit.SETTINGS
    assert "which is none of pl, en, uk, ru" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["pl", "uk", "ru"])
def test_help_and_wrong_usage_are_translated(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", f"{code}_XX.UTF-8")
    for words in (["--help"], ["init", "--help"], ["serve", "--port", "x"], ["nonsense"], ["user"]):
        with pytest.raises(SystemExit):
            main(words)
    said = capsys.readouterr()
    assert "usage:" not in said.out + said.err
    assert "error:" not in said.err
    for english in ("options", "show this help", "whole number", "the following arguments", "invalid choice", "Set up"):
        assert english not in said.out + said.err


def test_trouble_before_django_is_translated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PRZYSTAN_LANGUAGE", "pl")
    monkeypatch.setenv("PRZYSTAN_DATA", "")
    (tmp_path / "taken").touch()
    assert main(["init", "--data", str(tmp_path / "taken")]) == Exit.FOLDER
    assert "to nie jest folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        *(["serve"], ["worker"], ["migrate"], ["backup"], ["check"], ["audit", "verify"], ["keys", "status"]),
        *(["user", "password", "anna"], ["import", __file__, "--kind", "people", "--as", "anna"]),
    ],
)
def test_where_no_centre_is_none_is_made(
    words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PRZYSTAN_LANGUAGE", "pl")
    monkeypatch.setenv("PRZYSTAN_DATA", "")
    monkeypatch.setattr(logs, "begin", lambda usual: None)
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(variable, raising=False)
    place = tmp_path / "mistyped"
    assert main([*words, "--data", str(place)]) == Exit.DATABASE
    assert f"Nie ma tu jeszcze centrum ({place})" in capsys.readouterr().err
    assert not place.exists()


def test_every_word_of_argparse_is_in_the_catalogues() -> None:
    found = extract("python", io.BytesIO(Path(argparse.__file__).read_bytes()))
    said = [one[1] if isinstance(one[1], str) else one[1][0] for one in found]
    ours = source_catalog("project")
    missing = [one for one in said if one not in ours and not any(part in one for part in PROGRAMMING)]
    assert not missing


def test_every_command_says_what_it_is_for() -> None:
    assert all(len(language.paragraphs(str(module.__doc__))[0]) < 100 for module in COMMANDS.values())
    assert parsing.actions(parsing.parser(COMMANDS)).keys() == COMMANDS.keys()
