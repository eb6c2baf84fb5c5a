"""Finding one person among 100,000 or 1,000,000, beside what a Django project would start with.

przystan bench search [--people N] [--queries N] [--slow N]

Fills a database of its own (in .bench/search-N; kept, so that a second run starts at once) and asks a fixed, seeded mix
of questions three times; of each question the median counts. Prints for each way of searching: server time per question
(p50, p95), how often the right person was on the first page, and the ratios. With DATABASE_URL, that database is used;
it must be empty, or filled by this script.

Ways: przystan (our search, and the whole request with its page); icontains (each word in given, family or full name);
metaphone (each word by an indexed column of double metaphone codes, made of the Latin form: extra "bench").
A question is answered when the person, or a namesake with the very same document name, is among the first 20; one of a
single mistyped family name, when somebody of that family name comes first.
"""

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PASSES = 3
FIRST_DAY = date(2014, 1, 2)
LAST_DAY = date(2026, 11, 1)
KINDS = ("exact", "other script", "unseen spelling", "partial", "typo", "typo, one word", "phone", "name and year")

Question = tuple[str, str, int]  # kind, text, person
Way = Callable[[str], list[int]]


def main() -> int:
    options = arguments()
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / f"search-{options.people}")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    sys.path.insert(0, str(ROOT))
    from przystan.project.cli import centre

    with centre.opened(owner=True, founding=True):
        from bench import scoped

        scoped.act()
        questions = filled(options)
    with centre.opened():
        measure(questions, options)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000, metavar="N", help="people in the register (100000)")
    parser.add_argument("--queries", type=int, default=40, metavar="N", help="questions of each kind (40)")
    parser.add_argument("--slow", type=int, default=20, metavar="N", help="of them, for the alternatives (20)")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


# The register


def filled(options: argparse.Namespace) -> list[Question]:
    """The questions; fills the database first when it is empty."""
    from django.core.management import call_command
    from django.db import connection

    from przystan.people.models import Person
    from przystan.project import grants

    call_command("migrate", verbosity=0)
    if not Person.objects.exists():
        print(f"filling a register of {options.people:,} people …", flush=True)
        started = time.monotonic()
        fill(options)
        print(f"filled in {time.monotonic() - started:.0f} s", flush=True)
    grants.grant()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, text, person FROM bench_question ORDER BY id")
        rows: list[Question] = cursor.fetchall()
    chosen: dict[str, list[Question]] = defaultdict(list)
    for row in rows:
        if len(chosen[row[0]]) < options.queries:
            chosen[row[0]].append(row)
    return [row for kind in KINDS for row in chosen[kind]]


def fill(options: argparse.Namespace) -> None:
    from django.db import connection, transaction

    from przystan.people.loading import load_consents
    from przystan.project.demo.centre import own_centre
    from przystan.project.demo.copying import Loader
    from przystan.project.demo.people import Register
    from przystan.reference.loading import load_reference

    rng = Random(options.seed)
    with transaction.atomic():
        load_reference()
        load_consents()
        home = own_centre()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with Loader() as loader:
            register = Register(rng, loader, home, LAST_DAY)
            days = (LAST_DAY - FIRST_DAY).days
            while (count := len(register.clients)) < options.people:
                register.arrive(FIRST_DAY + timedelta(days * count // options.people), options.people - count)
                loader.flush()
        write_questions(list(questions_about(Random(options.seed), register)))
        add_metaphones()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def questions_about(rng: Random, register: Any) -> Iterator[Question]:
    from przystan.people.models import Channel, Person, PersonName
    from przystan.project.demo.names import another_spelling

    for client in rng.sample(register.clients, min(800, len(register.clients))):
        names = list(PersonName.objects.filter(person=client.id).values_list("text", "given", "family", "script"))
        text, given, family, _script = names[0]
        other = next((name for name, *_rest, script in names if script != names[0][3]), "")
        yield "exact", text, client.id
        if other:
            yield "other script", other, client.id
        unseen = another_spelling(rng, client.name).text
        if unseen not in [name[0] for name in names]:
            yield "unseen spelling", unseen, client.id
        yield "partial", f"{given[:4]} {family[:5]}".strip(), client.id
        yield "typo", mistyped(rng, f"{given} {family}".strip()), client.id
        if family and " " not in family:
            # A die of its own, so that the other questions stay as they were.
            yield "typo, one word", mistyped(Random(client.id), family), client.id
        phone = Channel.objects.filter(person=client.id).exclude(digits="").values_list("digits", flat=True).first()
        if phone:
            yield "phone", " ".join([phone[-9:-6], phone[-6:-3], phone[-3:]]), client.id
        birth = Person.objects.values_list("birth", flat=True).get(pk=client.id)
        if birth:
            yield "name and year", f"{family or given} {birth[:4]}", client.id


def mistyped(rng: Random, text: str) -> str:
    """One letter in the middle of a word left out, doubled or changed."""
    place = rng.choice([at for at in range(1, len(text) - 1) if text[at].isalpha() and text[at - 1].isalpha()] or [0])
    way = rng.randrange(3)
    letter = text[place] * 2 if way == 0 else "" if way == 1 else rng.choice("aeionrst")
    return text[:place] + letter + text[place + 1 :]


def write_questions(questions: list[Question]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_question (id serial PRIMARY KEY, kind text, text text, person bigint)")
        cursor.executemany("INSERT INTO bench_question (kind, text, person) VALUES (%s, %s, %s)", questions)


def add_metaphones() -> None:
    """The alternative's column: the codes of each word of each name, in plain Latin letters."""
    try:
        from metaphone import doublemetaphone
    except ImportError:
        return
    from django.db import connection

    from przystan.people.models import PersonName

    codes = lru_cache(maxsize=None)(doublemetaphone)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_metaphone")
        cursor.execute("CREATE TABLE bench_metaphone (code text, person bigint)")
        names = list(PersonName.objects.values_list("person_id", "folded"))  # read before COPY holds the connection
        with cursor.copy("COPY bench_metaphone FROM STDIN") as copy:
            for person, folded in names:
                for code in {code for word in folded.split() for code in codes(word) if code}:
                    copy.write_row((code, person))
        cursor.execute("CREATE INDEX ON bench_metaphone (code)")
        cursor.execute("ANALYZE bench_metaphone")


# The ways of searching


def ways() -> dict[str, Way]:
    from django.db import connection

    found: dict[str, Way] = {"przystan": ours(), "przystan, request": our_request(), "icontains": icontains}
    if "bench_metaphone" in connection.introspection.table_names():
        found["metaphone"] = by_metaphone
    else:
        print("metaphone is left out: `uv pip install -e .[bench]`, then remove .bench and run again")
    return found


def ours() -> Way:
    from przystan.access.actors import system
    from przystan.people.models import Person
    from przystan.people.queries import search

    actor = system(Person.objects.values_list("organisation_id", flat=True).first(), "bench")
    return lambda text: [one.person.pk for one in search(actor, text)]


def our_request() -> Way:
    """The request as the browser sends it: login, rights, search, the list as HTML."""
    from django.conf import settings
    from django.test import Client

    from przystan.access.models import User
    from przystan.people.models import Person

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(headers={"HX-Request": "true"})
    client.force_login(User.objects.get(username="adviser"))

    def ask(text: str) -> list[int]:
        answer = client.post("/people/", {"q": text})
        assert answer.status_code == 200
        refs = [part[:12] for part in answer.content.decode().split('href="/people/')[1:]]
        return list(Person.objects.filter(ref__in=refs).values_list("pk", flat=True)) if ask.checks else []

    ask.checks = False  # type: ignore[attr-defined]
    return ask


def icontains(text: str) -> list[int]:
    """What a Django project starts with."""
    from django.db.models import Q

    from przystan.people.models import Person

    people = Person.objects.all()
    for word in text.split():
        if word.isdigit() and len(word) == 4 and not text.replace(" ", "").isdigit():
            people = people.filter(birth__startswith=word)
        elif text.replace(" ", "").isdigit():
            people = people.filter(channels__digits__contains=text.replace(" ", ""))
        else:
            like = Q(names__text__icontains=word) | Q(names__given__icontains=word) | Q(names__family__icontains=word)
            people = people.filter(like)
    return [person.pk for person in people.distinct().order_by("-id").prefetch_related("names")[:20]]


def by_metaphone(text: str) -> list[int]:
    """The same with an indexed column of double metaphone codes instead of icontains."""
    from django.db import connection
    from metaphone import doublemetaphone

    from przystan.kernel.names import fold
    from przystan.people.models import Person

    words = [word for word in fold(text).split() if not word.isdigit()]
    if not words:
        return icontains(text)
    sets = " INTERSECT ".join("SELECT person FROM bench_metaphone WHERE code = ANY(%s)" for _ in words)
    years = [word for word in text.split() if word.isdigit() and len(word) == 4]
    born = " WHERE id IN (SELECT id FROM people_person WHERE birth LIKE %s)" if years else ""
    sql = f"SELECT id FROM ({sets}) AS found (id){born} ORDER BY id DESC LIMIT 20"
    with connection.cursor() as cursor:
        codes = [[code for code in doublemetaphone(word) if code] for word in words]
        cursor.execute(sql, [*codes, *(f"{year}%" for year in years[:1])])
        ids = [row[0] for row in cursor.fetchall()]
    return [person.pk for person in Person.objects.filter(pk__in=ids).prefetch_related("names")]


# Measuring


def measure(questions: list[Question], options: argparse.Namespace) -> None:
    from przystan.people.models import Person

    print(f"\n{Person.objects.count():,} people, {len(questions)} questions\n")
    asked = {}
    for name, way in ways().items():
        mine = few(questions, options.slow) if name in ("icontains", "metaphone") else questions
        asked[name] = (way, mine, "request" not in name)
        for question in mine[::7]:  # a server has seen some names already
            way(question[1])
    # Every way has its turn in every pass, so that other work on the machine troubles all of them alike.
    passes = [{name: run(*rest) for name, rest in asked.items()} for _ in range(PASSES)]
    report({name: medians([one[name] for one in passes]) for name in asked})


def medians(runs: list[list[tuple[str, float, bool]]]) -> dict[str, list[tuple[float, bool]]]:
    """For each kind, of each question the median time of the passes."""
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for same in zip(*runs, strict=True):
        kind, _spent, hit = same[0]
        found[kind].append((median(spent for _kind, spent, _hit in same), hit))
    return found


def few(questions: list[Question], number: int) -> list[Question]:
    taken: dict[str, int] = defaultdict(int)
    chosen = []
    for question in questions:
        taken[question[0]] += 1
        if taken[question[0]] <= number:
            chosen.append(question)
    return chosen


def run(way: Way, questions: list[Question], checked: bool) -> list[tuple[str, float, bool]]:
    """Kind, milliseconds, and whether the right person was there, of each question."""
    results = []
    for kind, text, person in questions:
        started = time.perf_counter()
        found = way(text)
        spent = time.perf_counter() - started
        results.append((kind, spent * 1000, checked and answered(kind, found, person)))
    return results


def answered(kind: str, found: list[int], person: int) -> bool:
    from przystan.people.models import PersonName

    if kind == "typo, one word":
        families = PersonName.objects.filter(person=person).exclude(family="").values("family")
        return PersonName.objects.filter(person__in=found[:1], family__in=families).exists()
    if person in found:
        return True
    document = PersonName.objects.filter(person=person, position=0).values("folded")
    return PersonName.objects.filter(person__in=found, folded__in=document).exists()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(results: dict[str, dict[str, list[tuple[float, bool]]]]) -> None:
    print(f"{'ms p50 / p95 (answered)':<18}" + "".join(f"{name:>26}" for name in results))
    for kind in (*KINDS, "all"):
        cells = []
        for name, by_kind in results.items():
            rows = by_kind[kind] if kind != "all" else [row for each in KINDS for row in by_kind[each]]
            times = [spent for spent, _hit in rows]
            hits = sum(hit for _spent, hit in rows) / max(1, len(rows))
            spread = f"{percentile(times, 0.5):7.1f} / {percentile(times, 0.95):7.1f}" if rows else "-"
            cells.append(spread if "request" in name else f"{spread} ({hits:4.0%})")
        print(f"{kind:<18}" + "".join(f"{cell:>26}" for cell in cells))
    base = every(results["przystan"])
    for name, by_kind in results.items():
        if name != "przystan":
            print(f"p95 of {name} is {percentile(every(by_kind), 0.95) / percentile(base, 0.95):.1f} times ours")


def every(by_kind: dict[str, list[tuple[float, bool]]]) -> list[float]:
    return [spent for rows in by_kind.values() for spent, _hit in rows]


if __name__ == "__main__":
    sys.exit(main())
