"""Machines are told how the centre is, whatever is away; who leads is told on Today."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import factories

from przystan.project import health
from przystan.project.checks import mail
from przystan.project.health import Pulse, answer, of_database, of_worker
from przystan.project.room import Room
from przystan.project.supervision import board
from przystan.project.supervision.board import Note, PartState

NOW = datetime(2026, 11, 30, 7, 5, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=3)
ALIVE, SILENT, AWAY = Pulse(True, 4.0), Pulse(True, 600.0), Pulse(answers=False)


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FRESH", -1.0)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    """No database answers, for us or for Django."""
    entry = connections.settings["default"] | {"HOST": "/nowhere"}
    monkeypatch.setattr(health.cluster, "django_database", lambda: entry)


def test_without_a_database_it_still_answers(away: None) -> None:
    """Without a transaction, a session or a host that is allowed: pytest would refuse any query here."""
    found = Client().get("/healthz", headers={"host": "10.0.0.7", "cookie": "sessionid=abc"})
    assert found.status_code == 503
    told = found.json()
    assert told["status"] == "down"
    assert told["parts"]["database"]["state"] == "down"
    assert found.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("note", "pulse", "state"),
    [
        (Note(PartState.OK, LONG_AGO), ALIVE, PartState.OK),
        (Note(PartState.OK, LONG_AGO), AWAY, PartState.DOWN),
        (Note(PartState.RESTARTING, NOW), AWAY, PartState.RESTARTING),
        (Note(PartState.RESTARTING, NOW), ALIVE, PartState.OK),
    ],
)
def test_a_database_is_up_when_it_answers(note: Note, pulse: Pulse, state: PartState) -> None:
    assert of_database(note, pulse).state is state


@pytest.mark.parametrize(
    ("note", "pulse", "state", "since"),
    [
        (Note(PartState.RESTARTING, NOW, NOW), ALIVE, PartState.RESTARTING, NOW),
        (Note(PartState.OK, NOW), Pulse(True), PartState.OK, NOW),
        (Note(PartState.OK, LONG_AGO), ALIVE, PartState.OK, LONG_AGO),
        (Note(PartState.OK, LONG_AGO, NOW), SILENT, PartState.DOWN, NOW - timedelta(seconds=600)),
        (Note(PartState.OK, LONG_AGO), AWAY, PartState.OK, LONG_AGO),
        (None, ALIVE, PartState.OK, None),
        (None, SILENT, PartState.DOWN, NOW - timedelta(seconds=600)),
        (None, Pulse(True), PartState.DOWN, None),
        (None, AWAY, PartState.DOWN, None),
    ],
)
def test_a_worker_is_up_when_it_gives_signs_of_life(
    note: Note | None, pulse: Pulse, state: PartState, since: datetime | None
) -> None:
    found = of_worker(note, pulse, NOW)
    assert (found.state, found.since) == (state, since)


def test_what_is_told_is_coarse() -> None:
    found = answer(
        {
            "pages": Note(PartState.OK),
            "database": Note(PartState.OK),
            "worker": Note(PartState.RESTARTING, NOW, LONG_AGO),
        }
    )
    assert found.status_code == 200
    assert json.loads(found.content) == {
        "status": "degraded",
        "parts": {
            "pages": {"state": "ok"},
            "database": {"state": "ok"},
            "worker": {"state": "restarting", "since": "2026-11-30T07:05Z", "last_end": "2026-11-30T04:05Z"},
        },
    }


@pytest.mark.django_db
def test_the_database_is_asked_once_a_second_however_many_ask_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FRESH", 60.0)
    monkeypatch.setattr(health, "_last", (float("-inf"), AWAY))
    asked = []
    monkeypatch.setattr(health, "_ask", lambda: asked.append(1) or ALIVE)
    for _ in range(5):
        assert Client().get("/healthz").json()["parts"]["database"]["state"] == "ok"
    assert asked == [1]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Note]:
    """What the supervisor says; the database is fine, and there is room."""
    notes: dict[str, Note] = {}
    monkeypatch.setattr(health.room, "tightest", lambda: None)
    monkeypatch.setattr(board, "read", lambda: notes)
    monkeypatch.setattr(health, "_ask", lambda: ALIVE)
    return notes


def client_of(role: str) -> Client:
    organisation = factories.organisation()
    client = Client()
    client.force_login(factories.user(organisation, role, factories.point(organisation)))
    return client


@pytest.mark.django_db
def test_who_leads_is_told_that_the_worker_is_down_and_jobs_wait(state: dict[str, Note]) -> None:
    client = client_of("coordinator")
    for _ in range(2):
        app.configure_task("exchange.throw_away", allow_unknown=True).defer(timestamp=0)
    state["worker"] = Note(PartState.RESTARTING, timezone.now().replace(hour=9, minute=7), timezone.now())
    told = client.get("/").text
    assert "Work in the background has stopped" in told
    assert ", 10:07" in told or ", 11:07" in told
    assert "2 jobs wait." in told


@pytest.mark.parametrize(
    ("free", "total", "state"),
    [
        (20, 100, PartState.OK),
        (14, 100, PartState.LOW),
        (0.9, 2, PartState.LOW),
        (0.0009, 100, PartState.FULL),
        (0, 0.3, PartState.FULL),
    ],
)
def test_a_disk_is_low_before_it_is_full(free: float, total: float, state: PartState) -> None:
    """In gigabytes."""
    found = Room(Path("/data"), int(free * 1024**3), int(total * 1024**3))
    assert health.of_disk(found).state is state
    told = answer({"database": Note(PartState.OK), "disk": health.of_disk(found)})
    assert told.status_code == 200, "what was saved can be read"
    assert (json.loads(told.content)["status"] == "ok") is (state is PartState.OK)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("free", "words"), [(0, "Nothing can be saved until"), (900 * 1024**2, "900 MB (9 %) are left")]
)
def test_who_leads_is_told_of_the_disk(
    state: dict[str, Note], monkeypatch: pytest.MonkeyPatch, free: int, words: str
) -> None:
    monkeypatch.setattr(health.room, "tightest", lambda: Room(Path("/data"), free, 10_000 * 1024**2))
    assert words in client_of("coordinator").get("/").text


@pytest.mark.django_db
def test_who_leads_is_told_of_mails_that_do_not_go_out(state: dict[str, Note]) -> None:
    client = client_of("coordinator")
    jobs = [app.configure_task("team.mail_anchor").defer(line="x", reader=0) for _ in range(4)]
    rows = ProcrastinateJob.objects.filter(pk__in=jobs)
    assert "E-mails do not go out" not in client.get("/").text, "they have not been tried yet"
    rows.filter(pk__in=jobs[:2]).update(attempts=1)
    rows.filter(pk=jobs[2]).update(status="failed", scheduled_at=timezone.now() - timedelta(days=29))
    rows.filter(pk=jobs[3]).update(status="failed", scheduled_at=timezone.now() - timedelta(days=31))
    told = client.get("/").text
    assert "E-mails do not go out" in told
    assert "3 e-mails wait." in told
    assert [fault for fault in mail.waiting() if ": 3." in fault]
    rows.update(status="succeeded")
    assert "E-mails do not go out" not in client.get("/").text


@pytest.mark.django_db
def test_nothing_is_said_when_nothing_is_wrong(state: dict[str, Note]) -> None:
    state["worker"] = Note(PartState.OK, timezone.now(), timezone.now() - timedelta(days=2))
    page = client_of("coordinator").get("/").text
    assert [words for words in ("background", "wait for", "disk", "E-mails", "by itself") if words in page] == []


@pytest.mark.django_db
def test_what_ended_by_itself_is_told_for_a_day(state: dict[str, Note]) -> None:
    state["pages"] = Note(PartState.OK, timezone.now(), timezone.now() - timedelta(hours=2))
    told = client_of("administrator").get("/").text
    assert "Something stopped by itself and was started again" in told
    assert "a process of the pages" in told
    assert "the database" not in told


@pytest.mark.django_db
def test_jobs_that_wait_beside_a_living_worker_are_told(state: dict[str, Note], monkeypatch: Any) -> None:
    client = client_of("coordinator")
    app.configure_task("exchange.throw_away", allow_unknown=True).defer(timestamp=0)
    assert "job waits" not in client.get("/").text
    monkeypatch.setattr(health, "LATE", timedelta(seconds=-60))
    assert "Jobs wait for long" in client.get("/").text


@pytest.mark.django_db
def test_others_are_not_asked_to_care(state: dict[str, Note]) -> None:
    told = "Work in the background has stopped"
    state["worker"] = Note(PartState.DOWN, timezone.now(), timezone.now())
    assert [told in client_of(role).get("/").text for role in ("coordinator", "adviser")] == [True, False]
