"""A served centre when parts of it are killed: they come back by themselves, and the rest goes on meanwhile."""

import http.client
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from przystan.project import cluster
from przystan.project.cluster import processes
from przystan.project.supervision import parts
from przystan.project.trouble import Exit
from tests.harness import ports
from tests.harness.centre import PATIENCE, Served, eventually, made, run, served

pytestmark = pytest.mark.drill

TOKEN = "t" * 32  # against forged forms: the same in the cookie and the form
numbers = count(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("served") / "centre")


@pytest.fixture(scope="module")
def mail_port() -> int:
    """Where the mail server is to be; nobody listens there yet."""
    return ports.reserved()


@pytest.fixture(scope="module")
def centre(folder: Path, mail_port: int) -> Iterator[Served]:
    with served(folder, "--workers", "1", EMAIL_URL=f"smtp://127.0.0.1:{mail_port}") as one:
        yield one


@pytest.fixture(autouse=True)
def all_is_well(centre: Served) -> None:
    eventually(centre.is_well)


def kill(pid: int) -> None:
    assert pid
    os.kill(pid, signal.SIGKILL)


def page(centre: Served) -> int:
    """Status of a login with an unknown name, for which the pages must ask the database; 0 for no answer."""
    sent = urlencode({"csrfmiddlewaretoken": TOKEN, "login": f"nobody{next(numbers)}", "password": "nothing"})
    cookie = {"Cookie": f"csrftoken={TOKEN}"}
    request = urllib.request.Request(f"{centre.url}account/login/", data=sent.encode(), headers=cookie)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, http.client.HTTPException):
        return 0


def told(centre: Served, part: str, words: str) -> bool:
    return any(words in line["event"] for line in centre.lines() if line.get("part") == part)


def test_a_killed_worker_comes_back_and_the_pages_stay(centre: Served) -> None:
    before = centre.worker
    kill(before)
    eventually(lambda: page(centre) == 200)
    assert eventually(lambda: centre.worker not in (0, before))
    eventually(centre.is_well)
    assert told(centre, "worker", "killed by SIGKILL")
    assert centre.health()["parts"]["worker"]["last_end"]


def test_a_killed_web_process_comes_back(centre: Served) -> None:
    inner = next(iter(children_of(centre.pages)))
    kill(inner)
    eventually(lambda: children_of(centre.pages) - {inner})
    eventually(lambda: page(centre) == 200)
    eventually(lambda: told(centre, "pages", "ended and were replaced"))
    eventually(lambda: any(line["logger"] == "_granian" for line in centre.lines()))  # it logs as we do


def test_a_killed_web_server_comes_back_and_leaves_no_process(centre: Served) -> None:
    before, inner, worker = centre.pages, children_of(centre.pages), centre.worker
    kill(before)
    eventually(lambda: centre.pages not in (0, before) and page(centre) == 200)
    assert not any(processes.alive(pid) for pid in inner)
    assert centre.worker == worker, "the worker had no part in it"


def children_of(pid: int) -> set[int]:
    """Processes of the web server that live now; one may end while we look."""
    found = set()
    for child in parts.children(pid) if pid else ():
        with suppress(OSError):
            if "granian" in Path(f"/proc/{child}/cmdline").read_text():
                found.add(child)
    return found


def test_a_killed_postmaster_comes_back_and_all_find_it(centre: Served) -> None:
    before = centre.postmaster
    kill(before)
    assert eventually(lambda: centre.postmaster not in (0, before))
    eventually(centre.is_well)
    assert told(centre, "database", "ended")
    eventually(lambda: page(centre) == 200)
    with centre.connect() as database:
        eventually(lambda: done(database, "access.resume") is not None)


def test_one_killed_backend_takes_nothing_down(centre: Served) -> None:
    """PostgreSQL then ends all connections and recovers; the postmaster stays."""
    postmaster = centre.postmaster
    with centre.connect() as database:
        (pid,) = database.execute("SELECT pg_backend_pid()").fetchone() or (0,)
        kill(pid)
        with pytest.raises(psycopg.OperationalError):
            database.execute("SELECT 1")
    eventually(lambda: page(centre) == 200)
    eventually(centre.is_well)
    assert centre.postmaster == postmaster


def done(database: psycopg.Connection, task: str) -> object:
    return database.execute("SELECT 1 FROM procrastinate_jobs WHERE task_name = %s", [task]).fetchone()


def test_a_job_goes_on_as_soon_as_the_worker_is_back(centre: Served) -> None:
    """Not after minutes of silence: its worker holds a lock while it lives."""
    with centre.connect("przystan") as blocking, centre.connect("przystan") as looking:
        blocking.autocommit = False
        blocking.execute("LOCK TABLE exchange_importbatch")
        (job,) = looking.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'exchange.throw_away', '{\"timestamp\": 0}') RETURNING id"
        ).fetchone() or (0,)

        def status() -> tuple[str, int]:
            # However long it takes here, the killed worker's silence is not what is waited for.
            looking.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
            found = looking.execute("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = %s", [job])
            return found.fetchone() or ("", 0)

        eventually(lambda: status() == ("doing", 0))
        before = centre.worker
        kill(before)
        eventually(lambda: status() == ("doing", 1))
        blocking.rollback()
        eventually(lambda: status()[0] == "succeeded")


class Letters:
    """What a mail server has taken."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


def test_mails_wait_for_a_mail_server_that_is_away(centre: Served, mail_port: int) -> None:
    run("user", "add", "iod", "--name", "Iga Próbna", "--role", "data_protection_officer", data=centre.data)
    with centre.connect("postgres") as looking:
        looking.execute("UPDATE access_user SET email = 'iod@example.org' WHERE username = 'iod'")
        variables = {"EMAIL_URL": f"smtp://127.0.0.1:{mail_port}"}
        assert "mails on their way: 1" in run("audit", "anchor", data=centre.data, **variables)

        def job() -> tuple[str, bool]:
            found = looking.execute(
                "SELECT status::text, attempts > 0 FROM procrastinate_jobs WHERE task_name = 'team.mail_anchor'"
            )
            return found.fetchone() or ("", False)

        eventually(lambda: job() == ("todo", True))
        assert page(centre) == 200
        assert "E-mails that the mail server has not taken yet: 1" in run(
            "check", data=centre.data, code=1, **variables
        )
        letters = Letters()
        server = Controller(letters, hostname="127.0.0.1", port=mail_port)
        server.start()
        try:
            looking.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'team.mail_anchor'")
            eventually(lambda: job()[0] == "succeeded")
        finally:
            server.stop()
        (letter,) = letters.taken
        assert letter.rcpt_tos == ["iod@example.org"]
        last = (centre.data / "anchors.log").read_text().splitlines()[-1]
        assert last in bytes(letter.content or b"").decode()


LINKS = """
    INSERT INTO links_link (ref, organisation_id, purpose, language, digest, code, wrong_codes, uses, used, made_at,
        expires_at)
    SELECT v.ref, o.id, 'privacy.notice', 'uk', repeat(v.digit, 64), '', 0, 1, 0, now() - v.made, now() + v.rest
    FROM (SELECT id FROM team_organisation ORDER BY id LIMIT 1) o,
         (VALUES ('dxedxedxedxe', 'd', interval '4 days', interval '10 days'),
                 ('pastpastpast', 'e', interval '15 days', interval '-1 day')) v (ref, digit, made, rest)"""


def test_links_are_looked_over_by_the_worker_and_nothing_is_sent(centre: Served, mail_port: int) -> None:
    """Who was asked is reminded by staff, by hand: the house writes to nobody whom it does not know to be safe."""
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=mail_port)
    server.start()
    try:
        with centre.connect("postgres") as looking:
            looking.execute(LINKS)
            looking.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
                " VALUES ('default', 'links.look_over', '{\"timestamp\": 0}')"
            )
            silent = "SELECT array_agg(ref) FROM links_link WHERE silent_at IS NOT NULL"
            eventually(lambda: looking.execute(silent).fetchone() == (["pastpastpast"],))
            reminded = "SELECT l.ref, r.number, r.done_at FROM links_reminder r JOIN links_link l ON l.id = r.link_id"
            assert looking.execute(reminded).fetchall() == [("dxedxedxedxe", 1, None)]
            told = "SELECT purpose FROM access_auditentry WHERE action = 'link.silent'"
            assert looking.execute(told).fetchall() == [("links.time",)]
    finally:
        server.stop()
    assert letters.taken == []


def test_a_second_serve_on_the_folder_is_refused(centre: Served) -> None:
    said = run("serve", "--port", str(ports.reserved()), data=centre.data, code=Exit.FOLDER)
    assert f"A centre is served from {centre.data} already" in said
    assert "Traceback" not in said


def test_a_killed_supervisor_leaves_nothing_and_the_next_one_starts(folder: Path, centre: Served) -> None:
    """Last: it ends the centre of this module."""
    mine = [centre.worker, centre.pages, *children_of(centre.pages)]
    kill(centre.process.pid)
    for pid in mine:
        assert processes.wait_until_gone(pid, PATIENCE)
    with served(folder, "--no-worker", "--workers", "1") as next_one:
        assert next_one.worker == 0
        eventually(lambda: page(next_one) == 200)
        assert next_one.health()["parts"]["database"]["state"] == "ok"
    assert next_one.process.returncode == 0
    assert cluster.status(folder) is cluster.Status.DOWN
