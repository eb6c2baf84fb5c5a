"""Logging one support, from the request to the commit, in a ledger of 1,000,000.

przystan bench log [--supports N] [--posts N]

Fills a demo centre of its own (in .bench/log-N; kept, so that a second run starts at once; with DATABASE_URL that
database, which must be empty or filled by this script), then posts the same seeded supports (a person, a service, two
topics, an interpreter, the suggested payer) in turn:

- przystan: our form, with the payers ranked again and the payer attributed;
- plain: what a Django project would start with: a ModelForm, inline formsets for people and topics, a ModelForm for
  the payer, saved one after the other, without ranking payers (bench/log_plain.py).

Both go through the whole product (session, account, roles, policy) by Django's test client, each post in its own
transaction, committed to disk. Printed: time of a post (p50, p95), statements, ratios; then pages of the list of
supports, by keyset and by OFFSET.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Post = Callable[[dict[str, Any]], Any]


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
    parser.add_argument("--supports", type=int, default=1_000_000, metavar="N", help="supports in the ledger (1000000)")
    parser.add_argument("--posts", type=int, default=300, metavar="N", help="posts of each way (300)")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def measure(options: argparse.Namespace) -> None:
    from bench import log_plain
    from django.db import connection
    from django.test import Client
    from django.test.utils import override_settings, setup_test_environment

    from przystan.access.models import User
    from przystan.support.models import Support
    from przystan.team.models import Membership

    setup_test_environment()
    adviser = Membership.objects.filter(role="adviser", organisation__is_demo=True).order_by("id").first()
    client = Client()
    client.force_login(User.objects.get(pk=adviser.user_id))
    sheets = posts(options, adviser)
    print(f"{Support.objects.count():,} supports, {options.posts} posts of each way\n")
    with override_settings(ROOT_URLCONF="bench.log_plain", ALLOWED_HOSTS=["testserver"]):
        ways: dict[str, Post] = {
            "przystan": lambda sheet: client.post("/supports/new/", sheet),
            "plain": lambda sheet: client.post("/bench/plain/", sheet),
        }
        # Made before the clock runs: looking up ids is no part of the plain way.
        made = {"przystan": sheets, "plain": [log_plain.sheet(sheet) for sheet in sheets]}
        counted = {name: statements(post, made[name][-1] | {"form_token": ""}) for name, post in ways.items()}
        times: dict[str, list[float]] = {name: [] for name in ways}
        work: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(len(sheets)):
            for name, post in ways.items():
                before = time.process_time()
                spent = timed(post, made[name][number])
                if number >= 10:  # the first few warm templates and plans
                    times[name].append(spent)
                    work[name].append((time.process_time() - before) * 1000)
        report(times, work, counted)
        pages(client, connection)


def posts(options: argparse.Namespace, adviser: Any) -> list[dict[str, Any]]:
    """Supports as the form sends them."""
    from uuid import UUID

    from django.utils import timezone

    from przystan.people.models import Person
    from przystan.support.models import Service, Topic
    from przystan.team.models import Point
    from przystan.team.queries import actor_for

    rng = Random(options.seed)
    point = adviser.point_id or Point.objects.filter(organisation=adviser.organisation_id).order_by("id")[0].pk
    register = Person.objects.open_to(actor_for(adviser.user)).current().filter(restricted_on=None)
    people = list(register.values_list("ref", flat=True)[:20000])
    services = list(Service.objects.filter(retired=False).values_list("pk", flat=True))
    topics = list(Topic.objects.values_list("pk", flat=True))
    run = rng.getrandbits(64) ^ time.time_ns()
    sheets = []
    for number in range(options.posts + 10):
        one, two = rng.sample(topics, 2)
        rows = {"topics-TOTAL_FORMS": 2, "topics-INITIAL_FORMS": 0}
        rows |= {"topics-0-topic": one, "topics-0-minutes": 20, "topics-1-topic": two, "topics-1-minutes": 15}
        sheets.append(
            rows
            | {"people": rng.choice(people), "service": rng.choice(services), "point": point, "staff": adviser.user_id}
            | {"day": timezone.localdate().isoformat(), "mode": "in_person", "language": "uk"}
            | {"interpreter": "interpreter", "outcome": "done"}
            | {"form_token": str(UUID(int=(run << 32 | number) % 2**128))}
        )
    return sheets


def timed(post: Post, sheet: dict[str, Any]) -> float:
    """Milliseconds from the request to the answer, which comes after the commit."""
    started = time.perf_counter()
    answer = post(sheet)
    spent = (time.perf_counter() - started) * 1000
    if answer.status_code != 302:
        raise SystemExit(f"a post was refused: {answer.context['form'].errors}")
    return spent


def statements(post: Post, sheet: dict[str, Any]) -> int:
    """Statements of one post, BEGIN and COMMIT among them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    post(sheet)
    with CaptureQueriesContext(connection) as captured:
        post(sheet)
    return len(captured)


def report(times: dict[str, list[float]], work: dict[str, list[float]], counted: dict[str, int]) -> None:
    """`cpu`: work of the application alone, which other work on the machine does not change."""
    print(f"{'':<10}{'p50 ms':>9}{'p95 ms':>9}{'cpu p50':>9}{'statements':>12}{'p95 ratio':>11}")
    ours = share(times["przystan"], 0.95)
    for name, values in times.items():
        p50, p95 = share(values, 0.5), share(values, 0.95)
        print(f"{name:<10}{p50:>9.1f}{p95:>9.1f}{share(work[name], 0.5):>9.1f}{counted[name]:>12}{p95 / ours:>11.2f}")


def share(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def pages(client: Any, connection: Any) -> None:
    """How long pages of the list take: the first, a filtered one, and one far down, by keyset and by OFFSET."""
    from przystan.support.models import Support

    far = Support.objects.order_by("-day", "-id")
    organisation = far[0].organisation_id
    far = far.filter(organisation_id=organisation)
    down = int(far.count() * 0.9)
    mark = far[down]
    rare = Support.objects.values_list("service", flat=True).first()
    print(f"\n{'page of the list':<34}{'p50 ms':>9}")
    for words, url in {
        "first": "/supports/",
        "one service": f"/supports/?service={rare}",
        "nobody pays yet": "/supports/?payer=none",
        f"after {down:,} rows, keyset": f"/supports/?after={mark.ref}",
    }.items():
        client.get(url)
        spent = []
        for _ in range(10):
            started = time.perf_counter()
            client.get(url)
            spent.append((time.perf_counter() - started) * 1000)
        print(f"{words:<34}{share(spent, 0.5):>9.1f}")
    started = time.perf_counter()
    list(far[down : down + 50])
    print(f"{'the same rows alone, by OFFSET':<34}{(time.perf_counter() - started) * 1000:>9.1f}")


if __name__ == "__main__":
    sys.exit(main())
