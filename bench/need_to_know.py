"""What need-to-know costs: pages with it, beside the same pages without it, in one run.

przystan bench need_to_know [--supports N] [--times N]

Fills a demo centre of its own (in .bench/log-N, shared with `przystan bench log`), then asks the same pages in turn:

- with: the product as it is: one transaction that tells PostgreSQL who acts, the guard before every statement,
  row-level security (the application's role), lists narrowed by teams and exclusions, every field decided on, and each
  sensitive read written into the chained audit log before the answer leaves;
- without: the same views and templates on the same rows, with all of that taken out: as the owner of the tables, no
  transaction around the view, no guard, everybody of the organisation seen by everybody, nothing written down.

Printed: p50 and p95 of whole requests by Django's test client, and the ratio of the p50s. Goals: lists at most 1.5,
one record at most 1.3.
"""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
BLOCK = 10
LISTS = {"supports": "/supports/", "today": "/"}


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
        from bench.ledger import filled

        scoped.act()
        filled(options.supports)
    with centre.opened():
        measure(options)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--supports", type=int, default=100_000, metavar="N", help="supports in the ledger (100000)")
    parser.add_argument("--times", type=int, default=100, metavar="N", help="requests of each page and way (100)")
    return parser.parse_args()


def measure(options: argparse.Namespace) -> None:
    from django.test import Client
    from django.test.utils import setup_test_environment

    from przystan.access.actors import system
    from przystan.access.models import User
    from przystan.access.scope import acting

    setup_test_environment()
    gc.collect()
    gc.freeze()  # as project/asgi.py does
    client = Client()
    with acting(system(0, "bench")):
        adviser = User.objects.get(username="adviser")
        pages = addresses(adviser)
    client.force_login(adviser)
    print(f"{options.times} requests of each page and way\n")
    print(f"{'':<16}{'with p50':>10}{'p95':>8}{'without p50':>13}{'p95':>8}{'ratio':>8}")
    for name, ask in pages.items():
        times: dict[str, list[float]] = {"with": [], "without": []}
        for _ in range(options.times // BLOCK):
            for way in times:
                with without() if way == "without" else ExitStack():
                    ask(client)  # warms connection and templates
                    times[way] += [timed(ask, client) for _ in range(BLOCK)]
        line(name, times["with"], times["without"])


def addresses(adviser: Any) -> dict[str, Callable[[Any], Any]]:
    """Pages of an adviser: lists, and records with sensitive facts of people they work with."""
    from przystan.casework.models import CaseFile
    from przystan.people.models import Person, TeamMember
    from przystan.support.models import Support
    from przystan.team.queries import actor_for

    actor = actor_for(adviser)
    mine = TeamMember.objects.filter(user=adviser, ends_at__isnull=False).values("person")
    person = Person.objects.filter(pk__in=mine, households__isnull=False, merged_into=None).order_by("-id").first()
    entry = Support.objects.filter(recipients__person=person).order_by("-id").first()
    case = CaseFile.objects.filter(members__user=adviser).first()
    words = person.names.first().text
    found = {name: getter(url) for name, url in LISTS.items()}
    found["search"] = lambda client: client.post("/people/", {"q": words})
    found["one person"] = getter(f"/people/{person.ref}/")
    found["one support"] = getter(f"/supports/{entry.ref}/")
    if case:
        found["one case"] = getter(f"/cases/{case.ref}/")
    assert actor
    return found


def getter(url: str) -> Callable[[Any], Any]:
    return lambda client: client.get(url)


def timed(ask: Callable[[Any], Any], client: Any) -> float:
    """Milliseconds of one request."""
    started = time.perf_counter()
    answer = ask(client)
    spent = (time.perf_counter() - started) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"a page answered {answer.status_code}")
    return spent


@contextmanager
def without() -> Iterator[None]:
    """Everything that need-to-know does is taken out."""
    from przystan.access import decisions, scope
    from przystan.people.models.person import PersonQuerySet
    from przystan.project.ownership import as_owner
    from przystan.support.models.ledger import SupportQuerySet

    def everyone(self: Any, actor: Any) -> Any:
        from django.db.models import BigIntegerField, Value

        rows = self.filter(organisation_id=actor.organisation_id)
        return rows.annotate(in_team=Value(True), is_open=Value(True), seen_for=Value(actor.user_id, BigIntegerField()))

    @contextmanager
    def merely(actor: Any) -> Iterator[Any]:
        token = scope._actor.set(actor)
        yield actor
        scope._actor.reset(token)

    def every(self: Any, actor: Any) -> Any:
        return self.filter(organisation_id=actor.organisation_id)

    allowed = decisions.Decision(decisions.Verdict.ALLOW, "")
    with ExitStack() as stack:
        stack.enter_context(as_owner())
        for name in ("seen_by", "named_for", "open_to", "worked_with_by"):
            stack.enter_context(patch.object(PersonQuerySet, name, everyone))
        for name in ("seen_by", "of_people_seen_by"):
            stack.enter_context(patch.object(SupportQuerySet, name, every))
        stack.enter_context(patch("przystan.access.scope.guard", lambda execute, *rest: execute(*rest)))
        stack.enter_context(patch("przystan.project.middleware.acting", merely))
        stack.enter_context(patch("przystan.access.audit.read", lambda *_, **__: None))
        stack.enter_context(patch("przystan.access.decisions.verdict", lambda *_: allowed))
        stack.enter_context(patch("przystan.people.policies.verdict", lambda *_: allowed))
        yield


def line(name: str, ours: list[float], theirs: list[float]) -> None:
    mine, other = share(ours, 0.5), share(theirs, 0.5)
    print(
        f"{name:<16}{mine:>10.1f}{share(ours, 0.95):>8.1f}{other:>13.1f}{share(theirs, 0.95):>8.1f}{mine / other:>8.2f}"
    )


def share(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


if __name__ == "__main__":
    sys.exit(main())
