"""Builds the demo centre, in one transaction: all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from time import monotonic

from django.db import connection
from django.utils import timezone

from przystan.access.actors import system
from przystan.access.models import User
from przystan.access.modules import each
from przystan.access.roles import BY_CODE
from przystan.access.scene import Scene
from przystan.access.scope import acting
from przystan.funding.loading import load_programmes
from przystan.institutions.loading import load_institution_kinds
from przystan.people.loading import load_consents
from przystan.privacy.loading import load_notices, load_retention
from przystan.project.demo import accounts, corrections, duplicates, teams
from przystan.project.demo.centre import PASSWORD, Centre, own_centre, partner_centre
from przystan.project.demo.copying import Loader
from przystan.project.demo.entries import Entries
from przystan.project.demo.offer import Offer
from przystan.project.demo.people import Register
from przystan.project.demo.recording import Books, Recorder
from przystan.project.demo.supports import Ledger
from przystan.reference.loading import load_reference
from przystan.results.loading import load_kinds
from przystan.staff.loading import load_paper_kinds
from przystan.support.loading import load_catalogue
from przystan.team.models import Organisation

Progress = Callable[[str, float], None]


class NotEmpty(Exception):
    """There is a centre in this database already; the demo never mixes with it."""


@dataclass(frozen=True)
class DemoAccount:
    """How to log in as one role. `role` is its code, `name` the person's."""

    role: str
    login: str
    password: str
    name: str


@dataclass(frozen=True)
class DemoSummary:
    """What was built. `supports` counts all entries of the ledger, corrections included."""

    people: int
    supports: int
    paid: int
    corrections: int
    duplicates_waiting: int
    seconds: float
    accounts: tuple[DemoAccount, ...]


def build(
    *,
    people: int = 2000,
    supports: int | None = None,
    seed: int = 2014,
    today: date | None = None,
    progress: Progress | None = None,
    books: Books = Recorder,
) -> DemoSummary:
    """Fill an empty, migrated database with a demo centre; raises NotEmpty when a centre is there.

    `supports` defaults to ten for each of the people. `progress(stage, share)` is told the stage ("centre", "people",
    "payers", "closing") and how much of it is done, 0 to 1. `books` make what entries are written into. The same
    arguments give the same centre.
    """
    started = monotonic()
    today = today or timezone.localdate()
    supports = people * 10 if supports is None else supports
    say: Progress = progress or (lambda stage, share: None)
    with acting(system(0, "demo")):
        if Organisation.objects.exists():
            raise NotEmpty("this database holds a centre already")
        # Check foreign keys with each load: a million of them waiting for the end would fill the memory.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        say("centre", 0)
        centre, partner = _organisations()
        few = min(max(3, people // 100), people // 2)  # the partner's share
        register, ours = _fill(centre, Random(seed), people - few, supports - 5 * few, today, say, books)  # noqa: S311
        _, theirs = _fill(partner, Random(seed + 1), few, 5 * few, today, _quiet, books)  # noqa: S311
        paid = ours.book.write(lambda share: say("payers", share)) + theirs.book.write(lambda share: None)
        say("closing", 0)
        corrected = corrections.settle(Random(seed + 2), centre, today)  # noqa: S311
        waiting = duplicates.queue(register, centre.leaders[0])
        teams.grow(Random(seed + 4), today)  # noqa: S311
        _show(centre.id, today, seed)
    say("closing", 1)
    return DemoSummary(
        people, ours.count + theirs.count + corrected, paid, corrected, waiting, monotonic() - started, demo_accounts()
    )


def demo_accounts() -> tuple[DemoAccount, ...]:
    """One account for each role."""
    return tuple(
        DemoAccount(post.role, post.login, PASSWORD, post.name) for post in accounts.BY_ROLE if post.role in BY_CODE
    )


def _organisations() -> tuple[Centre, Centre]:
    load_reference()
    load_institution_kinds()
    load_paper_kinds()
    load_catalogue()
    load_kinds()
    load_consents()
    load_notices()
    load_retention()
    centre = own_centre()
    load_programmes(Organisation.objects.get(pk=centre.id))
    return centre, partner_centre()


def _fill(
    centre: Centre, rng: Random, people: int, supports: int, today: date, say: Progress, books: Books
) -> tuple[Register, Entries]:
    """People of one centre, copied into the database as they come, and the supports made up for them."""
    with Loader() as loader:
        register = Register(rng, loader, centre, today)
        entries = Entries(rng, loader, centre, today, books)
        ledger = Ledger(rng, centre, Offer(centre.id), register, entries, today)
        ledger.fill(people, max(people, supports), lambda share: say("people", share))
    say("people", 1)
    return register, entries


def _quiet(stage: str, share: float) -> None:
    """Tell nobody."""


def _show(organisation_id: int, today: date, seed: int) -> None:
    """Let each module show what it has (`fill` in its own `demo.py`), the lowest first."""
    staff = User.objects.filter(memberships__organisation_id=organisation_id).distinct().order_by("id")
    users = {user.username: user for user in staff}
    for name, file in reversed(each("demo").items()):
        if hasattr(file, "fill"):
            file.fill(Scene(organisation_id, today, Random(f"{seed} {name}"), users))  # noqa: S311
