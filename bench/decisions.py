"""Deciding on all rows of an imported file, and forgetting it: how long somebody waits, with a job and without.

przystan bench decisions [--people N] [--rows N] [--times N]

In the centre that `bench pages --people N` fills: a file of `--rows` rows about people, each of which asks whether it
is somebody known, is answered "new" by a coordinator, and a file as large is forgotten (Django's test client, the
application's role, row-level security): as served, then the job, then, as it was before, all within the request. One
page of 50 rows, too.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOR_EVER = 3600.0
STEP = 5000
WORK = (
    ("one page of 50", "decisions", {f"row-{number}": "skip" for number in range(2, 52)}),
    ("all of them", "decisions", {"all": "new"}),
    ("forget the file", "give-up", dict[str, str]()),
)


def main() -> int:
    options = arguments()
    os.environ["PRZYSTAN_PAGE_SECONDS"] = "600"  # else what takes so long is refused without a job
    sys.path.insert(0, str(ROOT))
    from bench.exports import job
    from bench.pages import filled_centre, logged_in

    with filled_centre(options.people, None):
        from django.conf import settings

        client, served = logged_in("coordinator"), settings.ERRAND_SECONDS
        client.get("/")
        print(f"{options.rows:,} rows, {options.times} times each, median (worst) in seconds:")
        for words, page, values in WORK:
            took: dict[str, list[float]] = {"answer with a job": [], "the job": [], "answer without a job": []}
            for _ in range(options.times):
                for what, settings.ERRAND_SECONDS in (
                    ("answer with a job", served),
                    ("answer without a job", FOR_EVER),
                ):
                    took[what].append(posted(client, f"/imports/{batch(options.rows)}/{page}/", values))
                    if asked():
                        took["the job"].append(job())
                    forget()
            for what, times in took.items():
                if times:
                    print(f"  {words:<18}{what:<22}{median(times):8.2f} ({max(times):.2f})", flush=True)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000, metavar="N", help="people in the register (100000)")
    parser.add_argument("--rows", type=int, default=100_000, metavar="N", help="rows of the file (100000)")
    parser.add_argument("--times", type=int, default=3, metavar="N", help="how often (3)")
    return parser.parse_args()


def batch(rows: int) -> str:
    """Reference of a file that was checked, each row of which asks whether it is somebody known."""
    from bench.exports import as_the_bench

    from przystan.access.models import User
    from przystan.exchange.models import ImportBatch, ImportRow

    kinds = {"new": 0, "same": 0, "skip": 0, "bad": 0, "open": rows, "noted": 0}
    with as_the_bench():
        user = User.objects.get(username="coordinator")
        organisation = user.memberships.order_by("pk")[0].organisation_id
        made = ImportBatch.objects.create(
            organisation_id=organisation, by=user, kind="people", state="checked", rows_total=rows, counts=kinds
        )
        problem = {"column": None, "code": "perhaps_known", "text": ""}
        for start in range(2, rows + 2, STEP):
            ImportRow.objects.bulk_create(
                ImportRow(
                    batch=made,
                    number=number,
                    cells=[f"Maria{number}", "Lis", "1980", "KL-17", "+48 600 100 200"],
                    entry={"names": [{"given": f"Maria{number}", "family": "Lis"}], "birth": "1980"},
                    problems=[problem],
                )
                for number in range(start, min(start + STEP, rows + 2))
            )
        return made.ref


def posted(client: Any, path: str, values: dict[str, str]) -> float:
    """Seconds until the answer is there."""
    began = time.perf_counter()
    answer = client.post(path, values)
    took = time.perf_counter() - began
    assert answer.status_code == 302, answer.status_code
    return took


def asked() -> bool:
    """Whether the last request left it to a job."""
    from bench.exports import as_the_bench

    from przystan.errands.models import Errand

    with as_the_bench():
        return Errand.objects.filter(state="waiting").exists()


def forget() -> None:
    """Clear up, so that the next begins as this one did."""
    from bench.exports import as_the_bench

    from przystan.errands.models import Errand
    from przystan.exchange.models import ImportBatch

    with as_the_bench():
        Errand.objects.all().delete()
        ImportBatch.objects.filter(state="checked", filename="").delete()


if __name__ == "__main__":
    sys.exit(main())
