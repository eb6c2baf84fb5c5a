"""Checking an audit log of 1,000,000 rows, beside a plain SHA-256 chain, and what a log without a key lets pass.

przystan bench audit [--rows N]

Fills a database of its own (in .bench/audit-N; kept) with chained rows, through the product's own code. Prints the time
of `audit verify`, of the same with a plain SHA-256 over the same bytes (the usual hash chain: a named alternative), and
of the fetching alone; how much memory it took; what one row costs a request; and in how many of 20 rounds an edited
log whose chain was computed anew passes each check.
"""

import argparse
import hashlib
import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 20
REQUESTS = 300
SMALL = 200
NAMES = {"verify": "przystan audit verify", "SHA-256": "plain SHA-256 chain", "fetch": "fetching the rows alone"}


def main() -> int:
    options = arguments()
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / f"audit-{options.rows}")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    from przystan.project import grants
    from przystan.project.cli import centre

    with centre.opened(owner=True):
        fill(options.rows)
        grants.grant()
    with centre.opened():
        checking()
        writing()
        passing()
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="N", help="rows in the log (1000000)")
    return parser.parse_args()


# The log


def fill(rows: int) -> None:
    """Chained rows up to this number."""
    from django.core.management import call_command
    from django.db import transaction

    from przystan.access import audit
    from przystan.access.models import AuditEntry, AuditHead

    call_command("migrate", verbosity=0)
    head = AuditHead.objects.first()
    missing = rows - (head.seq if head else 0)
    if missing <= 0:
        return
    print(f"filling a log of {rows:,} rows …", flush=True)
    started = time.monotonic()
    random = Random(7)
    while missing > 0:
        with transaction.atomic():
            audit._write([AuditEntry(**columns(random)) for _ in range(min(missing, 20_000))])
        missing -= 20_000
    print(f"filled in {time.monotonic() - started:.0f} s", flush=True)


def columns(random: Random) -> dict[str, Any]:
    from django.utils import timezone

    return {
        "at": timezone.now(),
        "roles": random.choice(["adviser", "adviser coordinator", "legal_adviser"]),
        "organisation_id": 1,
        "action": random.choice(["read", "person.change", "support.record"]),
        "model": random.choice(["people.person", "support.support", "casework.note"]),
        "object_ref": "".join(random.choices("23456789abcdefghjkmnpqrstvwxyz", k=12)),
        "tier": random.randrange(4),
        "fields": random.sample(["town", "title", "text", "kind", "valid_from"], k=2),
        "purpose": "",
        "request": f"{random.getrandbits(128):032x}",
    }


# Checking


def checking() -> None:
    """The whole check, the plain chain over the same rows, and the fetching alone."""
    from przystan.access import verifying

    timed: dict[str, tuple[float, float]] = {}
    rows = verifying.bounds_now().head.seq
    for name, work in (("fetch", fetch), ("SHA-256", plain), ("verify", verify)):
        started, worked = time.monotonic(), time.process_time()
        work()
        timed[name] = (time.monotonic() - started, time.process_time() - worked)
    million = 1_000_000 / rows
    print(f"\n{rows:,} rows, for a million of them:          whole    of it our processor")
    for name, words in NAMES.items():
        print(f"  {words:<28} {timed[name][0] * million:6.1f} s  {timed[name][1] * million:6.1f} s")
    ratios = [timed["verify"][part] / timed["SHA-256"][part] for part in (0, 1)]
    print(f"  verify to plain chain        {ratios[0]:6.2f}    {ratios[1]:6.2f}")
    print(f"  most memory at any time      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:4} MB")


def stream() -> Iterator[Any]:
    from django.db import transaction

    from przystan.access import verifying

    with transaction.atomic():
        yield from verifying.Stream(verifying.bounds_now().head.seq)


def fetch() -> None:
    for _ in stream():
        pass


def verify() -> None:
    from przystan.access import verifying

    report = verifying.verify()
    assert report.is_fine, report.fault


def plain() -> bytes:
    """What a log without a key would check: each hash over the row and the hash before it."""
    from przystan.access.chain import canonical

    before = b""
    for row in stream():
        before = hashlib.sha256(canonical(row) + before).digest()
    return before


# Writing


def writing() -> None:
    """What the rows of a request cost it: a transaction with one change, without and with one row, and with ten."""
    print("\na transaction with one small change, median:")
    alone = request(0)
    for rows in (0, 1, 10):
        spent = request(rows) if rows else alone
        print(f"  {rows:2} audit rows                {spent * 1000:6.2f} ms   {spent / alone:4.2f}")


def request(rows: int) -> float:
    """Seconds, median."""
    from przystan.access import audit
    from przystan.access.actors import system
    from przystan.access.models import User
    from przystan.access.scope import acting

    by = system(1, "bench")
    user, _ = User.objects.get_or_create(username="bench", defaults={"full_name": "Bench"})
    seen = [User(ref=f"seen{number}") for number in range(rows)]
    spent = []
    for number in range(REQUESTS):
        started = time.monotonic()
        with acting(by):
            User.objects.filter(pk=user.pk).update(full_name=f"Bench {number}")
            for one in seen:
                audit.read(by, one, ["email"])
        spent.append(time.monotonic() - started)
    return median(spent)


# What passes


def passing() -> None:
    """An intruder edits one row and computes the chain anew, as well as they can without the key file."""
    keyed = sum(not keyed_fault(Random(number)) for number in range(ROUNDS))
    bare = sum(not plain_fault(Random(number)) for number in range(ROUNDS))
    print(f"\nan edited log, chained anew: passes {keyed} of {ROUNDS} checks of ours, {bare} of a plain chain")


def keyed_fault(random: Random) -> bool:
    """Whether ours notices."""
    from przystan.access.chain import START, Row, link
    from przystan.access.chain_check import Bounds, first_fault

    return rechained(random, lambda rows, secret: link(rows, START, "1", secret), Row, Bounds, first_fault)


def rechained(random: Random, close: Callable[..., Any], row: Any, bounds: Any, check: Callable[..., Any]) -> bool:
    rows = [SimpleNamespace(actor_id=None, **columns(random)) for _ in range(SMALL)]
    close(rows, random.randbytes(32))
    rows[random.randrange(SMALL)].action = "harmless"
    head = close(rows, random.randbytes(32))
    read = [row(**vars(one)) for one in rows]
    return check(read, bounds(head, head.seq), {"1": random.randbytes(32)}, lambda seq: None) is not None


def plain_fault(random: Random) -> bool:
    """Whether a plain chain notices: its head is in the same database, so it is set along."""
    from przystan.access.chain import canonical

    def close(rows: list[Any]) -> bytes:
        before = b""
        for seq, row in enumerate(rows, start=1):
            row.seq, row.key_id = seq, ""
            row.mac = before = hashlib.sha256(canonical(row) + before).digest()
        return before

    rows = [SimpleNamespace(actor_id=None, **columns(random)) for _ in range(SMALL)]
    close(rows)
    rows[random.randrange(SMALL)].action = "harmless"
    head = close(rows)
    before = b""
    for row in rows:
        before = hashlib.sha256(canonical(row) + before).digest()
        if before != row.mac:
            return True
    return before != head


if __name__ == "__main__":
    raise SystemExit(main())
