"""How the centre is: for machines at /healthz, in a few lines on Today for who leads."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from przystan.access.actors import Actor
from przystan.access.backups import backup_trouble
from przystan.access.rights import SETTINGS
from przystan.access.workers import SILENT
from przystan.project import cluster, database, room
from przystan.project.mails import not_sent, waiting
from przystan.project.supervision import board
from przystan.project.supervision.board import Note, PartState

PATH = "/healthz"
FRESH = 1.0  # seconds for which what the database said is good enough
PATIENCE = 2  # seconds that it has for saying something
TOLD_FOR = timedelta(hours=24)  # how long who leads is told of an end that was mended by itself
LATE = timedelta(minutes=10)  # a job that waits so long beside a living worker is worth a word
SIGN = "SELECT extract(epoch FROM now() - max(last_heartbeat))::float FROM procrastinate_workers"


@dataclass(frozen=True)
class Pulse:
    """What the database says of itself and of the workers."""

    answers: bool
    silent: float | None = None  # seconds since the last sign of life of any worker; None: there never was one


class Health:
    """Answers machines before anything else is looked at, so also when the database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return answer(parts()) if request.path_info == PATH else self.get_response(request)


def answer(found: dict[str, Note]) -> JsonResponse:
    """Each part in coarse words: nothing about people, machines or loads. 503 when no page can be served."""
    status = "ok" if all(note.state is PartState.OK for note in found.values()) else "degraded"
    if found["database"].state is not PartState.OK:
        status = "down"
    told = {name: {key: value for key, value in shown(note).items() if value} for name, note in found.items()}
    return JsonResponse({"status": status, "parts": told}, status=503 if status == "down" else 200)


def shown(note: Note) -> dict[str, str]:
    """To the minute."""
    return {"state": note.state, "since": minute(note.since), "last_end": minute(note.last_end)}


def minute(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ") if moment else ""


def parts() -> dict[str, Note]:
    """The pages, the database, the worker and the disk, from the board and from what is seen now."""
    notes, pulse = board.read(), asked()
    return {
        "pages": notes.get("pages", Note(PartState.OK)),
        "database": of_database(notes.get("database", Note(PartState.OK)), pulse),
        "worker": of_worker(notes.get("worker"), pulse, board.now()),
        "disk": of_disk(room.tightest()),
    }


def of_database(note: Note, pulse: Pulse) -> Note:
    """Whether it answers is asked, not believed."""
    if pulse.answers:
        return replace(note, state=PartState.OK)
    return note if note.state is not PartState.OK else Note(PartState.DOWN, None, note.last_end)


def of_worker(note: Note | None, pulse: Pulse, now: datetime) -> Note:
    """As the board has it while it ends, begins or has just begun; else by its signs of life in the database.

    Those of workers on other machines count as well.
    """
    if note and (note.state is not PartState.OK or (note.since and now - note.since < timedelta(seconds=SILENT))):
        return note
    if pulse.silent is not None and pulse.silent < SILENT:
        return note or Note(PartState.OK)
    if not pulse.answers:
        return note or Note(PartState.DOWN)
    since = None if pulse.silent is None else now - timedelta(seconds=pulse.silent)
    return Note(PartState.DOWN, since, note.last_end if note else None)


def of_disk(found: room.Room | None) -> Note:
    """Where there is least room, on this machine."""
    if found is None or not found.is_short:
        return Note(PartState.OK)
    return Note(PartState.FULL if found.is_full else PartState.LOW)


_lock = threading.Lock()
_last: tuple[float, Pulse] = (float("-inf"), Pulse(False))


def asked() -> Pulse:
    """Ask the database, through a connection of its own; at most once a second in one process, whoever asks us."""
    global _last
    with _lock:
        at, pulse = _last
        if time.monotonic() - at > FRESH:
            pulse = _ask()
            _last = (time.monotonic(), pulse)
        return pulse


def _ask() -> Pulse:
    try:
        with database.connect(cluster.django_database(), connect_timeout=PATIENCE) as connection:
            row = connection.execute(SIGN).fetchone()
    except psycopg.OperationalError:
        return Pulse(answers=False)
    except psycopg.Error:
        return Pulse(answers=True)  # there is no centre in it yet
    return Pulse(True, row[0] if row else None)


def not_taken() -> QuerySet[ProcrastinateJob]:
    """What could begin now, and no worker has taken yet."""
    return ProcrastinateJob.objects.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now()), status="todo")


def notice(actor: Actor) -> dict[str, Any] | None:
    """For who leads, on Today: what is down or full, what ended by itself since yesterday, and what does not go out."""
    if not actor.can(SETTINGS):
        return None
    found = parts()
    worker = found["worker"]
    recent = timezone.now() - TOLD_FOR
    jobs = waiting(not_taken())
    return {
        "down": worker if worker.state in (PartState.RESTARTING, PartState.DOWN) else None,
        "ended": {name: note.last_end for name, note in found.items() if note.last_end and note.last_end > recent},
        "jobs": jobs,
        "late": bool(jobs.since and timezone.now() - jobs.since > LATE),
        "unsent": waiting(not_sent()),
        "room": room.tightest() if found["disk"].state is not PartState.OK else None,
        "backup": backup_trouble(),
    }
