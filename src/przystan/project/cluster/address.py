"""The database as Django wants it described."""

import os
from gettext import gettext as _
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
            _("DATABASE_OWNER_URL is set, but DATABASE_URL is not: the application needs its own."), Exit.SETTINGS
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
        raise Trouble(_("DATABASE_URL and DATABASE_OWNER_URL name different databases."), Exit.SETTINGS)
    return place


def is_external() -> bool:
    """Whether DATABASE_URL names the database. Raises Trouble when it cannot be read."""
    django_database()
    return bool(given("DATABASE_URL"))


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

    if not url.startswith(("postgres://", "postgresql://")):
        raise unreadable(_("%(name)s is not the address of a PostgreSQL database."), variable)
    try:
        entry: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.ParseError) as error:
        raise unreadable(_("%(name)s cannot be read."), variable) from error
    if not entry.get("NAME"):
        raise unreadable(_("%(name)s names no database."), variable)
    entry["ENGINE"] = ENGINE
    # As libpq would choose; our grants need its name.
    entry["USER"] = entry.get("USER") or os.environ.get("PGUSER") or unix_name()
    options = dict(entry.get("OPTIONS") or {})
    entry["HOST"] = options.pop("host", "") or entry.get("HOST", "")
    entry["OPTIONS"] = options
    return entry


def unreadable(said: str, variable: str) -> Trouble:
    """What is wrong with a variable, and what it should look like. Never its value: a password may be in it."""
    example = {"example": "postgres://user:password@host:5432/name"}
    return Trouble(f"{said % {'name': variable}} {_('It should look like %(example)s') % example}", Exit.SETTINGS)
