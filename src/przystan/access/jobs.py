"""Jobs: nobody sits at them, so each says what it is for, and acts for whoever asked as soon as it knows who did.

A job runs for the purpose that its module declares, or not at all.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread

from django.db import connection

from .actors import Actor, system
from .modules import jobs
from .scope import acting


def working(name: str) -> AbstractContextManager[Actor]:
    """`acting` as the system, for the purpose of this job. KeyError for a job that is not declared."""
    return acting(system(0, jobs()[name]))


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
