"""A report with its lists as a file: how long somebody waits at the page, with a job and without.

przystan bench exports [--people N] [--lines N] [--times N]

In the centre that `bench pages --people N` fills. Of all programmes, the one whose lists come nearest to `--lines` is
taken out as CSV by a coordinator (Django's test client, the application's role, row-level security): as
served, then, as it was before jobs, with all the time that it takes. Then the job itself.
"""

import argparse
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOR_EVER = 3600.0


def main() -> int:
    options = arguments()
    sys.path.insert(0, str(ROOT))
    from bench.pages import filled_centre, logged_in

    with filled_centre(options.people, None):
        from django.conf import settings

        client = logged_in("coordinator")
        ref, lines = nearest(options.lines)
        asked = [answer(client, ref) for _ in range(options.times)]
        if not any_asked():
            print(f"{lines:,} lines are there at once ({median(asked):.2f} s): nothing is left for a job")
            return 0
        made = [job() for _ in range(options.times)]
        settings.ERRAND_SECONDS = FOR_EVER
        whole = [answer(client, ref) for _ in range(options.times)]
        print(f"{lines:,} lines at {options.people:,} people, {options.times} times each, median (worst):")
        for words, took in (("answer with a job", asked), ("the job", made), ("answer without a job", whole)):
            print(f"  {words:<22}{median(took):8.2f} s ({max(took):.2f})")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000, metavar="N", help="people in the register (100000)")
    parser.add_argument("--lines", type=int, default=10_000, metavar="N", help="lines of the file, about (10000)")
    parser.add_argument("--times", type=int, default=3, metavar="N", help="how often (3)")
    return parser.parse_args()


def nearest(lines: int) -> tuple[str, int]:
    """Reference of a programme, and how many lines its lists have."""
    from przystan.access.models import User
    from przystan.access.scope import acting
    from przystan.funding.models import Programme
    from przystan.reports.enums import Table
    from przystan.reports.exports import size
    from przystan.reports.queries import report_of
    from przystan.reports.rules import WHOLE
    from przystan.team.queries import actor_for

    with as_the_bench():
        actor = actor_for(User.objects.get(username="coordinator"))
    assert actor
    with acting(actor):
        own = Programme.objects.seen_by(actor).filter(outside=False).order_by("pk")
        sizes = {one.ref: size(report_of(actor, one, WHOLE), Table.LISTS) for one in own}
    return min(sizes.items(), key=lambda pair: abs(pair[1] - lines))


def as_the_bench() -> Any:
    from przystan.access.actors import system
    from przystan.access.scope import acting

    return acting(system(0, "bench"))


def answer(client: Any, ref: str) -> float:
    """Seconds until the page or the file is there."""
    begun = time.perf_counter()
    found = client.post(f"/reports/{ref}/file/", {"format": "csv", "table": "lists", "separator": ";"})
    took = time.perf_counter() - begun
    assert found.status_code in (200, 302), found.status_code
    return took


def any_asked() -> bool:
    from przystan.errands.models import Errand

    with as_the_bench():
        return Errand.objects.exists()


def job() -> float:
    """Seconds that the errand takes which was asked for last."""
    from przystan.errands import tasks
    from przystan.errands.models import Errand

    with as_the_bench():
        errand = Errand.objects.latest("pk")
        Errand.objects.filter(pk=errand.pk).update(state="waiting")
    begun = time.perf_counter()
    tasks.run(errand.ref)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
