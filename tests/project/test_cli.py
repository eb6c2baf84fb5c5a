"""The command line: help everywhere, and a sentence instead of a traceback."""

import errno
import os
import socket
from pathlib import Path

import pytest
from django.db import OperationalError
from tests.harness import centre as harness

from przystan.project import database
from przystan.project.cli import COMMANDS, centre, database_trouble, demo, main, outside, parsing
from przystan.project.cluster.address import django_database, from_url
from przystan.project.supervision import ports
from przystan.project.trouble import Exit, Trouble, folder_trouble


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["user", "add"], ["user", "password"]])
def test_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert "usage: przystan" in capsys.readouterr().out


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "postgres://u:p@host:port/name", "postgres://host"])
def test_a_database_url_nobody_can_read(url: str) -> None:
    with pytest.raises(Trouble, match="DATABASE_URL") as trouble:
        from_url(url)
    assert trouble.value.code == Exit.SETTINGS
    assert "p@" not in str(trouble.value).replace("password@", "")


def test_a_migration_is_planned_without_a_database(tmp_path: Path) -> None:
    nobody = "postgres://me@127.0.0.1:1/centre"
    said = harness.run("makemigrations", "--plan", data=tmp_path / "none", DATABASE_URL=nobody)
    assert "No changes detected" in said


def test_a_database_url_may_name_a_socket() -> None:
    assert from_url("postgres://me@/centre?host=/run/pg")["HOST"] == "/run/pg"


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://me:secret@127.0.0.1:1/centre")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.setenv("PRZYSTAN_DATA", "")
    assert main(["check", "--data", str(tmp_path)]) == Exit.DATABASE
    said = capsys.readouterr().err
    assert "No PostgreSQL answers at 127.0.0.1, port 1" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ('connection failed: FATAL:  password authentication failed for user "me"', "refuses the password"),
        ('connection failed: FATAL:  database "centre" does not exist', 'database "centre" does not exist'),
        ("fe_sendauth: no password supplied", "wants a password"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', "does not let user"),
        ("[Errno -2] Name or service not known", "Is its name right?"),
        ("connection timeout expired", "within ten seconds"),
        ("something else entirely", "something else entirely"),
    ],
)
def test_what_the_database_says_becomes_a_sentence(words: str, part: str) -> None:
    entry = {"NAME": "centre", "USER": "me", "HOST": "db", "PORT": 5432, "PASSWORD": "secret"}
    said = database.sentence(words, "db, port 5432", entry)
    assert part in said
    assert said.endswith("Nothing was changed.")
    assert "secret" not in said


def test_a_server_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:
        info = type("Info", (), {"server_version": 140012})

        def __enter__(self) -> "Old":
            return self

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(database.psycopg, "connect", lambda **_: Old())
    with pytest.raises(Trouble, match="is PostgreSQL 14"):
        database.require(django_database())


def test_a_busy_port() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} .*--port {port + 1}") as trouble:
            ports.require_free("127.0.0.1", port)
        assert trouble.value.code == Exit.PORT
        assert ports.next_free("127.0.0.1", port) > port


@pytest.mark.parametrize(
    ("number", "part"),
    [(errno.ENOSPC, "is full"), (errno.EROFS, "Make the folder writable"), (errno.ENOTDIR, "is not a folder")],
)
def test_a_folder_that_cannot_be_used(number: int, part: str) -> None:
    trouble = folder_trouble(OSError(number, os.strerror(number)), Path("/data"))
    assert part in str(trouble)
    assert trouble.code == Exit.FOLDER


def test_a_file_where_the_folder_should_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    with pytest.raises(Trouble, match="is not a folder"):
        centre.prepare(taken, founding=True)


def test_a_mistake_of_ours_keeps_its_traceback() -> None:
    with pytest.raises(FileNotFoundError):
        outside(FileNotFoundError(errno.ENOENT, "gone", "/somewhere/else.toml"))
    assert database_trouble(ValueError("ours")) is None


def test_a_database_that_breaks_off() -> None:
    assert "The disk of the database is full" in str(database_trouble(OperationalError("No space left on device")))
    assert "was undone" in str(database_trouble(OperationalError("terminating connection")))


def test_network_drives_are_recognised(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(centre, "file_system", lambda folder: "nfs4")
    with pytest.raises(Trouble, match="network drive"):
        centre.embedded(tmp_path)


def test_the_file_system_of_a_folder_is_known() -> None:
    assert centre.file_system(Path("/proc/self")) in ("proc", "")


@pytest.mark.django_db
def test_unsafe_settings_of_the_database_are_seen() -> None:
    assert set(database.unsafe_settings()) <= {
        "fsync = off",
        "full_page_writes = off",
        "synchronous_commit = off",
        "data_checksums = off",
    }


SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on"}
WRONG = [SAFE | {name: value} for name in SAFE for value in ("off", "", "unknown")]


@pytest.mark.parametrize("found", WRONG)
def test_each_wrong_setting_is_named(found: dict[str, str]) -> None:
    assert len(database.unsafe(found)) == 1


@pytest.mark.parametrize("missing", SAFE)
def test_a_setting_that_is_not_told_counts_as_wrong(missing: str) -> None:
    assert database.unsafe({name: value for name, value in SAFE.items() if name != missing}) == [f"{missing} = ?"]


def test_safe_settings_pass() -> None:
    assert database.unsafe(SAFE) == []


@pytest.mark.django_db
def test_serving_is_refused_with_unsafe_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    from przystan.project.cli import serve

    monkeypatch.setattr(database, "unsafe_settings", lambda: ["fsync = off"])
    with pytest.raises(Trouble, match="can lose saved work: fsync = off") as trouble:
        serve.require_safe()
    assert trouble.value.code == Exit.UNSAFE
    monkeypatch.setenv("PRZYSTAN_ACCEPT_UNSAFE_DATABASE", "1")
    serve.require_safe()


def test_django_database_of_the_embedded_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PRZYSTAN_DATA", str(tmp_path))
    entry = django_database()
    assert entry["HOST"].startswith(str(tmp_path)) or entry["HOST"].startswith("/tmp/przystan-")
    assert "PASSWORD" not in entry


@pytest.mark.parametrize(
    "wrong", [["--port", "99999"], ["--port", "0"], ["--people", "-4"], ["--people", "many"], ["--supports", "-1"]]
)
def test_a_number_that_cannot_be_is_said(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", *wrong])
    assert ended.value.code == Exit.USAGE
    assert f"{wrong[1]!r} is not a whole number" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--organisation", "--short-name", "--point", "--name", "--login"])
def test_a_centre_of_blanks_is_not_made(option: str) -> None:
    given = parsing.parser(COMMANDS).parse_args(["init", option, "   "])
    assert not getattr(given, option.strip("-").replace("-", "_")), "a blank name is asked for again"


def test_a_demo_without_its_note_still_tells_its_accounts(tmp_path: Path) -> None:
    accounts = demo.noted(tmp_path / "demo.json")
    assert "reception" in [one["login"] for one in accounts]
    assert {one["password"] for one in accounts} == {"przystan-demo"}
