"""From the command to the first page, of a centre that is there.

przystan bench start [--people N] [--times N] [--port N]

Makes a demo centre in .bench/start-N (kept), then starts `przystan demo` and `przystan serve` in turn and asks for the
page of logging in until it is there. Printed of each: seconds to that page, and the processor time that all processes
had taken until then, which other work on the machine changes less.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "przystan.project.cli"]
PATIENCE = 120  # seconds
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    options = arguments()
    data = ROOT / ".bench" / f"start-{options.people}"
    made = ["demo", "--no-serve", "--people", str(options.people), "--data", str(data)]
    subprocess.run([*COMMAND, *made], check=True, stdout=subprocess.DEVNULL)
    print(f"{options.people:,} people, {options.times} times each, median (worst), to the first page:")
    for name in ("demo", "serve"):
        found = [
            started([name, "--data", str(data), "--port", str(options.port)], options.port)
            for _ in range(options.times)
        ]
        waits, spending = zip(*found, strict=True)
        spent = f"{median(spending):.1f} s ({max(spending):.1f}) of processor time"
        print(f"  {name:<8}{median(waits):6.1f} s ({max(waits):.1f}), {spent}")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2000, metavar="N", help="people of the centre (2000)")
    parser.add_argument("--times", type=int, default=5, metavar="N", help="how often (5)")
    parser.add_argument("--port", type=int, default=8370)
    return parser.parse_args()


def started(words: list[str], port: int) -> tuple[float, float]:
    """Seconds until the page is there, and of processor time of all processes."""
    environment = {**os.environ, "PRZYSTAN_DEMO": "1"}
    began = time.monotonic()
    process = subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        while not answered(port):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise SystemExit("it does not start: try the command itself")
            time.sleep(0.02)
        return time.monotonic() - began, sum(map(worked, family(process.pid)))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def answered(port: int) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=30):
        return True
    return False


def family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def worked(pid: int) -> float:
    """Seconds that a process, and those of its children that have ended, had of a processor."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


if __name__ == "__main__":
    sys.exit(main())
