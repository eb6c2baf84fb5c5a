"""The embedded PostgreSQL: starts, is shared, survives a kill, refuses strangers and other versions."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from przystan.project import cluster
from przystan.project.cluster import Places, Share, Status, config, creation, processes, programs, server
from przystan.project.cluster.places import SOCKET_NAME
from przystan.project.database import DURABLE
from przystan.project.trouble import Exit, Trouble


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose cluster exists; stopped at the end whatever happened."""
    folder = tmp_path_factory.mktemp("centre")
    with Share(folder):
        pass
    yield folder
    cluster.stop(folder)


def ask(centre: Path, sql: str, user: str = "przystan") -> object:
    with psycopg.connect(host=str(Places(centre).sockets), user=user, dbname="przystan") as connection:
        row = connection.execute(sql).fetchone()  # type: ignore[arg-type]
    assert row
    return row[0]


def test_first_use_starts_and_last_use_stops(centre: Path) -> None:
    assert cluster.status(centre) is Status.DOWN
    with Share(centre):
        assert cluster.status(centre) is Status.UP
        with Share(centre):
            pass
        assert cluster.status(centre) is Status.UP
    assert cluster.status(centre) is Status.DOWN


def test_what_the_product_leans_on_is_there(centre: Path) -> None:
    with Share(centre):
        for extension in ("pg_trgm", "btree_gist", "unaccent"):
            with psycopg.connect(host=str(Places(centre).sockets), user="przystan", dbname="przystan") as connection:
                connection.execute(f"CREATE EXTENSION {extension}")  # type: ignore[arg-type]
                connection.rollback()
        assert ask(centre, "SELECT lower('ŻÓŁĆ ЇЖАК')") == "żółć їжак"
        assert ask(centre, "SHOW server_encoding") == "UTF8"
        assert ask(centre, "SHOW listen_addresses") == ""
        assert ask(centre, "SHOW jit") == "off"
        assert ask(centre, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        for name, good in DURABLE.items():
            assert ask(centre, f"SHOW {name}") in good


@pytest.mark.parametrize("running", [False, True])
def test_a_cluster_of_an_older_version_gets_the_role_it_lacks(tmp_path: Path, running: bool) -> None:
    """Also when the older version's server still runs; stopped and started again, or not."""
    places = Places(tmp_path)
    with Share(tmp_path, safe=False):
        with server.connect(places) as connection:
            connection.execute("DROP ROLE przystan_app")
            (places.data / "pg_hba.conf").write_text(
                "local all przystan peer map=centre\nlocal all postgres peer map=centre\n"
            )
            connection.execute("SELECT pg_reload_conf()")
        while server.enters(places, "przystan_app"):
            pass
        if running:
            with Share(tmp_path, safe=False):
                assert ask(tmp_path, "SELECT current_user", user="przystan_app") == "przystan_app"
    if not running:
        with Share(tmp_path, safe=False):
            assert ask(tmp_path, "SELECT current_user", user="przystan_app") == "przystan_app"


def test_the_application_owns_nothing_and_makes_nothing(centre: Path) -> None:
    with Share(centre):
        for what in ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolinherit", "rolreplication"):
            sql = f"SELECT {what} FROM pg_roles WHERE rolname = current_user"
            assert ask(centre, sql, user="przystan_app") is False, what
        for statement in ("CREATE TABLE more (word text)", "SET ROLE przystan", "SET ROLE postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(centre, statement, user="przystan_app")


def test_only_we_can_enter(centre: Path) -> None:
    places = Places(centre)
    with Share(centre):
        assert stat.S_IMODE(places.data.stat().st_mode) == 0o700
        assert stat.S_IMODE(places.sockets.stat().st_mode) == 0o700
        rules = (places.data / "pg_hba.conf").read_text()
        assert "trust" not in rules
        with pytest.raises(psycopg.OperationalError):
            ask(centre, "SELECT 1", user="somebody")


def test_a_killed_server_starts_again_with_its_data(centre: Path) -> None:
    with Share(centre):
        with psycopg.connect(host=str(Places(centre).sockets), user="przystan", dbname="przystan") as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('still here')")
        pid = processes.postmaster(Places(centre).data)
        assert pid
        os.kill(pid, signal.SIGKILL)
        processes.wait_until_gone(pid, 10)
        cluster.start(centre)
        assert ask(centre, "SELECT word FROM kept LIMIT 1") == "still here"


def test_a_reused_process_number_is_no_obstacle(centre: Path) -> None:
    note = Places(centre).data / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n")  # the old server's number, now ours
    assert processes.postmaster(Places(centre).data) is None
    with Share(centre):
        assert cluster.status(centre) is Status.UP


def test_a_reused_process_number_beside_the_socket_is_no_obstacle(centre: Path) -> None:
    """Found by killing: the note beside the socket outlived the one in the data, and no start went through any more."""
    places = Places(centre)
    with running_as_the_server() as other:
        (places.data / "postmaster.pid").unlink(missing_ok=True)
        (places.sockets / f"{SOCKET_NAME}.lock").write_text(f"{other}\n{places.data}\n0\n5432\n\n")
        with Share(centre):
            assert cluster.status(centre) is Status.UP


@contextmanager
def running_as_the_server() -> Iterator[int]:
    """A process of the same user as the server."""
    process = subprocess.Popen(["sleep", "600"], **programs.as_user(programs.SERVER_UID))
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def test_a_killed_user_lets_go(centre: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from przystan.project.cluster import Share; "
        "Share(Path(sys.argv[1])).__enter__(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(centre)], check=False, env=os.environ | {"PYTHONPATH": "src"})
    assert cluster.status(centre) is Status.UP
    with Share(centre):
        pass
    assert cluster.status(centre) is Status.DOWN


@pytest.mark.parametrize("found", ["15", "99"])
def test_another_version_is_left_alone(tmp_path: Path, found: str) -> None:
    places = Places(tmp_path)
    places.data.mkdir(parents=True)
    (places.data / "PG_VERSION").write_text(f"{found}\n")
    with pytest.raises(Trouble, match=rf"another PostgreSQL \({found}\)") as trouble:
        cluster.start(tmp_path)
    assert trouble.value.code == Exit.FOLDER
    assert [path.name for path in places.data.iterdir()] == ["PG_VERSION"]


def test_an_interrupted_creation_starts_anew(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.unfinished.mkdir(parents=True)
    (places.unfinished / "PG_VERSION").write_text("half")
    with Share(tmp_path, safe=False):
        assert cluster.status(tmp_path) is Status.UP
    assert not places.unfinished.exists()


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    long = tmp_path / ("długa-nazwa-" * 9)
    places = Places(long)
    assert len(str(places.sockets / ".s.PGSQL.5432").encode()) <= 107
    with Share(long, safe=False):
        assert ask(long, "SELECT 1") == 1
    places.sockets.rmdir()


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "run"
    link.symlink_to(elsewhere)
    with pytest.raises(Trouble, match="belongs to another user"):
        server.make_socket_folder(link)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("FATAL:  could not write: No space left on device", "is full"),
        ("FATAL:  could not open file: Read-only file system", "Make it writable"),
        ("LOG: x\nFATAL:  out of luck\nLOG: y", "out of luck"),
        ("", "nothing"),
    ],
)
def test_what_postgresql_says_becomes_a_sentence(words: str, part: str) -> None:
    assert part in str(creation.explained(words, Path("/data")))


def test_the_log_keeps_personal_data_out(tmp_path: Path) -> None:
    settings = config.settings(Places(tmp_path))
    assert settings["log_error_verbosity"] == "terse"
    assert settings["log_min_error_statement"] == "panic"


def test_programs_can_be_copied_out_of_a_closed_folder() -> None:
    if not programs.is_root():
        pytest.skip("only root needs a copy")
    # Not below pytest's own folder: that one is closed to other users all the way up.
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "copy"
        programs.copy_programs(copy)
        assert not programs.runs(programs.bin_of(copy), programs.SERVER_UID)
        Path(place).chmod(0o755)
        assert programs.runs(programs.bin_of(copy), programs.SERVER_UID)


def test_a_process_that_its_parent_forgot_does_not_run() -> None:
    """The server may be the child of another program of ours that has not looked after it yet."""
    parent = subprocess.Popen(["sh", "-c", "true & echo $!; exec sleep 60"], stdout=subprocess.PIPE, text=True)
    try:
        assert parent.stdout
        assert processes.wait_until_gone(int(parent.stdout.readline()), patience=10)
    finally:
        parent.kill()
        parent.communicate()
