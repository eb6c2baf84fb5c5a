"""The centre of the bench `faults`: made, filled, served, killed, and read afterwards."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.harness import ports
from tests.harness.centre import PATIENCE, PROGRAM, Served, environment, eventually, made, run

from przystan.project import cluster
from przystan.project.supervision import parts

SETTINGS = {"PRZYSTAN_REQUIRE_SECOND_FACTOR": "0", "DJANGO_SETTINGS_MODULE": "przystan.project.settings"}
APP = ["pages", "page process", "worker"]
FILL = """
import json, sys
from przystan.project.cli import centre
with centre.opened():
    from django.test import Client
    from django.utils import timezone
    from przystan.access.actors import system
    from przystan.access.models import User
    from przystan.access.scope import acting
    from przystan.support.models import Service
    from przystan.team import actions
    from przystan.team.models import Organisation, Point
    organisation, point = Organisation.objects.get(), Point.objects.get()
    sessions = []
    with acting(system(organisation.pk, "bench")) as by:
        for number in range(int(sys.argv[1])):
            user, _ = actions.add_member(
                by=by, full_name=f"Writer {number}", username=f"writer{number}", role="adviser", point=point)
            User.objects.filter(pk=user.pk).update(must_change_password=False)
            user.refresh_from_db()
            client = Client()
            client.force_login(user)
            sessions.append(client.session.session_key)
        service = Service.objects.filter(retired=False).order_by("pk")[0].pk
    print(json.dumps({"sessions": sessions, "service": service, "point": point.pk}))
"""


@dataclass(frozen=True)
class Accounts:
    """Keys of sessions, and numbers that the form asks for."""

    sessions: list[str]
    service: int
    point: int


@dataclass(frozen=True)
class Ledger:
    """What is there: reference of an entry -> the token of its form; references with an audit row."""

    entries: dict[str, UUID]
    audited: set[str]
    sound: bool


class Centre:
    """One at a time in a folder; its data there too, or on a disk of their own."""

    def __init__(self, place: Path, data: Path | None = None) -> None:
        self.data = made(data or place / "centre")
        self.port = ports.reserved()
        self.log = place / "serve.log"
        self.served: Served | None = None

    def filled(self, writers: int) -> Accounts:
        """With accounts whose sessions are open; served from here on."""
        told = subprocess.run(
            [sys.executable, "-c", FILL, str(writers)],
            check=True,
            stdout=subprocess.PIPE,
            env=environment() | SETTINGS | {"PRZYSTAN_DATA": str(self.data)},
        )
        self.begin()
        eventually(self.is_well)
        return Accounts(**json.loads(told.stdout.splitlines()[-1]))

    def begin(self) -> None:
        command = [*PROGRAM, "serve", "--data", str(self.data), "--port", str(self.port)]
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env=environment() | SETTINGS)
        self.served = Served(self.data, f"http://127.0.0.1:{self.port}/", process, self.log, self.log)

    def close(self) -> None:
        if self.served:
            self.served.process.terminate()
            self.served.process.wait(PATIENCE)
        cluster.stop(self.data)

    @property
    def running(self) -> Served:
        assert self.served
        return self.served

    def is_well(self) -> bool:
        return self.running.is_well()

    def app_kill(self, chance: random.Random) -> str:
        """Which process of the application is next: one in ten times the supervisor."""
        return "supervisor" if chance.random() < 0.1 else chance.choice(APP)

    def kill(self, kind: str, chance: random.Random) -> Callable[[], bool]:
        """Kill one, and give what says that another has taken its place."""
        if kind == "supervisor":
            return self.kill_supervisor()
        look: Callable[[], set[int]] = {
            "pages": lambda: {self.running.pages},
            "worker": lambda: {self.running.worker},
            "page process": lambda: self.pages_of(self.running.pages),
            "postmaster": lambda: {self.running.postmaster},
            "backend": self.backends,
        }[kind]
        pids = eventually(lambda: look() - {0})
        pid = chance.choice(sorted(pids))
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return lambda: bool(look() - {0, pid})

    def kill_supervisor(self) -> Callable[[], bool]:
        """It is begun anew at once, as systemd would."""
        self.running.process.kill()
        self.running.process.wait()
        self.begin()
        return lambda: True

    def pages_of(self, pid: int) -> set[int]:
        found = set()
        for child in parts.children(pid) if pid else set():
            with suppress(OSError):
                if "granian" in Path(f"/proc/{child}/cmdline").read_text():
                    found.add(child)
        return found

    def backends(self) -> set[int]:
        """Connections to the database of the centre."""
        with suppress(Exception), self.running.connect("postgres") as database:
            ask = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            return {row[0] for row in database.execute(ask)}
        return set()

    def ledger(self) -> Ledger:
        """Read by the superuser of the cluster, who sees all rows."""
        with self.running.connect("postgres") as database:
            entries = database.execute("SELECT ref, form_token FROM support_support WHERE form_token IS NOT NULL")
            found: dict[str, Any] = dict(entries.fetchall())
            audit = database.execute("SELECT object_ref FROM access_auditentry WHERE action = 'support.record'")
            audited = {row[0] for row in audit}
        try:
            run("audit", "verify", data=self.data)
            sound = True
        except AssertionError:
            sound = False
        return Ledger(found, audited, sound)
