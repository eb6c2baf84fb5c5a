"""Replacing the centre's key over 10,000 data keys, killed 20 times on the way, beside re-encrypting every text.

przystan bench keys [--keys N] [--texts N]

Fills a database of its own (in .bench/keys-N; kept) with data keys through the product's own code. Prints the time of
`przystan keys rotate`; the same again with a `kill -9` at 20 moments, and how many keys open afterwards or are there
twice; MultiFernet.rotate of the cryptography package (one key for everything: the usual way, a named alternative) over
as many texts as people have; and what one text, one colleague and one passphrase cost.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
KILLS = 20
TEXT = "Zażółć gęślą jaźń. " * 100  # about 2 kB
ROUNDS = 300


def main() -> int:
    options = arguments()
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / f"keys-{options.keys}")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    from przystan.project import grants
    from przystan.project.cli import centre

    if options.only_rotate:
        with centre.opened():
            rotate()
        return 0
    with centre.opened(owner=True):
        fill(options.keys)
        grants.grant()
    with centre.opened():
        alone(options.keys)
        killed(options.keys)
        everything_anew(options.keys * options.texts)
        single()
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=10_000, metavar="N", help="data keys (10000)")
    parser.add_argument("--texts", type=int, default=10, metavar="N", help="texts under each, of 2 kB (10)")
    parser.add_argument("--only-rotate", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def fill(count: int) -> None:
    """Data keys up to this number."""
    from django.core.management import call_command

    from przystan.access.keys import data
    from przystan.access.models import DataKey
    from przystan.access.tiers import Tier

    call_command("migrate", verbosity=0)
    for number in range(DataKey.objects.count(), count):
        data.make(f"p{number:011}", Tier.T2, 1)


def rotate() -> None:
    """As the command does it; the code is taken for typed back."""
    from przystan.access.keys import files
    from przystan.project.cli import keys

    keys.put_on_paper = lambda number, code_file=None: files.note(number)
    keys.rotate(Namespace(code_file=None))


def alone(count: int) -> None:
    before = digest()
    took = timed(rotate)
    assert digest() == before
    print(f"{count} keys closed anew in {took:.1f} s")


def killed(count: int) -> None:
    """The work in processes of its own, each killed a little later than the last, then finished."""
    before, rng, total = digest(), Random(20), 0.0
    for _ in range(KILLS):
        total += one_kill(rng.uniform(0, 1))
    took = timed(rotate)
    unreadable = int(digest() != before)
    print(f"killed {KILLS} times: {total:.1f} s of work before the kills, {took:.1f} s for the rest;", end=" ")
    print(f"changed: {unreadable}, twice: {doubles()}, of {count} keys")


def one_kill(after: float) -> float:
    """Kill so many seconds after it was seen at work; returns these seconds."""
    from przystan.access.keys import centre

    before = centre.waiting()
    process = subprocess.Popen([sys.executable, __file__, "--only-rotate", *sys.argv[1:]], stdout=subprocess.DEVNULL)
    while centre.waiting() == before and process.poll() is None:
        time.sleep(0.005)
    began = time.perf_counter()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return time.perf_counter() - began


def digest() -> str:
    """Of all keys, opened, in order: the same before and after, or something was lost."""
    from przystan.access.keys import data
    from przystan.access.keys.unlocked import ring
    from przystan.access.models import DataKey

    found = sha256()
    with ring():
        for key in DataKey.objects.order_by("pk"):
            found.update(data.secret_of(key))
    return found.hexdigest()


def doubles() -> int:
    """Keys that are closed more than once."""
    from przystan.access.models import DataKey, KeyWrap

    return KeyWrap.objects.count() - DataKey.objects.count()


def everything_anew(texts: int) -> None:
    """One key for everything, replaced: each text is opened and closed, here without any database."""
    from cryptography.fernet import Fernet, MultiFernet

    both = MultiFernet([Fernet(Fernet.generate_key()), old := Fernet(Fernet.generate_key())])
    token = old.encrypt(TEXT.encode())
    each = timed(lambda: [both.rotate(token) for _ in range(1000)]) / 1000
    print(f"MultiFernet.rotate: {each * texts:.1f} s for {texts} texts of 2 kB, without reading or writing them")


def single() -> None:
    """What one of each costs, in microseconds, once the key is there."""
    from cryptography.fernet import Fernet

    from przystan.access.keys import boxes

    key, (private, public) = boxes.new_key(), boxes.new_pair()
    text, fernet, data_key = TEXT.encode(), Fernet(Fernet.generate_key()), boxes.new_key()
    closed, token, boxed = boxes.close(key, text, b"place"), fernet.encrypt(text), boxes.box(public, data_key)
    show("close a text of 2 kB", lambda: boxes.close(key, text, b"place"))
    show("open it", lambda: boxes.reopen(key, closed, b"place"))
    show("Fernet: close it", lambda: fernet.encrypt(text))
    show("Fernet: open it", lambda: fernet.decrypt(token))
    show("close a key for a colleague", lambda: boxes.box(public, data_key))
    show("open it", lambda: boxes.unbox(private, boxed))
    show("stretch a passphrase", lambda: boxes.stretched("four words nobody would guess", b"s" * 16), rounds=5)


def show(words: str, work: Callable[[], object], rounds: int = ROUNDS) -> None:
    print(f"{words:<30} {median(timed(work) for _ in range(rounds)) * 1e6:>12,.1f} µs")


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    raise SystemExit(main())
