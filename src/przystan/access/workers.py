"""Which workers live: each holds a lock in the database for as long as it does.

A process that is killed lets go of it at once, without anybody having to wait for its silence.
"""

import logging
import os
import select
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import psycopg
from asgiref.sync import async_to_sync
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from .patience import Patiently

log = logging.getLogger(__name__)
LOCK = 20141  # any number of our own: the first half of the lock's key, the worker's is the second
SILENT = 60  # seconds without a sign of life: a machine that vanished closes no connection
JUST_BEGUN = 1  # second in which a job may be taken while its worker's lock is only coming
MOST_TRIES = 3  # a job that takes its worker down every time must not do so for ever
ABANDONED = """
    SELECT job.id, job.attempts, job.task_name FROM procrastinate_jobs job
    LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
    AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s) OR NOT EXISTS (
        SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
        WHERE datname = current_database() AND locktype = 'advisory' AND objsubid = 2
        AND classid = %s::oid AND objid = worker.id::oid))
    AND NOT EXISTS (
        SELECT FROM procrastinate_events event WHERE event.job_id = job.id AND event.type = 'started'
        AND event.at > clock_timestamp() - make_interval(secs => %s))
    ORDER BY job.id
    FOR UPDATE OF job SKIP LOCKED"""


class Presence:
    """The lock of this process's worker, and the connection that holds it."""

    def __init__(self) -> None:
        own = connections.create_connection("default")
        own.connect()
        self.connection: psycopg.Connection[Any] = own.connection
        self.worker: int | None = None
        self.closing = False

    async def shown(self, call_next: Callable[[], Awaitable[Any]], context: object, worker: Any) -> Any:
        """A middleware of procrastinate's worker, which gets its number only when it begins."""
        if self.worker != worker.worker_id:
            self.connection.execute("SELECT pg_advisory_lock_shared(%s, %s::int)", [LOCK, worker.worker_id])
            self.worker = worker.worker_id
        return await call_next()

    def watch(self) -> None:
        """End the process as soon as the database has gone: what it was at is undone already, and begins anew."""
        while not self.closing:
            select.select([self.connection], [], [])
            try:
                self.connection.execute("SELECT")
            except psycopg.OperationalError:
                if not self.closing:
                    log.warning("the database has gone, the worker ends and begins anew")
                    os._exit(os.EX_TEMPFAIL)


@contextmanager
def present() -> Iterator[Presence]:
    """Give signs of life while the block runs."""
    presence = Presence()
    Thread(target=presence.watch, daemon=True).start()
    try:
        yield presence
    finally:
        presence.closing = True
        presence.connection.close()


def anybody_works() -> bool:
    """Whether a worker has given a sign of life within SILENT seconds: else jobs wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [SILENT],
        )
        return bool(cursor.fetchone()[0])


def take_up() -> None:
    """Begin again what a worker was at when it was killed, or when the power went.

    Jobs write in one transaction, so there is nothing of the first try, and they look whether they are still wanted.
    """
    jobs = JobManager(DjangoConnector(alias="default"))
    for number, attempts, name in abandoned():
        if attempts + 1 < MOST_TRIES or is_patient(name):
            async_to_sync(jobs.retry_job_by_id_async)(number, retry_at=timezone.now())
        else:
            async_to_sync(jobs.finish_job_by_id_async)(number, status=Status.FAILED, delete_job=False)


def is_patient(name: str) -> bool:
    """Whether a job counts its tries by itself: most of them failed for want of somebody else's machine."""
    return name in app.tasks and isinstance(app.tasks[name].retry_strategy, Patiently)


def abandoned() -> list[tuple[int, int, str]]:
    """Number, earlier tries and task of each job whose worker lives no more.

    They are this transaction's: who asks at the same time gets none of them, or one could be begun twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(ABANDONED, [SILENT, LOCK, JUST_BEGUN])
        return list(cursor.fetchall())
