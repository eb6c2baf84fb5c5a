"""All indicators of all programmes over 100,000 or 1,000,000 supports and a fifth as many results, beside what a Django
project would start with.

przystan bench indicators [--supports N] [--results N] [--rounds N]

Fills a demo centre of its own (in .bench/log-N, shared with `bench log`; kept, so that a second run starts at once;
with DATABASE_URL that database, which must be empty or filled by a benchmark) and counts the whole time, in turn:

- przystan: every indicator, conditions and households included, in one statement;
- aggregates: a query with Count and Sum for each indicator;
- python: the rows of each indicator fetched by a queryset and counted in Python.

The two alternatives leave out indicators with a condition, and those of results; python alone knows what a household
is. Every number of theirs is compared with ours. Printed: seconds, ratios, and for ours a month, a breakdown and the
list behind a number.
"""

import argparse
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Totals = dict[int, int]


def main() -> int:
    options = arguments()
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / f"log-{options.supports}")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    sys.path.insert(0, str(ROOT))
    from przystan.project.cli import centre

    with centre.opened(owner=True, founding=True):
        from bench import scoped
        from bench.ledger import filled, with_results

        scoped.act()
        filled(options.supports)
        with_results(options.supports // 5 if options.results is None else options.results)
    with centre.opened():
        measure(options)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--supports", type=int, default=1_000_000, metavar="N", help="supports in the ledger (1000000)")
    parser.add_argument("--results", type=int, metavar="N", help="results in their ledger (a fifth of the supports)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often ours is asked (5; the median)")
    parser.add_argument("--only-ours", action="store_true", help="without the alternatives, which take minutes")
    return parser.parse_args()


def measure(options: argparse.Namespace) -> None:
    from przystan.access.actors import system
    from przystan.funding.models import Indicator
    from przystan.funding.queries.counting import Span
    from przystan.funding.queries.indicators import figures
    from przystan.results.models import Result
    from przystan.support.models import Support
    from przystan.team.models import Organisation

    organisation = Organisation.objects.order_by("id").first()
    assert organisation
    actor = system(organisation.pk, "bench")
    print(f"{Support.objects.count():,} supports, {Result.objects.count():,} results", end="; ")
    print(f"load of the machine {os.getloadavg()[0]:.1f}\n")
    figures(actor, Span())  # the first reads the tables into memory
    times, counted = [], []
    for _round in range(options.rounds):
        spent, counted = timed(lambda: figures(actor, Span()))
        times.append(spent)
    ours = median(times)
    print(f"przystan    {ours:8.3f} s   {len(counted)} indicators (fastest {min(times):.3f}, slowest {max(times):.3f})")
    if not options.only_ours:
        plain = [one.indicator for one in counted if not one.indicator.where and not of_results(one.indicator)]
        totals = {one.indicator.pk: one.total for one in counted}
        alternatives: dict[str, Callable[[list[Indicator]], Totals]] = {
            "aggregates": by_aggregates,
            "python": in_python,
        }
        for name, way in alternatives.items():
            spent, found = timed(lambda way=way: way(plain))  # type: ignore[misc]
            wrong = [pk for pk, total in found.items() if totals[pk] != total]
            print(
                f"{name:11} {spent:8.3f} s   {len(found)} indicators, {len(wrong)} differ   x {spent / ours:.1f}",
                flush=True,
            )
    more(actor, counted)


def timed(way: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    found = way()
    return time.perf_counter() - started, found


def of_results(indicator: Any) -> bool:
    from przystan.funding.enums import Counted

    return Counted(indicator.counted).of_results


def more(actor: Any, counted: list[Any]) -> None:
    """What a person does next with the greatest number of people."""
    from przystan.funding.enums import Breakdown
    from przystan.funding.queries.counting import Span
    from przystan.funding.queries.evidence import breakdown, evidence_of
    from przystan.funding.queries.indicators import figures

    month = Span(date(2026, 9, 1), date(2026, 9, 30))
    print(f"\na month     {timed(lambda: figures(actor, month))[0]:8.3f} s   all indicators")
    greatest = max((one for one in counted if one.indicator.counted == "people"), key=lambda one: one.total)
    for by in Breakdown:
        spent, rows = timed(lambda by=by: breakdown(actor, greatest.indicator, Span(), by))  # type: ignore[misc]
        print(f"{by.value:11} {spent:8.3f} s   {greatest.total:,} people in {len(rows.totals)} rows")
    listed = evidence_of(actor, greatest.indicator, Span())
    print(f"the list    {timed(lambda: (len(listed), listed[0:50]))[0]:8.3f} s   first page with its length")


def by_aggregates(indicators: list[Any]) -> Totals:
    """A query for each indicator; entries that were corrected away are left out with their counter-entries."""
    from django.db.models import Count, F, Sum

    from przystan.support.models import Support

    wanted = {
        "people": Count("recipients__person", distinct=True),
        "supports": Count("pk", distinct=True),
        "hours": Sum(F("minutes") * F("headcount")),
    }
    totals = {}
    for one in indicators:
        if one.counted in wanted:
            rows = Support.objects.standing().filter(allocation__programme=one.programme)
            if services := list(one.services.all()):
                rows = rows.filter(service__in=services)
            totals[one.pk] = rows.order_by().aggregate(n=wanted[one.counted])["n"] or 0
    return totals


def in_python(indicators: list[Any]) -> Totals:
    """The rows of each indicator, counted one by one."""
    from przystan.support.models import Support

    totals = {}
    for one in indicators:
        rows = Support.objects.filter(allocation__programme=one.programme).order_by()
        if services := list(one.services.all()):
            rows = rows.filter(service__in=services)
        each_once = one.counted in ("people", "households")
        fields = ["sign", "recipients__person_id", "recipients__household_id"] if each_once else []
        found = rows.values_list(*(fields or ["sign", "minutes", "headcount"])).iterator(chunk_size=10_000)
        totals[one.pk] = count(one.counted, found)
    return totals


def count(counted: str, rows: Any) -> int:
    if counted == "supports":
        return sum(sign for sign, _, _ in rows)
    if counted == "hours":
        return sum(sign * minutes * heads for sign, minutes, heads in rows)
    people: Counter[int] = Counter()
    homes: Counter[int] = Counter()
    lived: dict[int, set[int | None]] = defaultdict(set)
    for sign, person, home in rows:
        if person is not None:
            people[person] += sign
            homes[home or 0] += sign
            lived[person].add(home)
    if counted == "people":
        return sum(net > 0 for net in people.values())
    alone = sum(net > 0 for person, net in people.items() if lived[person] == {None})
    return alone + sum(net > 0 for home, net in homes.items() if home)


if __name__ == "__main__":
    sys.exit(main())
