"""How long the database may let us wait. Pages give up soon and say so; jobs and commands have time."""

import os
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from przystan.project import threads
from przystan.project.trouble import Exit, Trouble

VARIABLE = "PRZYSTAN_PAGE_SECONDS"
# Notice a server of one's own that the network has swallowed; a Unix socket knows none of these.
NETWORK = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 10_000}
POOL = {
    "min_size": 2,
    "timeout": 2.0,  # seconds until a page says that it cannot be served
    "reconnect_timeout": 3.0,  # then asked anew by whoever comes: a database that is back is found at once
}


@dataclass(frozen=True)
class Waits:
    """Seconds; 0 is as long as it takes."""

    connect: int
    lock: float  # for a row or table that somebody else holds
    statement: float
    idle: float  # a transaction in which nothing is asked any more

    def options(self) -> dict[str, Any]:
        """Of libpq: they hold for every statement of the connection, whoever sends it."""
        limits = {
            "lock_timeout": self.lock,
            "statement_timeout": self.statement,
            "idle_in_transaction_session_timeout": self.idle,
        }
        said = " ".join(f"-c {name}={milliseconds(seconds)}" for name, seconds in limits.items())
        return {"connect_timeout": self.connect, "options": said} | NETWORK


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def page_seconds() -> float:
    """What the database may work for one page, in seconds. Raises Trouble for a number that cannot be."""
    text = os.environ.get(VARIABLE, "").strip() or "4"
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.5 <= seconds <= 600:
        said = _("%(name)s must be a number of seconds from 0.5 to 600, not %(text)s.")
        raise Trouble(said % {"name": VARIABLE, "text": repr(text[:40])}, Exit.SETTINGS)
    return seconds


def pages() -> Waits:
    """Of the processes that serve pages."""
    seconds = page_seconds()
    return Waits(connect=3, lock=seconds * 0.75, statement=seconds, idle=60)


# Migrations, exports and backups are never cut; but who waits for a lock for a minute stands in everybody's way.
WORK = Waits(connect=10, lock=60, statement=0, idle=3600)


def described(entry: dict[str, Any], waits: Waits, *, pool: bool) -> dict[str, Any]:
    """Django's entry of a database with these limits; options of the operator's own address are stronger."""
    own = {name: value for name, value in entry["OPTIONS"].items() if name != "pool"}
    ours = waits.options()
    if "options" in own:
        own["options"] = f"{ours['options']} {own['options']}"
    return entry | {"OPTIONS": ours | own | ({"pool": POOL | {"max_size": threads.together() + 1}} if pool else {})}
