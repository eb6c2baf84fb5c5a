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
        said = _("The address of the database has an option that PostgreSQL does not know: %(error)s.")
        raise Trouble(said % {"error": error}, Exit.SETTINGS) from error
    except psycopg.OperationalError as error:
        raise Trouble(sentence(str(error), place, entry), Exit.DATABASE) from error
    if version < OLDEST:
        said = _("The server at %(place)s is PostgreSQL %(version)d. Przystań needs %(oldest)d or newer.")
        raise Trouble(said % {"place": place, "version": version, "oldest": OLDEST}, Exit.DATABASE)


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
    host, port = entry["HOST"] or _("the local socket"), entry.get("PORT") or 5432
    return _("%(host)s, port %(port)s") % {"host": host, "port": port}


def sentence(words: str, place: str, entry: dict[str, object]) -> str:
    """What to tell a person about libpq's message."""
    told = {"place": place, "name": entry["NAME"], "user": entry["USER"], "words": last_line(words)}
    silent = _("No PostgreSQL answers at %(place)s. Is it running?")
    unknown = _("The host of the database (%(place)s) is not known here. Is its name right?")
    causes = {
        "password authentication failed": _("The server at %(place)s refuses the password of user %(user)s."),
        "no password supplied": _("The server at %(place)s wants a password for user %(user)s; its address has none."),
        "Peer authentication failed": _("The server at %(place)s does not let this Unix user in as %(user)s."),
        "no pg_hba.conf entry": _("The server at %(place)s does not let user %(user)s in from this machine."),
        "does not exist": _("The server at %(place)s has no database %(name)s or no user %(user)s: %(words)s."),
        "Connection refused": silent,
        "No such file or directory": silent,
        "resolve host": unknown,
        "not known": unknown,
        "timeout expired": _("The database at %(place)s did not answer within ten seconds."),
        "too many clients": _("The server at %(place)s has no free connection."),
    }
    other = _("Cannot use the database at %(place)s: %(words)s.")
    found = next((said for cause, said in causes.items() if cause in words), other)
    return f"{found % told} {_('Nothing was changed.')}"


def last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1].rpartition("FATAL:")[2].strip().rstrip(".") if lines else _("no reason given")


def unsafe_settings() -> list[str]:
    """Settings of the database, as our own role sees them, with which saved work can be lost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABLE)])
        return unsafe(dict(cursor.fetchall()))


def unsafe(found: dict[str, str]) -> list[str]:
    """What is wrong with these settings, such as "fsync = off"; one that is not told is wrong."""
    return [f"{name} = {found.get(name, '?')}" for name, good in DURABLE.items() if found.get(name) not in good]


def refuse_unfinished() -> None:
    """Raise Trouble when a restore into this database began and did not end: it is no centre yet."""
    from .backup.loading import MARK

    if MARK in connection.introspection.table_names():
        raise Trouble(
            _("A restore was interrupted here, so this is no centre yet. Say przystan restore again; it begins anew."),
            Exit.DATABASE,
        )
