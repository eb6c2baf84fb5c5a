"""Starting, sharing and stopping the embedded server."""

import fcntl
import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psycopg
from psycopg.sql import SQL, Identifier

from przystan.project.trouble import Exit, Trouble, folder_trouble

from . import config, creation, processes
from .address import APPLICATION, OWNER
from .places import Places
from .programs import SERVER_UID, as_seen, as_user, is_root, major, programs

PATIENCE = 60.0  # seconds for stopping, and for reading its settings anew
REMIND = 10.0  # seconds after which a slow start is said again
TAIL = 4096  # bytes of its log that are looked through for why it ended
LARGEST_LOG = 10 * config.MB
log = logging.getLogger("przystan.database")


class Status(StrEnum):
    UP = "up"
    STARTING = "starting"
    DOWN = "down"
    ABSENT = "absent"


class Share:
    """One process's use of the server: started on entry if need be, stopped on exit by the last user.

    A process that is killed lets go of its share by itself; the server then waits for the next user.
    """

    def __init__(self, centre: Path, *, safe: bool = True) -> None:
        self.places = Places(centre)
        self.safe = safe
        self.file: IO[str] | None = None

    def __enter__(self) -> Self:
        prepare(self.places)
        with locked(self.places.start_lock):
            self.file = self.places.users_lock.open("w")
            fcntl.flock(self.file, fcntl.LOCK_SH)
            start_unlocked(self.places, safe=self.safe)
        return self

    def __exit__(self, *why: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.file is None:
            return
        with locked(self.places.start_lock), self.file:
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            stop(self.places.centre)

    def lives(self) -> bool:
        """Whether the server's main process runs; it may still be recovering."""
        return processes.postmaster(self.places.data) is not None

    def revive(self) -> None:
        """Start a server that has ended, without waiting for it; nothing while somebody else is just doing so."""
        with suppress(BlockingIOError), locked(self.places.start_lock, wait=False):
            if not self.lives():
                processes.clear_stale_locks(self.places)
                spawn(self.places).returncode = 0  # it may outlive us, and subprocess would warn

    def last_words(self) -> str:
        """Why the server has ended, as far as its log tells."""
        words = tail(self.places.log)
        return str(creation.explained(words, self.places.centre)) if creation.FULL in words else "ended from outside"


def start(centre: Path, *, safe: bool = True) -> None:
    """Start the server of a data folder, making the cluster first if there is none; fine if it runs already."""
    places = Places(centre)
    prepare(places)
    with locked(places.start_lock):
        start_unlocked(places, safe=safe)


def prepare(places: Places) -> None:
    """Make the folders, private. Raises Trouble when that is impossible."""
    try:
        places.centre.mkdir(mode=0o700, parents=True, exist_ok=True)
        places.root.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise folder_trouble(error, places.centre) from error


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a lock between processes. BlockingIOError when another holds it and we do not wait."""
    try:
        file = path.open("w")
    except OSError as error:
        raise folder_trouble(error, path.parent) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def start_unlocked(places: Places, *, safe: bool) -> None:
    if status(places.centre) is Status.UP:
        if make_roles(places):
            admit(places, safe=safe)
        return
    if processes.postmaster(places.data) is None:
        refuse_other_version(places)
        if not places.data.exists():
            creation.create(places, safe=safe)
        launch(places, safe=safe)
    else:  # somebody has started it, and it recovers
        wait_until_up(places, lambda: processes.postmaster(places.data) is not None)
    make_roles(places)
    make_database(places)


def refuse_other_version(places: Places) -> None:
    """Refuse a data directory of another PostgreSQL, and leave it as it is."""
    file = places.data / "PG_VERSION"
    if not file.exists():
        return
    found = file.read_text().strip()
    if found != str(major()):
        said = _(
            "The data in %(folder)s belongs to another PostgreSQL (%(found)s); this Przystań brings %(ours)d. "
            "Nothing was changed. docs/operator/running.md tells how to move the data."
        )
        raise Trouble(said % {"folder": places.centre, "found": found, "ours": major()}, Exit.FOLDER)


def make_socket_folder(folder: Path) -> None:
    """A folder that only the server's user and root may enter; refused if somebody else made it first."""
    owner = SERVER_UID if is_root() else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
        if is_root():
            os.chown(folder, owner, owner)
    except FileExistsError:
        found = folder.lstat()
        if folder.is_symlink() or found.st_uid != owner:
            said = _("%(folder)s belongs to another user. Choose a shorter PRZYSTAN_DATA.")
            raise Trouble(said % {"folder": folder}, Exit.FOLDER) from None
        folder.chmod(0o700)


def launch(places: Places, *, safe: bool) -> None:
    """Start the server and wait until it answers."""
    try:
        config.write(places, places.data, safe=safe)
        make_socket_folder(places.sockets)
        creation.own(places.data)
        processes.clear_stale_locks(places)
        process = spawn(places)
    except OSError as error:
        raise folder_trouble(error, places.centre) from error
    wait_until_up(places, lambda: process.poll() is None)
    process.returncode = 0  # let go of it: it may outlive us, and subprocess would warn


def spawn(places: Places) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, so that Ctrl-C reaches us first. Its log begins anew when large."""
    mode = "a" if places.log.exists() and places.log.stat().st_size < LARGEST_LOG else "w"
    with places.log.open(mode) as log_file:
        return subprocess.Popen(  # noqa: S603
            [str(programs() / "postgres"), "-D", as_seen(places.data)],
            cwd=places.data,
            stdin=subprocess.DEVNULL,
            stdout=log_file,
            stderr=log_file,
            env=creation.environment(),
            start_new_session=True,
            **as_user(SERVER_UID),
        )


def wait_until_up(places: Places, lives: Callable[[], bool]) -> None:
    """Wait as long as the server lives: recovery after a power cut may take a while, and is said to."""
    began = said = time.monotonic()
    while status(places.centre) is not Status.UP:
        if not lives():
            raise creation.explained(tail(places.log), places.centre)
        if (now := time.monotonic()) - said > REMIND:
            said = now
            log.warning("PostgreSQL is still starting, %.0f s so far", now - began)
        time.sleep(0.02)


def tail(path: Path) -> str:
    """The last lines of a log, since the last start."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL))
            words = file.read().decode(errors="replace")
    except OSError:
        return ""
    return words.rpartition("starting PostgreSQL")[2]


def connect(
    places: Places, database: str = "postgres", user: str = "postgres"
) -> psycopg.Connection[tuple[object, ...]]:
    """A connection, usually as the superuser of the cluster, for the few things that need one."""
    return psycopg.connect(
        host=str(places.sockets), port=5432, user=user, dbname=database, autocommit=True, connect_timeout=10
    )


def is_there(centre: Path) -> bool:
    """Whether a cluster was ever made in a data folder."""
    return Places(centre).data.exists()


def status(centre: Path) -> Status:
    """Whether the server of a data folder answers: simply asked."""
    places = Places(centre)
    if not is_there(centre):
        return Status.ABSENT
    try:
        with connect(places):
            return Status.UP
    except psycopg.OperationalError as error:
        return Status.STARTING if "starting up" in str(error) else Status.DOWN


def make_roles(places: Places) -> bool:
    """Make the two roles that are missing; whether any was."""
    with connect(places) as connection:
        there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        missing = [role for role in (OWNER, APPLICATION) if role not in there]
        for role in missing:
            connection.execute(
                SQL("CREATE ROLE {} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS").format(
                    Identifier(role)
                )
            )
    return bool(missing)


def admit(places: Places, *, safe: bool) -> None:
    """Let new roles into a server that runs already, started by an older version that knew only one."""
    config.write(places, places.data, safe=safe)
    creation.own(places.data)
    with connect(places) as connection:
        connection.execute("SELECT pg_reload_conf()")
    deadline = time.monotonic() + PATIENCE
    while not enters(places, APPLICATION):
        if time.monotonic() > deadline:
            said = _("PostgreSQL does not let %(role)s in. Its log is %(file)s.")
            raise Trouble(said % {"role": APPLICATION, "file": places.log}, Exit.DATABASE)
        time.sleep(0.02)


def enters(places: Places, role: str) -> bool:
    """Whether a role is let in."""
    try:
        with connect(places, user=role):
            return True
    except psycopg.OperationalError:
        return False


def make_database(places: Places) -> None:
    """The database of the application, if it is missing. Its owner is no superuser."""
    with connect(places) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'przystan'").fetchone():
            connection.execute("CREATE DATABASE przystan OWNER przystan")


def stop(centre: Path, *, patience: float = PATIENCE) -> None:
    """Stop the server; what was saved is on disk. Connections that are still open are closed."""
    places = Places(centre)
    pid = processes.postmaster(places.data)
    if pid is None:
        return
    os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast shutdown"
    if not processes.wait_until_gone(pid, patience):
        said = _("PostgreSQL (process %(pid)d) did not stop in time. Its log is %(file)s.")
        raise Trouble(said % {"pid": pid, "file": places.log}, Exit.DATABASE)
