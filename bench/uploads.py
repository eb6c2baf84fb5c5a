"""Hostile files sent to a centre that is served: do other people's pages wait, and how long is a request held?

przystan bench uploads [--people N] [--before COMMIT] [--port N] [--least SECONDS]

Serves a demo centre in .bench/uploads (pages and worker, as `przystan demo` does) and sends every file of
tests/exchange/hostile.py through the form, one after the other; meanwhile a colleague opens pages without a pause. Of
each file: how long the request took, until the job had done with it, and the 95th percentile of the colleague's pages
in that time (at least --least seconds). Then 100,000 rows of people as CSV and as XLSX.

--before: the same two named files and 100,000 rows on that commit (f88994b, before files were read apart), from a git
worktree, in the same run; "" leaves it out. A request is given up after PATIENCE seconds there.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import unescape
from http.cookiejar import CookieJar
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("/", "/people/", "/supports/", "/programmes/", "/reports/")
NAMED = ("rows in a comment", "cells in the last column")
PATIENCE = 60  # seconds
ROWS = 100_000
HEADER = ["Imię", "Nazwisko", "Data ur.", "Płeć", "Obywatelstwo", "Tel.", "E-mail", "Miejscowość", "Język", "Uwagi"]


def main() -> int:
    options = arguments()
    sys.path.insert(0, str(ROOT))
    from tests.exchange.hostile import FILES

    contents = {name: make() for name, (make, _) in FILES.items() if name != "nothing at all"}
    large = {"100,000 rows, CSV": csv_rows(), "100,000 rows, XLSX": xlsx_rows()}
    with served(ROOT, ROOT / ".bench" / "uploads", options) as address:
        told("now", address, options, contents, large)
    if options.before:
        named = {name: contents[name] for name in NAMED}
        with worktree(options.before) as before, served(before, ROOT / ".bench" / "uploads-before", options) as address:
            told(options.before, address, options, named, large)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2000, metavar="N", help="people of the centre (2000)")
    parser.add_argument("--before", default="f88994b", metavar="COMMIT", help="compared with (f88994b); empty: nothing")
    parser.add_argument("--port", type=int, default=8350)
    parser.add_argument("--least", type=float, default=2.0, metavar="SECONDS", help="measured for each file (2)")
    return parser.parse_args()


def told(
    what: str, address: str, options: argparse.Namespace, files: dict[str, bytes], large: dict[str, bytes]
) -> None:
    """Print what the files did to a centre."""
    sender, colleague = Browser(address, "coordinator"), Colleague(Browser(address, "director"))
    with colleague:
        quiet = colleague.during(time.monotonic() + 5)
        print(f"\n{what}: nobody sends anything: p95 {quiet:.0f} ms")
        print(f"{'file':<36}{'request s':>10}{'all s':>8}{'p95 ms':>8}  ")
        worst, meanwhile, began = [], 0.0, time.monotonic()
        for name, content in (files | large).items():
            start = time.monotonic()
            request, whole, state = sender.send(content, "x.csv" if name.endswith("CSV") else "x.xlsx")
            p95 = colleague.during(max(start + options.least, time.monotonic()), since=start)
            worst.append(p95)
            if len(worst) == len(files):
                meanwhile = colleague.during(0, since=began)
            print(f"{name:<36}{request:>10.2f}{whole:>8.1f}{p95:>8.0f}  {state}", flush=True)
        hostile = sorted(worst[: len(files)])
        print(f"{len(hostile)} hostile files: p95 of all pages meanwhile {meanwhile:.0f} ms")
        print(f"of the pages during one file: median {hostile[len(hostile) // 2]:.0f} ms, worst {hostile[-1]:.0f} ms")


class Answered(urllib.request.HTTPRedirectHandler):
    """Notes when a request was answered by another address."""

    when = 0.0

    def redirect_request(self, *args: Any) -> Any:
        self.when = time.monotonic()
        return super().redirect_request(*args)


class Browser:
    """Somebody who is logged in."""

    def __init__(self, address: str, login: str):
        self.address, self.jar = address, CookieJar()
        self.answered = Answered()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), self.answered)
        page = self.get("/account/login/")
        self.post("/account/login/", {"login": login, "password": "przystan-demo"}, token(page))
        assert "/login/" not in self.at, "nobody is logged in"

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=PATIENCE) as answer:
            self.refresh = answer.headers.get("HX-Refresh")
            self.at = answer.geturl()
            return str(answer.read().decode())

    def post(self, path: str, values: dict[str, str], csrf: str, file: tuple[str, bytes] | None = None) -> str:
        parts = [field(name, value.encode()) for name, value in (values | {"csrfmiddlewaretoken": csrf}).items()]
        if file:
            parts.append(field("file", file[1], f'; filename="{file[0]}"'))
        request = urllib.request.Request(self.address + path, b"".join(parts) + b"--limit--\r\n")
        request.add_header("Content-Type", "multipart/form-data; boundary=limit")
        request.add_header("Origin", self.address)
        request.add_header("Referer", self.address + path)
        with self.opener.open(request, timeout=PATIENCE) as answer:
            self.at = answer.geturl()
            return str(answer.read().decode())

    def send(self, content: bytes, name: str) -> tuple[float, float, str]:
        """Seconds of the request, seconds until the job is done, and its end."""
        csrf, start = token(self.get("/imports/")), time.monotonic()
        try:
            html = self.post("/imports/", {"kind": "people"}, csrf, (name, content))
        except (TimeoutError, urllib.error.URLError) as error:
            return time.monotonic() - start, time.monotonic() - start, f"given up: {error}"
        request, page = self.answered.when - start, self.at.removeprefix(self.address)
        while "progress/" in html and time.monotonic() - start < 600:
            time.sleep(0.2)
            self.get(f"{page}progress/")
            if self.refresh:
                html = self.get(page)
        return request, time.monotonic() - start, self.ended(html)

    def ended(self, html: str) -> str:
        """What became of a file, by the page that it ended on."""
        if "/columns/" in self.at:
            return "read"
        found = re.search(r'alert-title">[^<]*</p><p>([^<]*)', html)
        return unescape(found[1]) if found else f"lost at {self.at}"


def token(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert found, html[:500]
    return found[1]


def field(name: str, value: bytes, more: str = "") -> bytes:
    return b'--limit\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (
        name.encode(),
        more.encode(),
        value,
    )


class Colleague(Thread):
    """Opens one page after the other and notes how long each took."""

    def __init__(self, browser: Browser):
        super().__init__(daemon=True)
        self.browser, self.over = browser, Event()
        self.seen: list[tuple[float, float]] = []  # when it was asked for, seconds

    def __enter__(self) -> "Colleague":
        self.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self.over.set()
        self.join()

    def run(self) -> None:
        for path in cycle(PAGES):
            if self.over.is_set():
                return
            start = time.monotonic()
            with suppress(OSError, urllib.error.URLError):
                self.browser.get(path)
                assert "/login/" not in self.browser.at, "the colleague was logged out"
            self.seen.append((start, time.monotonic() - start))
            time.sleep(0.02)

    def during(self, until: float, since: float | None = None) -> float:
        """95th percentile, in milliseconds, of the pages asked for from now (or `since`) on."""
        since = time.monotonic() if since is None else since
        time.sleep(max(0.0, until - time.monotonic()))
        asked = len([start for start, _ in self.seen if start >= since])
        while not asked:
            time.sleep(0.05)
            asked = len([start for start, _ in self.seen if start >= since])
        took = sorted(seconds for start, seconds in self.seen if start >= since)
        return 1000 * took[min(len(took) - 1, int(len(took) * 0.95))]


@contextmanager
def served(root: Path, data: Path, options: argparse.Namespace) -> Iterator[str]:
    """The address of a demo centre that runs on the code of `root`."""
    ours = ("DATABASE_", "DJANGO_", "PRZYSTAN_")
    env = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    env["PYTHONPATH"] = str(root / "src")
    command = [sys.executable, "-m", "przystan.project.cli", "demo", "--people", str(options.people)]
    command += ["--port", str(options.port), "--data", str(data)]
    process = subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        for line in process.stdout:
            if "Ctrl-C" in line:
                break
        yield f"http://localhost:{options.port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)


@contextmanager
def worktree(commit: str) -> Iterator[Path]:
    folder = ROOT / ".bench" / f"code-{commit}"
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "add", "--detach", "--force", str(folder), commit], check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)


# 100,000 rows


def rows() -> Iterator[list[str]]:
    yield HEADER
    for n in range(ROWS):
        born = f"{n % 28 + 1}.{n % 12 + 1:02}.{1950 + n % 60}"
        phone = f"+48 6{n % 100:02} {n // 100 % 1000:03} {n % 1000:03}"
        yield [f"Imię{n % 977}", f"Nazwisko{n}", born, "K", "Ukraina", phone, f"o{n}@example.org", "Gdańsk", "uk", "x"]


def csv_rows() -> bytes:
    return "\n".join(";".join(row) for row in rows()).encode()


def xlsx_rows() -> bytes:
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows()):
            sheet.write_row(number, 0, row)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
