"""How many processes the web server has, and how many threads each of them.

Each thread may hold one connection to the database.
"""

import os

VARIABLE = "PRZYSTAN_THREADS"  # set by `przystan serve --threads`
STAFF = 4
OPEN = 2  # for what anybody may ask for: the login stays quick while the staff waits


def processes() -> int:
    """One a core: a process uses no more than that."""
    return os.cpu_count() or 1


def staff() -> int:
    return int(os.environ.get(VARIABLE) or STAFF)


def together() -> int:
    return staff() + OPEN
