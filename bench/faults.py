"""Kills under load: what was acknowledged is there, nothing is half done, and everything comes back.

przystan bench faults [--kills 200] [--database 50] [--writers 8] [--seconds S] [--seed 14]

Makes a centre in a folder of its own (embedded database, both roles), serves it, and lets writers log contacts over
HTTP all the time. Meanwhile processes are killed with kill -9 at random moments: the pages' server, one of its
processes, the worker, the supervisor itself (one in ten; it is started again by us, as systemd would), the
database's main process and backends. Outcomes of each post: acknowledged, refused in words, unknown. Afterwards every
acknowledged one must be in the ledger, each entry with its audit row, each audit row with its entry, the chain sound.
"Back" is when a post that was sent after the kill is acknowledged and /healthz says that all is well.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import faults_centre  # noqa: E402
from bench.faults_centre import Accounts, Ledger  # noqa: E402
from bench.faults_writers import Outcome, Post, Writers  # noqa: E402

BACK = 120.0  # seconds after which a part that is not back is a failure
PAUSE = 0.7  # seconds at most between being back and the next kill


@dataclass
class Run:
    """What was killed, and what came of it."""

    back: dict[str, list[float]] = field(default_factory=dict)  # what was killed -> seconds until all was back
    posts: list[Post] = field(default_factory=list)
    led: list[str] = field(default_factory=list)  # where writers were led instead of being answered
    missing: set[UUID] = field(default_factory=set)  # acknowledged, and not there
    unaudited: int = 0
    half: int = 0  # audit rows whose entry is not there
    sound: bool = False

    @property
    def is_fine(self) -> bool:
        return self.sound and not (self.missing or self.unaudited or self.half)

    @property
    def times(self) -> list[float]:
        return sorted(seconds for some in self.back.values() for seconds in some)


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        found = run(Path(place), options)
    report(found)
    return 0 if found.is_fine else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="of processes of the application (200)")
    parser.add_argument("--database", type=int, default=50, help="of the database (50)")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="no more kills after so many")
    parser.add_argument("--seed", type=int, default=14)
    return parser.parse_args()


def run(place: Path, options: Any) -> Run:
    """The whole drill in a folder."""
    chance = random.Random(options.seed)
    centre = faults_centre.Centre(place)
    try:
        accounts = centre.filled(options.writers)
        return drill(centre, accounts, options, chance)
    finally:
        centre.close()


def drill(centre: "faults_centre.Centre", accounts: Accounts, options: Any, chance: random.Random) -> Run:
    found = Run()
    writers = Writers(centre, accounts)
    with writers:
        kinds = [*(centre.app_kill(chance) for _ in range(options.kills))]
        kinds += [chance.choice(["postmaster", "backend"]) for _ in range(options.database)]
        chance.shuffle(kinds)
        until = time.monotonic() + options.seconds
        for kind in kinds:
            if time.monotonic() > until:
                break
            writers.pause(chance.random() * PAUSE)
            found.back.setdefault(kind, []).append(killed(centre, writers, kind, chance))
    found.posts, found.led = writers.posts, writers.led
    judged(found, centre.ledger())
    return found


def killed(centre: "faults_centre.Centre", writers: Writers, kind: str, chance: random.Random) -> float:
    """Kill one; seconds until all is back."""
    began = time.monotonic()
    is_new = centre.kill(kind, chance)
    while not (is_new() and writers.acknowledged_since(began) and centre.is_well()):
        if time.monotonic() - began > BACK:
            raise SystemExit(
                f"not back {BACK:.0f} s after a kill of {kind}: {centre.running.health()}, led to {writers.led}"
            )
        time.sleep(0.05)
    return time.monotonic() - began


def judged(found: Run, ledger: Ledger) -> None:
    """Hold what was told to the writers against what is there."""
    told = {post.token for post in found.posts if post.outcome is Outcome.ACKNOWLEDGED}
    found.missing = told - set(ledger.entries.values())
    found.unaudited = len(ledger.entries.keys() - ledger.audited)
    found.half = len(ledger.audited - ledger.entries.keys())
    found.sound = ledger.sound


def share(values: list[float], part: float) -> float:
    return values[min(len(values) - 1, int(len(values) * part))]


def report(found: Run) -> None:
    """The figures."""
    outcomes = Counter(post.outcome for post in found.posts)
    print(f"{len(found.posts):,} posts: " + ", ".join(f"{outcomes[one]:,} {one.value}" for one in Outcome))
    print(f"led elsewhere: {Counter(found.led) or 0}")
    print(f"acknowledged and lost: {len(found.missing)}")
    print(f"entries without an audit row: {found.unaudited}; audit rows without an entry: {found.half}")
    print(f"audit chain: {'sound' if found.sound else 'BROKEN'}\n")
    print(f"{'killed':<14}{'times':>7}{'p50 s':>8}{'p99 s':>8}{'max s':>8}")
    for kind, seconds in [*sorted(found.back.items()), ("all", found.times)]:
        times = sorted(seconds)
        print(f"{kind:<14}{len(times):>7}{share(times, 0.5):>8.2f}{share(times, 0.99):>8.2f}{times[-1]:>8.2f}")


if __name__ == "__main__":
    sys.exit(main())
