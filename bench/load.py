"""Many users at once on a served centre, beside an earlier version of it on the same rows, in turns.

przystan bench load [--before FOLDER] [--users 8,32,128] [--seconds 60] [--minutes 10]

Builds a demo centre (in .bench) and serves it with `przystan demo`. With --before, a checkout of an earlier version
(git worktree add FOLDER f88994b) makes the rows and takes turns with ours, which serves a copy of them. Users search (5
of 10 requests), open a person (3), open the form of a support, log a contact (1 each), over HTTP with sessions, without
a pause; who is told to come later (503 with Retry-After) does so. The load is made on the same machine.

Printed: pages a second; p50, p95 and the longest wait for a page; how many were refused and how soon; processor
time of a page, the database's included, which a busy machine changes little; memory; anything else.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.load_users import LOGINS, Told, crowd, logged_in  # noqa: E402

MB = 1024 * 1024
TURNS = 3


def main() -> int:
    options = arguments()
    versions = prepared(options)
    print("version   users  pages/s     p50     p95  longest  refused            after  processor   memory  other")
    with ExitStack() as stack:
        centres = [
            stack.enter_context(centre(name, *version, options.port + number))
            for number, (name, version) in enumerate(versions.items())
        ]
        for users in options.users:
            compare(centres, users, options.seconds)
    if options.minutes:
        watch_memory(options, *versions["ours"])
    return 0


@dataclass
class Centre:
    """One that is served, and some sessions there."""

    name: str
    port: int
    pid: int
    known: list[dict[str, str]]


@contextmanager
def centre(name: str, source: Path, folder: Path, port: int) -> Iterator[Centre]:
    with serving(source, folder, port) as process:
        yield Centre(name, port, process.pid, sessions(port))


def compare(centres: list[Centre], users: int, seconds: float) -> None:
    """Turn by turn, so that what else the machine does hits all alike."""
    told = {one.name: Told() for one in centres}
    spent = dict.fromkeys(told, 0.0)
    for _ in range(TURNS):
        for one in centres:
            before = worked(one.pid)
            crowd(one.port, users, seconds / TURNS, one.known, told[one.name])
            spent[one.name] += worked(one.pid) - before
    for one in centres:
        print(line(one, users, told[one.name], seconds, spent[one.name]), flush=True)
    if len(centres) == 2:
        before, ours = (len(told[one.name].spent) for one in centres)
        print(f"{'':<8}{'':>6}{ours / max(before, 1):>8.1f} times", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, metavar="FOLDER", help="a checkout of an earlier version")
    parser.add_argument("--users", type=lambda text: [int(part) for part in text.split(",")], default=[8, 32, 128])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--minutes", type=float, default=0, help="then 8 users for so long, to see the memory (0)")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--port", type=int, default=8340)
    return parser.parse_args()


def prepared(options: argparse.Namespace) -> dict[str, tuple[Path, Path]]:
    """Version -> its sources and its centre. The earlier version makes the rows; ours takes a copy of them on."""
    made, ours = ROOT / ".bench" / f"load-{options.people}-before", ROOT / ".bench" / f"load-{options.people}"
    if not options.before:
        build(ROOT / "src", ours, options.people)
        return {"ours": (ROOT / "src", ours)}
    source = options.before.resolve() / "src"
    command(source, made, "messages", "compile")
    build(source, made, options.people)
    if not ours.exists():
        shutil.copytree(made, ours, symlinks=True, ignore=shutil.ignore_patterns("*.pid", "run"))
    build(ROOT / "src", ours, options.people)
    return {"before": (source, made), "ours": (ROOT / "src", ours)}


def build(source: Path, folder: Path, people: int) -> None:
    """A demo of this version in the folder; one that is there is brought up to it."""
    command(source, folder, "demo", "--no-serve", "--people", str(people))


def environment(source: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PRZYSTAN_", "DATABASE_"))}
    return clean | {"PYTHONPATH": str(source)}


def command(source: Path, folder: Path, *words: str) -> None:
    line = [sys.executable, "-m", "przystan.project.cli", *words, "--data", str(folder)]
    subprocess.run(line, env=environment(source), check=True, stdout=subprocess.DEVNULL, cwd=source.parent)


@contextmanager
def serving(source: Path, folder: Path, port: int) -> "Iterator[subprocess.Popen[str]]":
    """`przystan demo` until its address answers."""
    line = [sys.executable, "-m", "przystan.project.cli", "demo", "--data", str(folder), "--port", str(port)]
    with (folder / "load.log").open("w") as log:
        process = subprocess.Popen(
            line, env=environment(source), cwd=source.parent, stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        assert process.stdout
        for printed in process.stdout:
            if "Ctrl-C" in printed:
                break
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)


def sessions(port: int) -> list[dict[str, str]]:
    return [logged_in(port, login) for login in LOGINS for _ in range(2)]


def line(one: Centre, users: int, told: Told, seconds: float, worked: float) -> str:
    spent = sorted(told.spent) or [0.0]
    cut = quantiles(spent, n=20) if len(spent) > 1 else [spent[0]] * 19
    when = f"{min(told.refused):.2f}..{max(told.refused):.2f} s" if told.refused else ""
    other = ", ".join(f"{number} x {what}" for what, number in told.others.items())
    times = f"{cut[9]:>6.2f} s{cut[18]:>6.2f} s{spent[-1]:>7.2f} s"
    costs = f"{worked / len(spent) * 1000:>8.0f} ms{memory(one.pid) // MB:>6} MB"
    rate = len(told.spent) / seconds
    return f"{one.name:<8}{users:>6}{rate:>9.1f}{times}{len(told.refused):>9}{when:>17}{costs}  {other}"


def family(root: int) -> list[int]:
    """A process and all that it started."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
        except OSError:
            continue
    found = [root]
    for one in found:
        found += parents.get(one, [])
    return found


def worked(root: int) -> float:
    """Seconds of processor time of the centre, its database included; of processes that live still."""
    return sum(map(processor, family(root)))


def processor(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")  # its own, and its ended children's


def memory(root: int) -> int:
    """Bytes that belong to the centre's processes, shared pages divided."""
    return sum(map(pss, family(root)))


def pss(pid: int) -> int:
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))


def watch_memory(options: argparse.Namespace, source: Path, folder: Path) -> None:
    """Eight users for so many minutes; the memory of our processes at the end of each."""
    with serving(source, folder, options.port) as process:
        known, pages = sessions(options.port), 0
        for minute in range(1, round(options.minutes) + 1):
            begun = time.monotonic()
            told = Told()
            crowd(options.port, 8, 60, known, told)
            pages += len(told.spent)
            spent = time.monotonic() - begun
            print(
                f"minute {minute:>2}: {memory(process.pid) // MB:>4} MB after {pages} pages ({spent:.0f} s)", flush=True
            )


if __name__ == "__main__":
    raise SystemExit(main())
