"""PostgreSQL's own programs that talk to a database: pg_dump, pg_restore, psql."""

import os
from gettext import gettext as _
from pathlib import Path
from typing import Any

from przystan.project.trouble import Exit, Trouble

from . import programs
from .creation import environment

DEBIAN = Path("/usr/lib/postgresql")


def client(name: str, server: int) -> Path:
    """A program that is at least as new as a server of this major version: ours, else Debian's. Raises Trouble."""
    if programs.major() >= server:
        return programs.bin_of(programs.shipped()) / name
    found = DEBIAN / str(server) / "bin" / name
    if not found.exists():
        raise Trouble(
            _(
                "The server is PostgreSQL %(server)d; the %(name)s that Przystań brings is of %(ours)d and too old for"
                " it. Install the package postgresql-client-%(server)d."
            )
            % {"server": server, "name": name, "ours": programs.major()},
            Exit.DATABASE,
        )
    return found


def address(entry: dict[str, Any]) -> dict[str, str]:
    """Environment that leads these programs to a database; so its password is on no command line."""
    options = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
    named = {
        "PGHOST": entry.get("HOST"),
        "PGPORT": entry.get("PORT"),
        "PGUSER": entry.get("USER"),
        "PGPASSWORD": entry.get("PASSWORD"),
        "PGDATABASE": entry.get("NAME"),
        **{variable: entry.get("OPTIONS", {}).get(name) for name, variable in options.items()},
    }
    kept = {name: os.environ[name] for name in ("PGPASSFILE", "PGSERVICEFILE") if name in os.environ}
    return environment() | kept | {name: str(value) for name, value in named.items() if value}
