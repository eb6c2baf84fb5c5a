"""Bringing in old spreadsheets: 10,000 people, then 10,000 supports, into a register of 20,000.

przystan bench imports [--rows N] [--people N] [--plain N] [--profile]

Makes two CSV files as a Polish office kept them (seeded: Windows-1250, semicolons, days in several forms, people who
are registered already under another spelling, a wrong value in every fiftieth row), and imports each: the file is read,
columns matched, every row checked, the good ones written in one transaction; then the undo. The register lies in
.bench/imports-N and is kept; what a run brings in it takes out again. With DATABASE_URL that database is used, which
must be empty or filled by this script.

plain: what a Django project would start with: for each row a look for duplicates by `icontains` on both names, then a
ModelForm for each record, saved one after the other, in one transaction. It is given values that are understood already
and is tried with --plain rows only (500); its time is scaled to all.
"""

import argparse
import csv
import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("uk", "uk", "uk", "uk", "be", "ru", "ka", "ar", "hi", "vi", "tr", "es")
COUNTRIES = {
    "uk": "Ukraina",
    "be": "Białoruś",
    "ru": "Rosja",
    "ka": "gruzińskie",
    "ar": "Syria",
    "hi": "Indie",
    "vi": "Wietnam",
    "tr": "Turcja",
    "es": "Kolumbia",
}
TITLES = ("stempel", "PESEL UKR", "pobyt czasowy i praca", "pobyt stały", "wiza krajowa", "")
TOWNS = ("Gdańsk", "Gdańsk", "Gdynia", "Tczew", "Kwidzyn", "Pruszcz Gdański", "Sopot", "")
SERVICES = ("porada pobytowa", "porada prawna", "psycholog", "doradztwo zawodowe", "asysta")
MODES = ("osobiście", "tel", "online", "messenger", "")
STAFF = ("Olena Kowalczuk", "Wiktorija Hajdaj", "Marta Zielińska", "")
PAYER = "Projekt z arkusza"
TODAY = date(2026, 11, 1)


def main() -> int:
    options = arguments()
    if not os.environ.get("DATABASE_URL"):
        os.environ["PRZYSTAN_DATA"] = str(ROOT / ".bench" / f"imports-{options.people}")
    os.environ["PRZYSTAN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "przystan.project.settings")
    sys.path.insert(0, str(ROOT))
    from przystan.project.cli import centre

    with centre.opened(owner=True, founding=True):
        from bench import scoped, search

        from przystan.project import shipping

        scoped.act()
        search.filled(options)
        shipping.load()
    with centre.opened():
        measure(options)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000, metavar="N", help="rows of each file (10000)")
    parser.add_argument("--people", type=int, default=20_000, metavar="N", help="people in the register (20000)")
    parser.add_argument("--plain", type=int, default=500, metavar="N", help="rows tried the plain way (500)")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--seed", type=int, default=7)
    parser.set_defaults(queries=0)
    return parser.parse_args()


# The files


def people_file(rng: Random, rows: int) -> bytes:
    """Newcomers; each tenth is somebody who is registered, under another spelling when there is one."""
    from przystan.people.models import Person
    from przystan.project.demo.names import new_name

    header = ["Nr klienta", "Imię", "Nazwisko", "Data ur.", "Płeć", "Obywatelstwo", "Tel. kom.", "E-mail"]
    header += ["Status pobytu", "Ważny do", "Data przyjazdu", "Miejscowość", "Język", "Uwagi"]
    known = Person.objects.exclude(birth="").order_by("id").prefetch_related("names")[: rows // 10]
    sheet = [header]
    for number, person in enumerate(known):
        name = list(person.names.all())[-1]
        given, _, family = name.text.rpartition(" ")
        parts = [name.given or given, name.family or family]
        sheet.append(_person_row(rng, number, parts, polish(person.birth), "uk"))
    for number in range(len(sheet) - 1, rows):
        language = rng.choice(LANGUAGES)
        name = rng.choice(new_name(rng, language, female=rng.random() < 0.6).spellings)
        born = (date(1950, 1, 1) + timedelta(days=rng.randrange(25_000))).isoformat()
        born = "31.02.1990" if number % 50 == 0 else polish(born) if number % 7 else born[:4]
        sheet.append(_person_row(rng, number, [name.given, name.family], born, language))
    return as_csv(sheet)


def _person_row(rng: Random, number: int, name: list[str], born: str, language: str) -> list[str]:
    phone = f"+48 {rng.randrange(500, 900)} {rng.randrange(100, 1000)} {rng.randrange(100, 1000)}"
    until = (TODAY + timedelta(days=rng.randrange(-900, 900))).strftime("%d.%m.%Y")
    came = rng.choice(["2022", "03.2022", "1.09.2023", ""])
    what = [
        rng.choice("KM"),
        COUNTRIES[language],
        rng.choice([phone, ""]),
        f"osoba{number}@example.org",
        rng.choice(TITLES),
    ]
    return [
        f"A/{number}/2024",
        *name,
        born,
        *what,
        until,
        came,
        rng.choice(TOWNS),
        rng.choice(["uk", "rosyjski", ""]),
        "x",
    ]


def supports_file(rng: Random, rows: int, programme: Any) -> bytes:
    """Supports of people who are registered, by document name and birth; each tenth anonymous, each third paid."""
    from przystan.people.models import Person

    header = [
        "Data",
        "Klient/ka",
        "Data ur.",
        "Usługa",
        "Czas (min)",
        "Forma kontaktu",
        "Doradca",
        "Tłumacz",
        "Projekt",
    ]
    people = list(Person.objects.exclude(birth="").order_by("id").prefetch_related("names")[: rows // 4 or 1])
    sheet = [header]
    for number in range(rows):
        person = rng.choice(people)
        name = person.names.all()[0].text if number % 10 else ""
        day = (date(2024, 1, 1) + timedelta(days=rng.randrange(700))).strftime("%d.%m.%Y")
        service = "taniec" if number % 50 == 0 else rng.choice(SERVICES)
        told = [
            service,
            rng.choice(["30", "45", "1h30", ""]),
            rng.choice(MODES),
            rng.choice(STAFF),
            rng.choice(["tak", ""]),
        ]
        sheet.append([day, name, polish(person.birth) if name else "", *told, "" if number % 3 else programme.name])
    return as_csv(sheet)


def polish(birth: str) -> str:
    """An ISO date, whole or partial, with dots: 17.05.2001."""
    return ".".join(reversed(birth.split("-")))


def as_csv(sheet: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(sheet)
    text = out.getvalue()
    try:
        return text.encode("cp1250")
    except UnicodeEncodeError:  # a name in its own script
        return text.encode()


# Measuring


def measure(options: argparse.Namespace) -> None:
    from przystan.access.actors import Actor
    from przystan.access.models import User
    from przystan.people.models import Person
    from przystan.team.queries import actor_for

    by: Actor | None = actor_for(User.objects.get(username="coordinator"))
    assert by is not None
    paid = programme(by)
    print(f"{Person.objects.count():,} people, files of {options.rows:,} rows, load {os.getloadavg()[0]:.1f}\n")
    files = {
        "people": people_file(Random(options.seed), options.rows),
        "supports": supports_file(Random(options.seed), options.rows, paid),
    }
    print(f"{'seconds':<12}{'read':>8}{'check':>8}{'write':>8}{'all':>8}{'cpu':>8}{'undo':>8}{'plain':>10}{'ratio':>8}")
    for kind, content in files.items():
        slow = plainly(by, kind, content, options)
        with profiled(options.profile):
            spent, told = ours(by, kind, content)
        every = spent["read"] + spent["check"] + spent["write"]
        numbers = "".join(f"{spent[step]:>8.1f}" for step in ("read", "check", "write"))
        last = f"{every:>8.1f}{spent['cpu']:>8.1f}{spent['undo']:>8.1f}{slow:>10.0f}{slow / every:>8.1f}"
        print(f"{kind:<12}{numbers}{last}   {told}")


def programme(by: Any) -> Any:
    """A payer of everything and everybody, made once."""
    from przystan.funding.models import Funder, Programme
    from przystan.support.models import Service

    funder, _ = Funder.objects.get_or_create(code="fundator", defaults={"names": {"pl": "Fundator"}})
    made, _ = Programme.objects.get_or_create(
        organisation_id=by.organisation_id,
        key="arkusz",
        defaults={"name": PAYER, "starts": date(2023, 1, 1), "funder": funder},
    )
    made.services.set(Service.objects.all())
    return made


def ours(by: Any, kind: str, content: bytes) -> tuple[dict[str, float], str]:
    """Seconds of each step, of them those of this process alone (`cpu`), and what became of the rows. What came in is
    taken out again."""
    from django.db import transaction

    from przystan.exchange import actions

    spent: dict[str, float] = {}
    began = time.process_time()
    with clocked(spent, "read"):
        batch = actions.take(by=by, kind=kind, filename=f"{kind}.csv", contents=[content])
        actions.read(by=by, batch=batch, scope=transaction.atomic)
        batch.refresh_from_db()
        mapping = {int(column): field for column, field in batch.mapping.items()}
        actions.match_columns(by=by, batch=batch, mapping=mapping)
    batch.refresh_from_db()
    with clocked(spent, "check"):
        actions.check(by=by, batch=batch)
    with clocked(spent, "write"):
        actions.start(by=by, batch=batch, choice="good", complete=kind == "people")
        actions.run(by=by, batch=batch)
    spent["cpu"] = time.process_time() - began
    batch.refresh_from_db()
    told = ", ".join(f"{count:,} {what}" for what, count in batch.counts.items() if count)
    with clocked(spent, "undo"):
        actions.undo(by=by, batch=batch)
    batch.delete()
    return spent, told


@contextmanager
def clocked(spent: dict[str, float], step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    spent[step] = time.perf_counter() - started


@contextmanager
def profiled(wanted: bool) -> Iterator[None]:
    import cProfile
    import pstats

    profile = cProfile.Profile() if wanted else None
    with profile or nullcontext():
        yield
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


# The plain way


def plainly(by: Any, kind: str, content: bytes, options: argparse.Namespace) -> float:
    """Seconds for all rows, from the first ones; written and taken back."""
    from django.db import transaction

    from przystan.access.doors import door

    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("cp1250")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    # Spread over the file, so that all sorts of rows are among them.
    some = rows[:: max(1, len(rows) // options.plain)][: options.plain]
    write: Callable[[Any, dict[str, str]], None] = plain_person if kind == "people" else plain_support
    started = time.perf_counter()
    with transaction.atomic(), door():
        for row in some:
            write(by, row)
        spent = time.perf_counter() - started
        transaction.set_rollback(True)
    return spent * len(rows) / len(some)


def find(*words: str) -> Any:
    """Somebody with each of the words in a name."""
    from przystan.people.models import Person

    people = Person.objects.all()
    for word in words:
        people = people.filter(names__text__icontains=word)
    return people.distinct().first()


def plain_person(by: Any, row: dict[str, str]) -> None:
    from django.forms import modelform_factory

    from przystan.people.models import Channel, Citizenship, Person, PersonName
    from przystan.team.models import Point

    if find(row["Imię"], row["Nazwisko"]):
        return
    point = Point.objects.filter(organisation=by.organisation_id).first()
    year = row["Data ur."][-4:]
    form = modelform_factory(Person, fields=["point", "sex", "birth", "centre_reference"])(
        {
            "point": point.pk,
            "sex": "female",
            "birth": year if year.isdigit() else "",
            "centre_reference": row["Nr klienta"],
        }
    )
    form.instance.organisation_id = by.organisation_id
    person = form.save()
    full = f"{row['Imię']} {row['Nazwisko']}".strip()
    parts: list[tuple[type[Any], dict[str, Any]]] = [
        (
            PersonName,
            {"kind": "document", "text": full, "given": row["Imię"], "family": row["Nazwisko"], "position": 0},
        ),
        (Citizenship, {"country": "UA"}),
        (Channel, {"kind": "email", "value": row["E-mail"]}),
    ]
    for model, values in parts:
        part = modelform_factory(model, fields=list(values))(values)
        part.instance.person = person
        if model is PersonName:
            part.instance.folded = full.casefold()
        part.save()


def plain_support(by: Any, row: dict[str, str]) -> None:
    from django.forms import modelform_factory

    from przystan.access.models import User
    from przystan.support.models import Service, Support, SupportPerson
    from przystan.team.models import Point

    day, month, year = row["Data"].split(".")
    values = {"point": Point.objects.filter(organisation=by.organisation_id).first().pk}
    values |= {
        "service": Service.objects.first().pk,
        "minutes": 30,
        "mode": "in_person",
        "day": f"{year}-{month}-{day}",
    }
    values |= {"staff": User.objects.filter(full_name__icontains=row["Doradca"]).first().pk, "interpreter": "none"}
    form = modelform_factory(Support, fields=[*values])(values)
    form.instance.organisation_id = by.organisation_id
    form.instance.booked_on = f"{year}-{month}-{day}"
    form.instance.kind = "full" if row["Klient/ka"] else "contact"
    support = form.save()
    person = find(*row["Klient/ka"].split()) if row["Klient/ka"] else None
    if person:
        part = modelform_factory(SupportPerson, fields=["person"])({"person": person.pk})
        part.instance.support = support
        part.save()


if __name__ == "__main__":
    sys.exit(main())
