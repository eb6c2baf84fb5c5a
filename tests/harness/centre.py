"""A centre as an operator has it: made by `init`, served by `serve`, under the product's own two roles."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from przystan.access import names
from przystan.project import cluster
from przystan.project.cluster import Places, processes
from przystan.project.supervision import parts
from tests.harness import ports

PROGRAM = [sys.executable, "-m", "przystan.project.cli"]
OURS = ("DATABASE_", "DJANGO_", "PRZYSTAN_")
T = TypeVar("T")
PATIENCE = 300.0  # seconds: nothing is measured here, and the machine may be busy
ANSWERS = [
    *("--organisation", "Fundacja Próbna", "--short-name", "FP", "--point", "Gdańsk"),
    *("--name", "Anna Próbna", "--login", "anna"),
]
numbers = count(1)


def environment(**more: str) -> dict[str, str]:
    """The variables of a shell of its own, and `more`; logs as servers write them."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    return kept | {"PRZYSTAN_LANGUAGE": "en", "PRZYSTAN_HTTPS": "0"} | more


def run(*words: str, data: Path, code: int = 0, typed: str = "", **more: str) -> str:
    """A command to its end, with what is typed into it; what it said. Fails on another exit code."""
    command = [*PROGRAM, *words, "--data", str(data)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, input=typed, env=environment(**more))
    assert done.returncode == code, f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def made(data: Path, **more: str) -> Path:
    """An empty centre in a folder, or where the variables `more` say its database is."""
    run("init", *ANSWERS, "--code-file", str(data.parent / "code"), data=data, **more)
    return data


def eventually(look: Callable[[], T], patience: float = PATIENCE) -> T:
    """What `look` gives as soon as it is something; fails when it is nothing for too long."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < deadline, f"waited {patience:.0f} s in vain"
        time.sleep(0.05)
    return found


@dataclass
class Served:
    """A running centre: what it says to people goes to `words`, what it logs to `log`."""

    data: Path
    url: str
    process: subprocess.Popen[bytes]
    words: Path
    log: Path

    def health(self) -> dict[str, Any]:
        """What /healthz says; {} while nobody answers, or whoever does is killed in mid-sentence."""
        try:
            with urllib.request.urlopen(f"{self.url}healthz", timeout=10) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            with error, suppress(ValueError, OSError, http.client.HTTPException):
                return dict(json.load(error))
        except (ValueError, OSError, http.client.HTTPException):
            pass
        return {}

    def state(self, part: str) -> str:
        return str(self.health().get("parts", {}).get(part, {}).get("state", ""))

    def is_well(self) -> bool:
        """Whether all parts work; how full the machine's disk is, is another matter."""
        parts = self.health().get("parts", {})
        return bool(parts) and all(said["state"] == "ok" for name, said in parts.items() if name != "disk")

    def pid(self, words: str) -> int:
        """A program of the supervisor, by words of its command line; 0 while it does not run."""
        for child in parts.children(self.process.pid):
            with suppress(OSError):
                if words in Path(f"/proc/{child}/cmdline").read_text().replace("\0", " "):
                    return child
        return 0

    @property
    def worker(self) -> int:
        return self.pid("przystan.project.cli worker")

    @property
    def pages(self) -> int:
        return self.pid("granian")

    @property
    def postmaster(self) -> int:
        return processes.postmaster(Places(self.data).data) or 0

    def lines(self) -> list[dict[str, Any]]:
        """What was logged, all of it JSON; a line that is just being written is none yet."""
        written = self.log.read_text(errors="replace").splitlines(keepends=True)
        return [json.loads(line) for line in written if line.endswith("\n")]

    def said(self) -> str:
        """Everything that it told people until now."""
        return self.words.read_text(errors="replace")

    def connect(self, user: str = "przystan_app") -> psycopg.Connection[Any]:
        places = Places(self.data)
        return psycopg.connect(host=str(places.sockets), user=user, dbname="przystan", autocommit=True)


@contextmanager
def served(data: Path, *options: str, **more: str) -> Iterator[Served]:
    """`przystan serve` until the end of the block; in order, or not at all if it has ended before."""
    port = ports.reserved()
    log = data.parent / f"serve-{next(numbers)}.log"
    words = log.with_suffix(".out")
    with words.open("wb") as told, log.open("wb") as lines:
        command = [*PROGRAM, "serve", "--data", str(data), "--port", str(port), *options]
        process = subprocess.Popen(command, stdout=told, stderr=lines, env=environment(**more))
    centre = Served(data, f"http://127.0.0.1:{port}/", process, words, log)
    try:
        eventually(lambda: f"http://{names.HERE}:{port}/" in centre.said() or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield centre
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        cluster.stop(data)
