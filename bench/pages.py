"""Every page that somebody gets to by clicking, as several roles, at any size of a centre.

przystan bench pages [--people N] [--supports N] [--roles a,b] [--times N] [--each N] [--worst N]

Fills a demo centre of its own (in .bench/pages-N; kept, so that a second run starts at once). Each role begins on Today
and opens whatever its pages lead to, or fetch by themselves: `--each` addresses of each page in the policy table,
`--times` times each (Django's test client, the application's role, row-level security). Put another version or product
beside it: bench/peers.md.

Printed for the slowest pages: wait (median and p95), processor time of Python, statements, kB as made and as sent; how
many pages miss a goal (p95 of 300 ms, 25 statements, more of two); which addresses of the policy table nobody got to.
"""

import argparse
import gc
import gzip
import os
import re
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

ROOT = Path(__file__).resolve().parents[1]
LEADS = re.compile(r'\b(?:href|hx-get)="([^"#]+)')
SLOW = 300  # ms, p95
MANY = 25  # statements
# Two pages are put together from parts of nearly every module, each of which asks once or twice.
COMPOSED = {"desk:today": 34, "desk:person": 34}
ROLES = ["reception", "adviser", "coordinator", "grant_officer"]
FIRST = "/"


def main() -> int:
    options = arguments()
    with filled_centre(options.people, options.supports):
        warmed()
        told([page for role in options.roles for page in walked(role, options.each, options.times)], options.worst)
    return 0


@contextmanager
def filled_centre(people: int, supports: int | None) -> Iterator[None]:
    """A demo centre with so many people, and three supports for each or so many; filled when it is not there."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / f"pages-{people}")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    sys.path.insert(0, str(ROOT))
    from przystan.project.cli import centre

    with centre.opened(owner=True, founding=True):
        from bench import scoped
        from bench.ledger import filled

        scoped.act()
        filled(supports or 3 * people, people)
    with centre.opened():
        from django.test.utils import setup_test_environment

        setup_test_environment()
        yield


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000, metavar="N", help="people in the register (10000)")
    parser.add_argument("--supports", type=int, metavar="N", help="supports in the ledger (three for each)")
    parser.add_argument("--roles", type=lambda text: text.split(","), default=ROLES)
    parser.add_argument("--times", type=int, default=5, metavar="N", help="requests of each address (5)")
    parser.add_argument("--each", type=int, default=2, metavar="N", help="addresses of each page (2)")
    parser.add_argument("--worst", type=int, default=20, metavar="N", help="pages to print (20)")
    return parser.parse_args()


@dataclass
class Opened:
    """A page as one role opened it a few times."""

    role: str
    name: str
    path: str
    waits: list[float] = field(default_factory=list)  # ms
    worked: list[float] = field(default_factory=list)  # ms of processor time, Python alone
    statements: int = 0
    made: int = 0  # bytes
    sent: int = 0  # bytes, compressed

    @property
    def p95(self) -> float:
        return quantiles(self.waits, n=20, method="inclusive")[-1] if len(self.waits) > 1 else self.waits[0]

    @property
    def asks_more(self) -> bool:
        """Whether it asks the database more often than it may."""
        return self.statements > allowed(self.name)


def allowed(name: str) -> int:
    """Statements that a page may take, by its name in the policy table or its shape."""
    return COMPOSED.get(name.partition("?")[0], MANY)


def warmed() -> None:
    """Before the first request, as a process that serves does."""
    from przystan.project.serving.warming import warm

    warm()
    gc.collect()
    gc.freeze()  # as project/asgi.py does


def walked(role: str, each: int, times: int) -> Iterator[Opened]:
    """Pages that a role gets to: so many addresses of each, each asked so many times."""
    client = logged_in(role)
    client.get(FIRST)
    waiting, known, had = deque([FIRST]), {FIRST}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        shape = shape_of(path)
        if not shape or had[shape] >= each:
            continue
        page, text = opened(client, role, shape, path, times)
        if page:
            had[shape] += 1
            yield page
        for led in (urljoin(path, unescape(link)) for link in LEADS.findall(text)):
            if led.startswith("/") and led not in known:
                known.add(led)
                waiting.append(led)


def logged_in(role: str) -> Any:
    from django.test import Client

    from przystan.access.actors import system
    from przystan.access.models import User
    from przystan.access.scope import acting

    client = Client(headers={"accept-language": "pl"})
    with acting(system(0, "bench")):
        client.force_login(User.objects.get(username=role))
    return client


def shape_of(path: str) -> str:
    """The page's name in the policy table with the names of its filters; "" for what is no page of ours."""
    from django.urls import Resolver404, resolve

    from przystan.access.addresses import policy

    parts = urlsplit(path)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return ""
    if name not in policy():
        return ""
    asked = ",".join(sorted({key for key, _ in parse_qsl(parts.query)}))
    return f"{name}?{asked}" if asked else name


def opened(client: Any, role: str, name: str, path: str, times: int) -> tuple[Opened | None, str]:
    """The page with its figures and its text; None for what does not answer 200: it leads elsewhere, say."""
    page, text = Opened(role, name, path), ""
    for _ in range(times):
        with counted() as statements:
            began, worked = time.perf_counter(), time.thread_time()
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            page.waits.append((time.perf_counter() - began) * 1000)
            page.worked.append((time.thread_time() - worked) * 1000)
        if answer.status_code != 200:
            return None, ""
        page.statements = max(page.statements, statements[0])
        page.made, page.sent = len(body), len(gzip.compress(body, 6))
        text = body.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""
    return page, text


@contextmanager
def counted() -> Iterator[list[int]]:
    """The number of statements sent, in a list of one."""
    from django.db import connection

    number = [0]

    def count(execute: Any, *rest: Any) -> Any:
        number[0] += 1
        return execute(*rest)

    with connection.execute_wrapper(count):
        yield number


def told(pages: list[Opened], worst: int) -> None:
    from przystan.access.addresses import policy

    print(f"{'role':<14}{'page':<44}{'median':>8}{'p95':>8}{'Python':>8}{'statements':>12}{'kB':>7}{'sent':>7}")
    for page in sorted(pages, key=lambda one: -one.p95)[:worst]:
        figures = f"{median(page.waits):>8.0f}{page.p95:>8.0f}{median(page.worked):>8.0f}{page.statements:>12}"
        print(f"{page.role:<14}{page.name[:42]:<44}{figures}{page.made / 1000:>7.0f}{page.sent / 1000:>7.1f}")
    names = {page.name.partition("?")[0] for page in pages}
    slow = sum(page.p95 > SLOW for page in pages)
    many = sum(page.asks_more for page in pages)
    print(f"\n{len(pages)} pages, {len(names)} of {len(policy())} addresses of the policy table by GET.")
    print(f"{slow} past {SLOW} ms, {many} past {MANY} statements (those put together: {COMPOSED}).")
    print("not got to: " + ", ".join(sorted(set(policy()) - names)))


if __name__ == "__main__":
    sys.exit(main())
