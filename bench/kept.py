"""Pages with numbers of all the time: from kept figures, and counted anew each time, as before there were any.

przystan bench kept [--people N] [--supports N] [--rounds N]

On the centre of `bench pages` (in .bench/pages-N; filled when it is not there). As a coordinator, in turn: each page
with what is kept, counted anew, and with new supports for every programme since. Printed: median and p95 in ms,
statements, the ratio to counting anew; what the job took to keep everything; the plan of reading what is kept.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
NEW = 5  # supports of each programme since


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000, metavar="N", help="people in the register (10000)")
    parser.add_argument("--supports", type=int, metavar="N", help="supports in the ledger (three for each)")
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="requests of each page and kind (15)")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from bench.pages import filled_centre

    with filled_centre(options.people, options.supports):
        measure(options.rounds)
    return 0


def measure(rounds: int) -> None:
    from bench.pages import logged_in

    from przystan.project.serving.warming import warm

    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    keep_all()
    client = logged_in("coordinator")
    warm()
    pages = addresses()
    times: dict[tuple[str, str], list[float]] = {}
    statements: dict[tuple[str, str], int] = {}
    for kind, around in {"kept": plain, "counted anew": anew, "kept, and new supports": lately}.items():
        with around():
            for path in pages.values():
                client.get(path)
            for _round in range(rounds):
                for name, path in pages.items():
                    spent, count = asked(client, path)
                    times.setdefault((name, kind), []).append(spent)
                    statements[name, kind] = count
    told(times, statements, list(pages))
    plan()


def keep_all() -> None:
    """What the job does, as often as it takes."""
    from przystan.funding import tasks
    from przystan.funding.models import KeptFigure

    began, runs, before = time.perf_counter(), 0, -1
    while before != (before := KeptFigure.objects.count()) or runs < 2:
        tasks.keep(timestamp=0)
        runs += 1
    print(f"{before} figures kept by the job in {time.perf_counter() - began:.1f} s, {runs} runs")
    began = time.perf_counter()
    tasks.keep(timestamp=0)
    print(f"a run with nothing to do: {(time.perf_counter() - began) * 1000:.0f} ms")


def addresses() -> dict[str, str]:
    """The programme with the most payers, and its number with the most people."""
    from django.db.models import Count
    from django.urls import reverse

    from przystan.funding.models import Programme

    paid = Programme.objects.filter(outside=False).annotate(n=Count("allocations")).order_by("-n", "pk")
    programme = paid[0]
    indicator = programme.indicators.filter(counted="people").order_by("position", "pk")[0]
    return {
        "all time": reverse("reports:index"),
        "one programme": reverse("reports:programme", args=[programme.ref]),
        "one indicator": reverse("reports:indicator", args=[programme.ref, indicator.ref]),
        "targets at risk (Today)": reverse("reports:at_risk"),
    }


@contextmanager
def plain() -> Iterator[None]:
    yield


@contextmanager
def anew() -> Iterator[None]:
    """As if nothing were kept."""
    with (
        patch("przystan.funding.queries.indicators.figures_of", return_value={}),
        patch("przystan.funding.queries.evidence.figures_of", return_value={}),
    ):
        yield


@contextmanager
def lately() -> Iterator[None]:
    """With so many new supports for each programme, taken back afterwards."""
    from django.db import transaction

    from przystan.access.doors import door
    from przystan.funding.models import Allocation

    with transaction.atomic(), door():
        for pk in Allocation.objects.order_by("programme_id").values_list("programme_id", flat=True).distinct():
            again(pk)
        yield
        transaction.set_rollback(True)


def again(programme: int) -> None:
    """The last supports of a programme once more, as new ones."""
    from django.utils import timezone

    from przystan.funding.models import Allocation
    from przystan.kernel.refs import new_ref
    from przystan.support.models import SupportPerson

    for row in Allocation.objects.filter(programme=programme).select_related("support").order_by("-support_id")[:NEW]:
        people = list(
            SupportPerson.objects.filter(support=row.support).order_by("pk").values_list("person_id", flat=True)
        )
        made = row.support
        made.pk, made.ref, made.form_token, made.sign, made.reverses = None, new_ref(), None, 1, None
        made.booked_on = timezone.localdate()
        made._state.adding = True
        made.save()
        SupportPerson.objects.bulk_create(SupportPerson(support=made, person_id=one) for one in people)
        Allocation.objects.create(support=made, programme_id=programme)


def asked(client: Any, path: str) -> tuple[float, int]:
    from bench.pages import counted

    with counted() as statements:
        began = time.perf_counter()
        answer = client.get(path)
        spent = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return spent, statements[0]


def told(times: dict[tuple[str, str], list[float]], statements: dict[tuple[str, str], int], pages: list[str]) -> None:
    print(f"\n{'page':<26}{'how':<26}{'median':>8}{'p95':>8}{'statements':>12}{'to counting anew':>18}")
    for name in pages:
        base = median(times[name, "counted anew"])
        for kind in ("counted anew", "kept", "kept, and new supports"):
            spent = times[name, kind]
            p95 = quantiles(spent, n=20, method="inclusive")[-1]
            print(f"{name:<26}{kind:<26}{median(spent):>8.0f}{p95:>8.0f}{statements[name, kind]:>12}"
                  f"{median(spent) / base:>18.3f}")  # fmt: skip


def plan() -> None:
    """Of reading everything that is kept, as a coordinator under row-level security."""
    from django.db import connection

    from przystan.access.models import User
    from przystan.access.scope import acting, counting
    from przystan.funding.queries import kept
    from przystan.funding.queries.indicators import indicators
    from przystan.team.queries import actor_for

    actor = actor_for(User.objects.get(username="coordinator"))
    assert actor
    with acting(actor):
        params = kept.named([kept.Asked(one) for one in indicators(actor)])
        with counting(), connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY) {kept.READ}", params)
            print("\n" + "\n".join(row[0] for row in cursor.fetchall()))


if __name__ == "__main__":
    sys.exit(main())
