"""The database as Django wants it described."""

import os
from pathlib import Path
from typing import Any

from przystan.project.trouble import Exit, Trouble

from .places import Places

# Django's own, with a guard before every statement.
ENGINE = "przystan.access.postgres"
PACKAGE = Path(__file__).resolve().parent.parent.parent


def data_dir() -> Path:
    """Folder of everything a centre keeps: PRZYSTAN_DATA, or .demo below the current folder."""
    return Path(os.environ.get("PRZYSTAN_DATA") or ".demo").resolve()


def django_database() -> dict[str, Any]:
    """Django's DATABASES entry for DATABASE_URL or the embedded cluster. Raises Trouble for a URL nobody can read."""
    url = os.environ.get("DATABASE_URL", "").strip()
    place = from_url(url) if url else embedded(Places(data_dir()))
    return place | {"CONN_HEALTH_CHECKS": True}


def embedded(places: Places) -> dict[str, Any]:
    """The entry for an embedded cluster; the Unix user is the proof of identity, so there is no password."""
    return {
        "ENGINE": ENGINE,
        "NAME": "przystan",
        "USER": "przystan",
        "HOST": str(places.sockets),
        "OPTIONS": {"pool": True},
    }


def from_url(url: str) -> dict[str, Any]:
    """The entry for postgres://user:password@host:port/name (or ?host=/folder for a Unix socket)."""
    import dj_database_url

    hint = "It should look like postgres://user:password@host:5432/name."
    if not url.startswith(("postgres://", "postgresql://")):
        raise Trouble(f"DATABASE_URL is not the address of a PostgreSQL database. {hint}", Exit.SETTINGS)
    try:
        entry: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.ParseError) as error:
        raise Trouble(f"DATABASE_URL cannot be read. {hint}", Exit.SETTINGS) from error
    if not entry.get("NAME"):
        raise Trouble(f"DATABASE_URL names no database. {hint}", Exit.SETTINGS)
    entry["ENGINE"] = ENGINE
    options = dict(entry.get("OPTIONS") or {})
    entry["HOST"] = options.pop("host", "") or entry.get("HOST", "")
    entry["OPTIONS"] = {"pool": True} | options
    return entry
