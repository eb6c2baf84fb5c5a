"""What was released is never written anew: somebody's data have gone that way."""

from importlib import metadata
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db.migrations import RunSQL
from tests.upgrades import released

CHANGED = (
    "{name} was released with {version}, and centres have run it. Put the file, and the SQL that it takes from "
    "elsewhere, back as they were, and write a new migration that makes the difference."
)
GONE = "{name} was released with {version} and is gone. Put it back: data of {version} could not be brought up to date."


def faults(versions: dict[str, dict[str, str]], now: dict[str, str]) -> list[str]:
    """What happened to released migrations, in sentences that say what to do."""
    return [
        (CHANGED if name in now else GONE).format(name=name, version=version)
        for version, names in versions.items()
        for name, digest in names.items()
        if now.get(name) != digest
    ]


def test_released_migrations_stay_as_they_are() -> None:
    assert not (found := faults(released.released(), released.digests())), "\n".join(found)


def test_one_that_changed_or_went_is_told() -> None:
    versions = {"0.1.0": {"people.0001": "a", "people.0002": "b", "people.0003": "c"}}
    changed, gone = faults(versions, {"people.0001": "a", "people.0002": "x", "people.0004": "d"})
    assert changed.startswith("people.0002 was released with 0.1.0")
    assert "write a new migration" in changed
    assert gone.startswith("people.0003 was released with 0.1.0 and is gone")


def test_sql_from_elsewhere_belongs_to_a_migration() -> None:
    def migration(sql: str) -> Any:
        return type("Migration", (), {"operations": [RunSQL(sql), SimpleNamespace()], "__module__": __name__})()

    assert released.digest(migration("SELECT 1")) == released.digest(migration("SELECT 1"))
    assert released.digest(migration("SELECT 1")) != released.digest(migration("SELECT 2"))


def test_a_release_adds_what_is_new_and_touches_nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(released, "LIST", tmp_path / "released.json")
    released.LIST.write_text('{"0.1.0": {"people.0001_initial": "as it was"}}')
    assert released.release() == len(released.digests()) - 1
    assert released.released()["0.1.0"] == {"people.0001_initial": "as it was"}
    assert "people.0001_initial" not in released.released()[released.version()]
    assert released.release() == 0


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_make() -> None:
    """Raises SystemExit when a model has changed and no migration says so."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_version_is_the_changelogs() -> None:
    changelog = (released.PROJECT.parent / "CHANGELOG.md").read_text()
    newest = changelog.split("\n## ")[1].split(",")[0].strip()
    assert released.version() == newest
    assert metadata.version("przystan") == newest
