"""The database as Django wants it described."""

import os
from pathlib import Path
from typing import Any

from przystan.project.trouble import Exit, Trouble

from . import waits
from .places import Places
from .programs import unix_name

# The two roles of an embedded cluster: whose the tables are, and who serves them and owns nothing.
OWNER, APPLICATION = "przystan", "przystan_app"
# Django's own, with a guard before every statement.
ENGINE = "przystan.access.postgres"
PACKAGE = Path(__file__).resolve().parent.parent.parent


def data_dir() -> Path:
    """Folder of everything a centre keeps: PRZYSTAN_DATA, or .demo below the current folder."""
    return Path(os.environ.get("PRZYSTAN_DATA") or ".demo").resolve()


def django_database() -> dict[str, Any]:
    """Django's DATABASES entry for pages: the application's role. Raises Trouble for a DATABASE_URL nobody can read."""
    return waits.described(application(), waits.pages(), pool=True)


def work_database() -> dict[str, Any]:
    """The same for jobs and commands: no pool, and time."""
    return waits.described(application(), waits.WORK, pool=False)


def application() -> dict[str, Any]:
    """Where the database is, and the application's role in it."""
    url = given("DATABASE_URL")
    if given("DATABASE_OWNER_URL") and not url:
        raise Trouble(
            "DATABASE_OWNER_URL is set, but DATABASE_URL is not: the application needs its own.", Exit.SETTINGS
        )
    place = from_url(url) if url else embedded(Places(data_dir()), APPLICATION)
    return place | {"CONN_HEALTH_CHECKS": True}


def owner_database() -> dict[str, Any]:
    """For work of the role that owns the tables; without DATABASE_OWNER_URL, DATABASE_URL's role is taken for it."""
    return waits.described(owner(), waits.WORK, pool=False)


def owner() -> dict[str, Any]:
    """Where the database is, and the role that owns the tables."""
    ours = application()
    if not given("DATABASE_URL"):
        return embedded(Places(data_dir()), OWNER)
    if not (url := given("DATABASE_OWNER_URL")):
        return ours
    place = from_url(url, "DATABASE_OWNER_URL")
    if place["NAME"] != ours["NAME"]:
        raise Trouble("DATABASE_URL and DATABASE_OWNER_URL name different databases.", Exit.SETTINGS)
    return place


def given(variable: str) -> str:
    """A variable of the environment; "" when it is not set."""
    return os.environ.get(variable, "").strip()


def embedded(places: Places, role: str) -> dict[str, Any]:
    """The entry for an embedded cluster; the Unix user is the proof of identity, so there is no password."""
    return {
        "ENGINE": ENGINE,
        "NAME": "przystan",
        "USER": role,
        "HOST": str(places.sockets),
        "OPTIONS": {},
    }


def from_url(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """The entry for postgres://user:password@host:port/name (or ?host=/folder for a Unix socket)."""
    import dj_database_url

    hint = "It should look like postgres://user:password@host:5432/name."
    if not url.startswith(("postgres://", "postgresql://")):
        raise Trouble(f"{variable} is not the address of a PostgreSQL database. {hint}", Exit.SETTINGS)
    try:
        entry: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.ParseError) as error:
        raise Trouble(f"{variable} cannot be read. {hint}", Exit.SETTINGS) from error
    if not entry.get("NAME"):
        raise Trouble(f"{variable} names no database. {hint}", Exit.SETTINGS)
    entry["ENGINE"] = ENGINE
    # As libpq would choose; our grants need its name.
    entry["USER"] = entry.get("USER") or os.environ.get("PGUSER") or unix_name()
    options = dict(entry.get("OPTIONS") or {})
    entry["HOST"] = options.pop("host", "") or entry.get("HOST", "")
    entry["OPTIONS"] = options
    return entry
