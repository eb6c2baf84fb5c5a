"""Jobs: nobody sits at them, so each says what it is for, and acts for whoever asked as soon as it knows who did.

A job may not run for a purpose that is not in `JOBS` (tests/architecture).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread

from django.db import connection

from .actors import Actor, system
from .scope import acting

# name of the task -> purpose, as the audit log has it
JOBS = {
    "access.resume": "jobs.resume",
    "access.forget_jobs": "jobs.expiry",
    "exchange.read": "import.read",
    "exchange.check": "import.check",
    "exchange.run": "import.run",
    "exchange.undo": "import.undo",
    "exchange.throw_away": "import.expiry",
    "reports.write": "reports.export",
    "reports.throw_away": "reports.expiry",
    "project.backup": "backup",
    "team.anchor_audit": "audit.anchor",
    "team.mail_anchor": "audit.anchor",
    "privacy.throw_away": "copy.expiry",
    "privacy.retention": "retention",
    "privacy.check_audit": "audit.verify",
}


def working(name: str) -> AbstractContextManager[Actor]:
    """`acting` as the system, for the purpose of this job. KeyError for a job that is not declared."""
    return acting(system(0, JOBS[name]))


def aside(name: str, work: Callable[[], object]) -> None:
    """Do `work` now, as this job, through a connection of its own: others see it before the job's transaction ends."""
    thread = Thread(target=_apart, args=[name, work])
    thread.start()
    thread.join()


def _apart(name: str, work: Callable[[], object]) -> None:
    try:
        with working(name):
            work()
    finally:
        connection.close()
