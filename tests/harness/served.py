"""The product's own web server, as `przystan serve` starts it, on a database of the tests."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.core.management import call_command
from django.db import connection

from przystan.project import grants
from przystan.project.ownership import as_owner
from przystan.project.supervision import programs
from tests.harness import ports

PATIENCE = 300.0  # seconds: nothing is measured here, and the machine may be busy


@dataclass(frozen=True)
class Served:
    """Where it listens."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Served]:
    """One process of the web server on the database that Django uses now; its log is `folder`/web.log."""
    make_cache_table()
    entry = connection.settings_dict
    secret = f":{quote(entry['PASSWORD'])}" if entry.get("PASSWORD") else ""
    host, port = quote(entry["HOST"], safe=""), entry.get("PORT") or "5432"
    place = f"postgres://{entry['USER']}{secret}@/{entry['NAME']}?host={host}&port={port}"
    ours = {"DATABASE_URL": place, "DJANGO_SETTINGS_MODULE": "przystan.project.settings", "PRZYSTAN_LOGS": "json"}
    listening = Served(ports.reserved())
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            programs.granian("127.0.0.1", listening.port, workers=1),
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=os.environ | ours | settings,
        )
    try:
        wait_for(listening, process, folder / "web.log")
        yield listening
    finally:
        programs.stop([process])


def make_cache_table() -> None:
    """Tests keep their cache in memory; a centre has a table, which `migrate` makes."""
    with as_owner():
        call_command("createcachetable", "django_cache", verbosity=0)
        grants.grant()


def wait_for(listening: Served, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{listening.url}/account/login/", timeout=5):
                return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
