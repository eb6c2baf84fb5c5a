"""`przystan import`: a dry run by default, then all or nothing."""

import argparse
from pathlib import Path

import pytest
from django.utils import translation
from tests import factories

from przystan.exchange.models import ImportBatch
from przystan.people.models import Person
from przystan.project.cli import imports
from przystan.project.trouble import Trouble
from przystan.reference.loading import load_reference
from przystan.team.queries import actor_for

GOOD = "Imię;Nazwisko;Data ur.\nOlena;Kowalenko;3.05.1990\nGiorgi;Beridze;1985\n"
BAD = GOOD + "Nino;Abashidze;31.02.1990\n"


def run(tmp_path: Path, text: str, *options: str) -> int:
    """The part of the command after the centre is open."""
    load_reference()
    organisation = factories.organisation()
    by = factories.actor(organisation, "coordinator", at=factories.point(organisation))
    file = tmp_path / "old.csv"
    file.write_text(text)
    parser = argparse.ArgumentParser()
    imports.arguments(parser)
    with translation.override("en"):
        found = parser.parse_args([str(file), "--kind", "people", "--as", "x", *options])
        return imports.take(found, imports.contents(file), by)


@pytest.mark.django_db
def test_a_dry_run_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, BAD) == 1
    said = capsys.readouterr().out
    assert "Data ur. -> born" in said
    assert "row 4: Data ur., “31.02.1990”: there is no such day" in said
    assert not Person.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_writing_imports_and_can_be_taken_back(tmp_path: Path) -> None:
    assert run(tmp_path, GOOD, "--write") == 0
    assert Person.objects.count() == 2
    assert ImportBatch.objects.get().state == "done"


@pytest.mark.django_db
def test_good_rows_only(tmp_path: Path) -> None:
    assert run(tmp_path, BAD, "--write", "--good-rows-only") == 0
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_who_may_not_import_is_told() -> None:
    organisation = factories.organisation()
    factories.actor(organisation, "adviser", at=factories.point(organisation))
    from przystan.access.models import User

    user = User.objects.first()
    assert user
    assert actor_for(user)
    with pytest.raises(Trouble, match="no role that may import"):
        imports.actor(user.username)
    with pytest.raises(Trouble, match="no account"):
        imports.actor("nobody")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Cannot read"):
        imports.contents(tmp_path / "missing.csv")


@pytest.mark.django_db
def test_what_is_taken_otherwise_is_said_and_the_day_of_ages_can_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "Klient;Wiek\nOlena Kowalenko;30\n", "--ages-on", "2019-05-01") == 0
    assert "row 2: “1989”: born in this year by the age" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        run(tmp_path, "Klient;Wiek\nOlena Kowalenko;30\n", "--ages-on", "maj")
    assert "write it like 2019-05-01" in capsys.readouterr().err
