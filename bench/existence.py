"""Forbidden or missing: does the time of "not found" tell that there is somebody?

przystan bench existence [--samples N]

An adviser opens pages of people who do not exist, are protected, are of another point or organisation, or on whose
list of excluded they stand; and case files that do not exist or are others'. In random order, through the whole
product. Printed: the median of each kind, and how well its times can be told from those of what is missing (AUC: 0.5
is guessing, 1 is certainty). "naive" is the ordinary way: fetch the row, then answer 403 to who may not see it.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from login import auc
from scoped import act

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
EACH = 20  # objects of each kind
WARM = 40  # requests before the first that counts
MISSING = {"people": "missing person", "cases": "missing file"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=500, metavar="N", help="requests of each kind (500)")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / "existence")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    from przystan.project.cli import centre

    with centre.opened(owner=True, founding=True):
        centre.migrate()
        act()
        paths = filled()
    with centre.opened():
        client = adviser()
        print("przystan")
        report(measure(client, paths, options.samples, {404}))
        print("naive: the row is fetched, and 403 is said")
        with naive():
            report(
                measure(
                    client, {kind: paths[kind] for kind in paths if "file" not in kind}, options.samples, {403, 404}
                )
            )
    return 0


def filled() -> dict[str, list[str]]:
    """Kind -> addresses, in a demo centre of 300 people."""
    from przystan.access.models import User
    from przystan.casework.models import CaseFile
    from przystan.kernel.refs import new_ref
    from przystan.people.models import Exclusion, Person, TeamMember
    from przystan.project.demo import build

    if not Person.objects.exists():
        build(people=300)
    user = User.objects.get(username="adviser")
    TeamMember.objects.filter(user=user).delete()
    here = list(
        Person.objects.filter(point__code="gdansk", erased_at=None, merged_into=None).order_by("id")[: 2 * EACH]
    )
    protected, excluded = here[:EACH], here[EACH:]
    for number, person in enumerate(protected):
        Person.objects.filter(pk=person.pk).update(protected=True, alias=f"P-{number}")
    Exclusion.objects.bulk_create([Exclusion(person=one, user=user) for one in excluded], ignore_conflicts=True)
    people = {
        "missing person": [new_ref() for _ in range(EACH)],
        "protected": [one.ref for one in protected],
        "excluded": [one.ref for one in excluded],
        "other point": refs(Person.objects.filter(point__code="kwidzyn", merged_into=None)),
        "other house": refs(Person.objects.exclude(organisation=protected[0].organisation)),
    }
    files = {
        "missing file": [new_ref() for _ in range(EACH)],
        "others' file": refs(CaseFile.objects.exclude(members__user=user)),
    }
    found = {kind: [f"/people/{ref}/" for ref in rows] for kind, rows in people.items()}
    return found | {kind: [f"/cases/{ref}/" for ref in rows] for kind, rows in files.items()}


def refs(rows: Any) -> list[str]:
    return list(rows.values_list("ref", flat=True)[:EACH])


def adviser() -> "Client":
    from django.test import Client

    from przystan.access.models import User

    client = Client(headers={"Host": "localhost"}, raise_request_exception=False)
    client.force_login(User.objects.get(username="adviser"))
    return client


def measure(client: "Client", paths: dict[str, list[str]], samples: int, allowed: set[int]) -> dict[str, list[float]]:
    """Seconds of each request, by kind."""
    order = [kind for kind in paths for _ in range(samples)]
    dice = Random(1)
    dice.shuffle(order)
    for kind in order[:WARM]:
        asked(client, paths[kind][0], allowed)
    times: dict[str, list[float]] = {kind: [] for kind in paths}
    for kind in order:
        times[kind].append(asked(client, dice.choice(paths[kind]), allowed))
    return times


def asked(client: "Client", path: str, allowed: set[int]) -> float:
    start = time.perf_counter()
    answer = client.get(path)
    spent = time.perf_counter() - start
    if answer.status_code not in allowed:
        raise SystemExit(f"{path} was answered in another way: {answer.status_code}")
    return spent


@contextmanager
def naive() -> Iterator[None]:
    """What most products do: the row first, then the question who asks."""
    from unittest import mock

    from django.core.exceptions import PermissionDenied

    from przystan.access.actors import Actor, system
    from przystan.access.decisions import decide
    from przystan.access.scope import acting
    from przystan.people.models import Person
    from przystan.people.rights import PEOPLE_READ

    def person_seen(actor: Actor, ref: str) -> Person:
        with acting(system(0, "bench")):
            person = Person.objects.get(ref=ref)
        if not decide(actor, PEOPLE_READ, person).allowed:
            raise PermissionDenied
        return person

    with mock.patch("przystan.desk.views.person.person_seen", person_seen):
        yield


def report(times: dict[str, list[float]]) -> None:
    for kind, seconds in times.items():
        nothing = times[MISSING["cases" if "file" in kind else "people"]]
        print(f"  {kind:<15} median {median(seconds) * 1000:6.2f} ms   AUC {auc(nothing, seconds):.3f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
