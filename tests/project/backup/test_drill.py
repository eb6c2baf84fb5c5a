"""The drill: what `przystan bench restore` measures, small; and what must not work on the way.

Every command is said as an operator says it, in a process of its own. With a server of one's own (DATABASE_URL) the
centre moves from the embedded PostgreSQL to that server, so from one major version to another.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from bench import restore as drill
from tests.harness import database, ports

from przystan.project import cluster
from przystan.project.backup import restoring, target
from przystan.project.cli import COMMANDS

pytestmark = pytest.mark.drill


def untimed(name: str, work: Callable[[], Any]) -> Any:
    return work()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[drill.Place]:
    """A demo centre with its own embedded server."""
    place = drill.Place(tmp_path_factory.mktemp("source"))
    place.said("demo", "--no-serve", "--people", 20, "--supports", 60)
    with place.up():
        yield place


@pytest.fixture(scope="module")
def taken(source: drill.Place, tmp_path_factory: pytest.TempPathFactory) -> drill.Taken:
    """Its backup, made while two colleagues wrote."""
    return drill.take(source, tmp_path_factory.mktemp("taken"), 2, untimed)


@pytest.fixture
def elsewhere(tmp_path: Path, database_server: None) -> Iterator[drill.Place]:
    """Another machine: another folder and, where the tests have a server of their own, an empty database on it."""
    if database.EMBEDDED:
        yield drill.Place(tmp_path / "elsewhere")
        return
    name = f"test_run_{os.getpid()}_restored"
    urls = {key: os.environ[key].rpartition("/")[0] + f"/{name}" for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    with database.administrator() as administrator:
        database.drop(administrator, name)
        administrator.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")  # type: ignore[call-overload]
    yield drill.Place(tmp_path / "elsewhere", urls | {"PRZYSTAN_ACCEPT_UNSAFE_DATABASE": "1"})
    with database.administrator() as administrator:
        database.drop(administrator, name)


def test_the_drill(taken: drill.Taken, elsewhere: drill.Place) -> None:
    assert taken.acknowledged
    assert taken.meanwhile, "nobody wrote while the backup was made"
    said = drill.bring_back(taken, elsewhere, untimed)
    assert "all as they were" in said
    with elsewhere.up():
        counts = drill.compare(taken, elsewhere)
        assert counts["kept"] == len(taken.acknowledged)
        assert counts["tables"] > 50
        with drill.served(elsewhere, ports.reserved()) as url:
            drill.open_note(url)
        # Where there is a centre, nothing is restored.
        again = elsewhere.said("restore", taken.backup, "--keys", taken.keys, "--identity", taken.identity, code=4)
        assert "There is a centre here already" in again


def test_keys_and_identity_are_asked_for_before_anything_is_done(taken: drill.Taken, tmp_path: Path) -> None:
    place = drill.Place(tmp_path / "elsewhere")
    assert "Where are the keys?" in place.said("restore", taken.backup, "--identity", taken.identity, code=2)
    assert "--identity" in place.said("restore", taken.backup, "--keys", taken.keys, code=2)
    other = tmp_path / "other"
    place.said("backup", "--new-identity", other)
    said = place.said("restore", taken.backup, "--keys", taken.keys, "--identity", other, code=1)
    assert "cannot be opened with this identity" in said
    options = ("--keys", taken.backup, "--identity", taken.identity)
    assert "not a backup" in place.said("restore", taken.keys, *options, code=2)
    assert not place.folder.exists(), "a restore that was refused has left something"


def test_what_is_not_ours_in_the_database_stays_closed(
    source: drill.Place, taken: drill.Taken, elsewhere: drill.Place, tmp_path: Path
) -> None:
    """A backup sealed with the centre's own keys, too: somebody had the database for a while."""
    with psycopg_of(source) as connection:
        connection.execute("CREATE FUNCTION listens() RETURNS void LANGUAGE sql AS $$ SELECT $$")
        source.said("backup", tmp_path / "a.tar", "--unencrypted")
        connection.execute("DROP FUNCTION listens()")
    options = (tmp_path / "a.tar", "--keys", taken.keys, "--identity", taken.identity)
    with elsewhere.up():
        said = elsewhere.said("restore", *options, code=7)
        assert "The function listens is none of ours" in said
        assert "It stays closed" in said
        assert "A restore was interrupted here" in elsewhere.said("check", code=4)


def test_without_keys_it_comes_back_and_paper_opens_it(source: drill.Place, taken: drill.Taken, tmp_path: Path) -> None:
    from przystan.access.keys import boxes

    place = drill.Place(tmp_path / "elsewhere")
    options = ("--without-keys", "--identity", taken.identity)
    with place.up():
        said = place.said("restore", taken.backup, *options, code=1)
        assert "all as they were" in said
        assert "centre-1.key is missing" in said
        assert "Key audit-2 is in" in said, "the number of the lost one is not used again"
        drill.compare(taken, place, verify=False)
        paper = boxes.printed((source.folder / "keys" / "centre-1.key").read_bytes())
        assert "centre-1.key is back" in place.said("keys", "recover", "1", typed=f"{paper}\n")
        assert "All is well." in place.said("keys", "status")
        place.said(
            "user", "add", "again", "--name", "Again", "--role", "adviser", "--organisation", "CWII"
        )  # what is saved is noted in the log
        verified = place.said("audit", "verify", code=1)
        assert "key" in verified


def test_a_killed_backup_leaves_none_and_the_next_one_is_whole(source: drill.Place, tmp_path: Path) -> None:
    """Killed without a chance to clean up, while it writes."""
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "przystan.project.cli", "backup", str(out), "--unencrypted"]
    for _ in range(3):
        process = subprocess.Popen(command, env=source.environment(), stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + drill.PATIENCE
        while not any(path.stat().st_size for path in out.iterdir()):
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
        process.kill()
        process.wait()
        (left,) = out.iterdir()
        assert left.name.endswith(target.UNFINISHED), "what is half made looks like a whole one"
    source.said("backup", out, "--unencrypted")
    (whole,) = out.iterdir()
    assert target.NAME.fullmatch(whole.name)
    assert restoring.described(whole, []).rows > 1000


def test_the_keys_are_in_no_backup(source: drill.Place, taken: drill.Taken, tmp_path: Path) -> None:
    """Byte by byte, in the clear file too."""
    source.said("backup", tmp_path / "clear.tar", "--unencrypted")
    content = (tmp_path / "clear.tar").read_bytes()
    secrets = [*(source.folder / "keys").glob("*.key"), source.folder / "secret.key"]
    assert len(secrets) >= 3
    assert not [path.name for path in secrets if path.read_bytes().strip() in content]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (taken.backup, taken.keys, tmp_path / "clear.tar"))


def test_nothing_is_written_in_clear_unasked(source: drill.Place, tmp_path: Path) -> None:
    assert "For whom?" in source.said("backup", tmp_path, code=2)
    assert "For whom?" in source.said("backup", "--keys", tmp_path, code=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", [(), ("--keys",)])
def test_a_disk_that_is_away_does_not_become_a_file(source: drill.Place, tmp_path: Path, what: tuple[str, ...]) -> None:
    said = source.said("backup", *what, tmp_path / "mnt", "--unencrypted", code=5)
    assert f"There is no folder {tmp_path / 'mnt'}" in said
    assert list(tmp_path.iterdir()) == []


def test_good_and_failed_ones_are_noted(source: drill.Place, taken: drill.Taken, tmp_path: Path) -> None:
    assert "There is no folder" in source.said("backup", tmp_path / "away" / "a", "--unencrypted", code=5)
    said = source.said("backup")
    assert "The last good backup: 20" in said
    assert "Failed at 20" in said
    with psycopg_of(source) as connection:
        rows = connection.execute("SELECT DISTINCT action FROM access_auditentry WHERE action LIKE 'backup.%'")
        assert {row[0] for row in rows} == {"backup.make", "backup.keys"}


def psycopg_of(place: drill.Place) -> "psycopg.Connection[Any]":
    from przystan.project.backup import snapshot

    return snapshot.connect(place.database())


def test_the_application_alone_cannot_back_up_nor_change_the_schedule(source: drill.Place, taken: drill.Taken) -> None:
    """Its view is filtered; and whoever breaks into it must not lead backups elsewhere, or forget them."""
    from przystan.project.backup import snapshot
    from przystan.project.cluster.address import APPLICATION, Places, embedded
    from przystan.project.trouble import Trouble

    entry = embedded(Places(source.folder), APPLICATION)
    with pytest.raises(Trouble, match="does not own the tables"):
        snapshot.connect(entry)
    for statement in ("DELETE FROM access_backuprun", "UPDATE access_backupplan SET recipients = ''"):
        with (
            psycopg.connect(host=entry["HOST"], user=entry["USER"], dbname=entry["NAME"]) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.mark.skipif(not database.EMBEDDED, reason="the same centre in both runs")
def test_a_killed_restore_leaves_no_centre_and_begins_anew(taken: drill.Taken, tmp_path: Path) -> None:
    place = drill.Place(tmp_path / "elsewhere")
    options = ("--keys", taken.keys, "--identity", taken.identity)
    with place.up():
        kill_at(place, taken.backup, options, lambda: is_marked(place))
        # Killed once more, when everything is loaded and compared is not.
        kill_at(place, taken.backup, options, lambda: has_table(place, "team_organisation"))
        for command in (["check"], ["serve", "--port", str(ports.reserved())], ["migrate"], ["init"]):
            assert command[0] in COMMANDS
            assert "A restore was interrupted here" in place.said(*command, code=4)
        assert "all as they were" in place.said("restore", taken.backup, *options)
        drill.compare(taken, place)


def kill_at(place: drill.Place, file: Path, options: tuple[Any, ...], moment: Callable[[], bool]) -> None:
    """Begin a restore and kill it, without a chance to clean up, when `moment` has come."""
    command = [sys.executable, "-m", "przystan.project.cli", "restore", str(file), *map(str, options)]
    process = subprocess.Popen(command, env=place.environment(), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + drill.PATIENCE
    while not moment():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()


def is_marked(place: drill.Place) -> bool:
    return has_table(place, "restore_unfinished")


def has_table(place: drill.Place, name: str) -> bool:
    """Whether the database of an embedded centre has a table now."""
    places = cluster.Places(place.folder)
    try:
        with psycopg.connect(host=str(places.sockets), user="postgres", dbname="przystan") as connection:
            return connection.execute("SELECT to_regclass(%s) IS NOT NULL", [name]).fetchone() == (True,)
    except psycopg.OperationalError:
        return False
