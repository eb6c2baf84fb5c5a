"""A backup of an earlier version's tables, restored by this one: what people wrote is there, in tables of today."""

from pathlib import Path

import pytest

from tests.harness import database

from .comparing import contents, differences
from .restoring import STATES, Centre, restored
from .test_interrupted import assert_like_new
from .test_states import MACHINES, SEALED, SHIPPED


@pytest.mark.parametrize("state", ["first-filled", "last-filled"])
def test_a_backup_of_older_tables_comes_back_as_this_version(state: str, tmp_path: Path, django_db_setup: None) -> None:
    (tmp_path / "old").mkdir()
    file, keys = str(tmp_path / "centre.tar"), str(tmp_path / "keys.tar")
    has_keys = (STATES / f"{state}.keys").exists()
    with restored(state, tmp_path / "old") as old:
        with old.owner() as connection:
            before = contents(connection)
        for words in [[file], *([["--keys", keys]] if has_keys else [])]:
            done = old.run("backup", *words, "--unencrypted")
            assert done.returncode == 0, done.stderr
    with database.empty("elsewhere") as name:
        new = Centre(name, tmp_path / "new")
        done = new.run("restore", file, *(["--keys", keys] if has_keys else ["--without-keys"]))
        assert "all as they were" in done.stdout, done.stderr
        assert_like_new(new)
        with new.owner() as connection:
            after = contents(connection)
        del before["access_auditentry"]
        assert not differences(before, after, MACHINES | SEALED | SHIPPED | {"access_audithead"})
        assert "Nothing to do." in new.run("migrate", "--plan").stdout
        again = new.run("restore", file, "--without-keys")
        assert (again.returncode, "There is a centre here already" in again.stderr) == (4, True)
