"""Whether the database can be used: asked once before the work begins, so that trouble has a sentence."""

import logging
import time
from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

import psycopg
from django.db import connection

from .trouble import Exit, Trouble

log = logging.getLogger("przystan.database")
OLDEST = 15
REMIND = 10.0  # seconds after which waiting is said again
# What must be on, or saved work can be lost in a power cut.
DURABLE = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
    "data_checksums": {"on"},
}


# What passes by itself: the server starts, stops, or is away.
PASSING = (
    *("starting up", "shutting down", "recovery mode", "not yet accepting", "closed the connection"),
    *("Connection refused", "No such file or directory", "timeout expired", "too many clients"),
)


def require(entry: dict[str, Any], *, patient: bool = False) -> None:
    """Raise Trouble, in a sentence, unless the database answers this role and is new enough.

    A server that is just starting is waited for; `patient`: also one that does not answer.
    """
    place = described(entry)
    try:
        with first_connection(entry, PASSING if patient else PASSING[:1]) as found:
            version = found.info.server_version // 10000
    except psycopg.ProgrammingError as error:
        raise Trouble(
            f"The address of the database has an option that PostgreSQL does not know: {error}.", Exit.SETTINGS
        ) from error
    except psycopg.OperationalError as error:
        raise Trouble(sentence(str(error), place, entry), Exit.DATABASE) from error
    if version < OLDEST:
        raise Trouble(
            f"The server at {place} is PostgreSQL {version}. Przystań needs {OLDEST} or newer.", Exit.DATABASE
        )


def first_connection(entry: dict[str, Any], passing: Sequence[str]) -> psycopg.Connection[Any]:
    """A connection, waited for as long as it fails for a passing reason."""
    began = said = time.monotonic()
    while True:
        try:
            return connect(entry)
        except psycopg.OperationalError as error:
            if not any(words in str(error) for words in passing):
                raise
        if (now := time.monotonic()) - said > REMIND:
            said = now
            log.warning("waiting for the database, %.0f s so far", now - began)
        time.sleep(0.2)


def connect(entry: dict[str, Any], **options: Any) -> psycopg.Connection[Any]:
    """A connection beside Django's, to what an entry of DATABASES describes; `options` of libpq are stronger."""
    return psycopg.connect(
        host=entry["HOST"] or None,
        port=entry.get("PORT") or None,
        user=entry["USER"] or None,
        password=entry.get("PASSWORD") or None,
        dbname=entry["NAME"],
        autocommit=True,
        **({key: value for key, value in entry["OPTIONS"].items() if key != "pool"} | options),
    )


def described(entry: dict[str, object]) -> str:
    """Where a database is, without its password."""
    host, port = entry["HOST"] or "the local socket", entry.get("PORT") or 5432
    return f"{host}, port {port}"


def sentence(words: str, place: str, entry: dict[str, object]) -> str:
    """What to tell a person about libpq's message."""
    name, user = entry["NAME"], entry["USER"]
    causes = {
        "password authentication failed": f"The server at {place} refuses the password of user {user}.",
        "no password supplied": f"The server at {place} wants a password for user {user}; its address has none.",
        "Peer authentication failed": f"The server at {place} does not let this Unix user in as {user}.",
        "no pg_hba.conf entry": f"The server at {place} does not let user {user} in from this machine.",
        "does not exist": f"The server at {place} has no database {name} or no user {user}: {last_line(words)}.",
        "Connection refused": f"No PostgreSQL answers at {place}. Is it running?",
        "No such file or directory": f"No PostgreSQL answers at {place}. Is it running?",
        "resolve host": f"The host of the database ({place}) is not known here. Is its name right?",
        "not known": f"The host of the database ({place}) is not known here. Is its name right?",
        "timeout expired": f"The database at {place} did not answer within ten seconds.",
        "too many clients": f"The server at {place} has no free connection.",
    }
    found = next((said for cause, said in causes.items() if cause in words), None)
    return f"{found or f'Cannot use the database at {place}: {last_line(words)}.'} Nothing was changed."


def last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1].rpartition("FATAL:")[2].strip().rstrip(".") if lines else "no reason given"


def unsafe_settings() -> list[str]:
    """Settings of the database, as our own role sees them, with which saved work can be lost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABLE)])
        return unsafe(dict(cursor.fetchall()))


def unsafe(found: dict[str, str]) -> list[str]:
    """What is wrong with these settings, such as "fsync is off"; one that is not told is wrong."""
    return [f"{name} is {found.get(name, 'unknown')}" for name, good in DURABLE.items() if found.get(name) not in good]


def refuse_unfinished() -> None:
    """Raise Trouble when a restore into this database began and did not end: it is no centre yet."""
    from .backup.loading import MARK

    if MARK in connection.introspection.table_names():
        raise Trouble(
            _("A restore was interrupted here, so this is no centre yet. Say przystan restore again; it begins anew."),
            Exit.DATABASE,
        )
