"""`przystan demo` as a newcomer meets it: a process, an address, Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness import ports

from przystan.project import cluster
from przystan.project.cluster import server

ROLES = 21


@contextmanager
def running(data: Path) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """The process, its address and what it printed until it was ready."""
    ours = ("DATABASE_", "DJANGO_", "PRZYSTAN_")
    env = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    port = ports.reserved()
    command = [sys.executable, "-m", "przystan.project.cli", "demo", "--people", "30", "--data", str(data)]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, text=True, env=env)
    printed: list[str] = []
    try:
        assert process.stdout
        for line in process.stdout:
            printed.append(line.strip())
            if "Ctrl-C" in line:
                break
        found = re.search(r"http://\S+", "\n".join(printed))
        assert found, printed
        yield process, found[0], printed
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=300)


def roles(data: Path) -> set[object]:
    """As whom the running centre uses its database."""
    with server.connect(cluster.Places(data)) as connection:
        return {row[0] for row in connection.execute("SELECT usename FROM pg_stat_activity WHERE datname = 'przystan'")}


def test_demo_starts_stops_and_keeps_its_data(tmp_path: Path) -> None:
    times = []
    for _ in range(2):
        with running(tmp_path) as (process, url, printed):
            assert sum("  przystan-demo  " in line for line in printed) == ROLES
            with urllib.request.urlopen(f"{url}account/login/", timeout=20) as answer:
                assert answer.status == 200
            assert roles(tmp_path) == {"przystan_app"}
        assert process.returncode == 0
        assert cluster.status(tmp_path) is cluster.Status.DOWN
        times.append((tmp_path / "demo.json").stat().st_mtime_ns)
    assert times[0] == times[1], "the second start made the data anew"
