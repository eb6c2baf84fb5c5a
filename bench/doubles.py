"""Doubles in a whole register, found and put into the queue, beside splink on the same rows.

przystan bench doubles [--people N] [--again N]

Fills a database of its own (in .bench/doubles-N; kept, so that a second run starts at once) with people of whom some
were registered once more: `doubles_register`. Then, in turn:

- przystan: the weekly job as it is: reads the register under row-level security, judges each pair by the one rule, and
  writes the queue. Its F1 is that of the whole queue, as a coordinator finds it;
- splink: the model that its guide builds for people (names, birth date, phone, sex, reference), trained on these rows.
  It is given the names in our plain Latin form, as it reads one script only, and the best of all thresholds: both
  flatter it. Reading its rows from a database and writing what it found are not counted.

Of both: seconds, and seconds of processor (ours with those of the database's process), which other work disturbs less.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BATCH = 5000

Pair = tuple[int, int]


def main() -> int:
    options = arguments()
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / f"doubles-{options.people}")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
    from przystan.project.cli import centre

    with centre.opened(owner=True, founding=True):
        from bench import scoped

        scoped.act()
        filled(options)
    with centre.opened():
        measure(options)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000, metavar="N", help="different people (100000)")
    parser.add_argument("--again", type=int, metavar="N", help="of them registered once more (a twentieth)")
    return parser.parse_args()


# The register


def filled(options: argparse.Namespace) -> None:
    """The register of `rows_of`, in the order of its rows."""
    from django.core.management import call_command

    from przystan.people.models import Person
    from przystan.project import grants

    call_command("migrate", verbosity=0)
    if not Person.objects.exists():
        print(f"filling a register of {options.people:,} people …", flush=True)
        fill(rows_of(options))
    grants.grant()


def rows_of(options: argparse.Namespace) -> list[Any]:
    from doubles_register import register

    return register(options.people, options.again or options.people // 20)


def fill(rows: list[Any]) -> None:
    from django.db import connection, transaction

    from przystan.people.actions.names import spell
    from przystan.people.models import Channel, Person, PersonName
    from przystan.project.demo.centre import own_centre
    from przystan.reference.loading import load_reference

    with transaction.atomic():
        load_reference()
        home = own_centre()
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            people = Person.objects.bulk_create(
                Person(
                    organisation_id=home.id,
                    point_id=home.desks[0].id,
                    birth=row.birth,
                    sex=row.sex,
                    centre_reference=row.reference,
                )
                for row in some
            )
            both = list(zip(people, some, strict=True))
            PersonName.objects.bulk_create(spell(PersonName(person=person, text=row.text)) for person, row in both)
            Channel.objects.bulk_create(
                Channel(person=person, kind="phone", value=f"+{row.phone}", digits=row.phone)
                for person, row in both
                if row.phone
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


# The two ways


def measure(options: argparse.Namespace) -> None:
    from bench.doubles_splink import found_by_splink

    from doubles_register import truth

    rows = rows_of(options)
    wanted = truth(rows)
    queue, seconds, processor, same = found_by_us()
    print(f"{len(rows):,} records, {len(wanted):,} pairs of one person\n")
    print(f"{'':<28}{'pairs':>8}{'precision':>11}{'recall':>8}{'F1':>8}{'seconds':>9}{'processor':>11}")
    line("przystan: the queue", set(queue), wanted, seconds, processor)
    line("  the first half of it", set(queue[: len(queue) // 2]), wanted)
    line('  of which "the same"', same, wanted)
    if (found := found_by_splink(rows)) is None:
        print("splink is not installed: uv pip install -e '.[bench]'")
        return
    scored, their_seconds, their_processor = found
    line("splink, at its best", best(scored, wanted), wanted, their_seconds, their_processor)
    line("  at 0.5", {pair for pair, score in scored.items() if score >= 0.5}, wanted)
    print(f"\nof splink's: {seconds / their_seconds:.2f} time, {processor / their_processor:.2f} processor")


def found_by_us() -> tuple[list[Pair], float, float, set[Pair]]:
    """The queue as pairs of places; seconds of the job, and of processor; pairs that the rule takes for the same."""
    from przystan.access.actors import system
    from przystan.access.jobs import working
    from przystan.access.scope import acting
    from przystan.people import actions
    from przystan.people.models import PairVerdict, Person
    from przystan.people.rules.same_person import Verdict, verdict
    from przystan.team.models import Organisation

    with working("people.find_doubles") as nobody:
        organisation = Organisation.objects.get().pk
    by = system(organisation, nobody.purpose)
    with acting(by):
        PairVerdict.objects.all().delete()
    started, used = time.perf_counter(), time.process_time()
    with acting(by):
        before = processor_of_database()
        actions.look_through(by=by)
        theirs = processor_of_database() - before
    seconds, processor = time.perf_counter() - started, time.process_time() - used + theirs
    with acting(by):
        place = {pk: at for at, pk in enumerate(Person.objects.order_by("pk").values_list("pk", flat=True))}
        rows = PairVerdict.objects.order_by("-score", "id").values_list("first_id", "second_id", "reasons")
        found = [((place[one], place[other]), verdict(codes)) for one, other, codes in rows]
    return [pair for pair, _ in found], seconds, processor, {pair for pair, said in found if said is Verdict.SAME}


def processor_of_database() -> float:
    """Seconds of processor that the process of our connection has used; it runs on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def line(name: str, found: set[Pair], wanted: set[Pair], seconds: float = 0.0, processor: float = 0.0) -> None:
    right = len(found & wanted)
    precision, recall = right / max(len(found), 1), right / len(wanted)
    f1 = 2 * right / (len(found) + len(wanted))
    took = f"{seconds:>9.1f}{processor:>11.1f}" if seconds else ""
    print(f"{name:<28}{len(found):>8,}{precision:>11.3f}{recall:>8.3f}{f1:>8.3f}{took}")


def best(scored: dict[Pair, float], wanted: set[Pair]) -> set[Pair]:
    """Those from the bar on that gives the best F1 for these very rows."""
    order = sorted(scored, key=lambda pair: -scored[pair])
    right, most, cut = 0, 0.0, 0
    for at, pair in enumerate(order, 1):
        right += pair in wanted
        if (f1 := 2 * right / (at + len(wanted))) > most:
            most, cut = f1, at
    return set(order[:cut])


if __name__ == "__main__":
    sys.exit(main())
