"""The engine serves somebody else than payers: other subjects, other words, another statement, nothing of money."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from przystan.funding.vocabulary import PAYERS
from przystan.people.models import Citizenship, Person, TitleHeld
from przystan.people.queries.known import PEOPLE, asked, known_from
from przystan.people.rules.known import Facts, Held, Title
from przystan.project.cluster import PACKAGE
from przystan.reference.models import CountryGroup, ResidenceTitle
from przystan.rules.deciding import decide
from przystan.rules.editing import Editor
from przystan.rules.facts import Situation
from przystan.rules.labels import Labels
from przystan.rules.trees import EVERYONE, RuleError
from przystan.rules.words import because, outline
from tests import factories

from .hiring import HIRING, RULE, Job, offered

DAY = date(2026, 11, 30)
UKRAINIAN = Facts(
    citizenships=(Held("UA"),),
    citizenship_class=Held("third_country"),
    titles=(Title("ukr", date(2022, 3, 1), "temporary_protection"),),
)


def here(person: Facts, job: Job) -> Situation:
    return Situation(DAY, {"person": person, "job": job})


GOOD, CHEAP, VAGUE, LOOSE = (
    Job("employment", (5000, 5000)),
    Job("employment", (4000, 4000)),
    Job("employment", (4000, 6000)),
    Job("mandate", (5000, 5000)),
)


@pytest.mark.parametrize(
    ("person", "job", "value"),
    [
        (UKRAINIAN, GOOD, True),
        (UKRAINIAN, CHEAP, False),
        (UKRAINIAN, VAGUE, None),
        (UKRAINIAN, LOOSE, False),
        (UKRAINIAN, Job("employment"), None),
        (Facts(), GOOD, None),
        (Facts(), CHEAP, None),
        (Facts(citizenship_class=Held("eu_eea_ch")), Job(), True),
    ],
)
def test_one_offer_is_decided(person: Facts, job: Job, value: bool | None) -> None:
    assert decide(HIRING.parse(RULE), here(person, job)).value is value


TOLD = {
    "en": [
        "third-country national; without a permit: Polish citizens or EU citizens",
        "4000 zł; without a permit: work from 4806 zł",
    ],
    "pl": [
        "osoba z obywatelstwem państwa trzeciego;"
        " bez zezwolenia: osoby z obywatelstwem polskim lub osoby z obywatelstwem UE",
        "4000 zł; bez zezwolenia: praca od 4806 zł",
    ],
    "uk": [
        "громадянство третьої країни; без дозволу: громадяни Польщі або громадяни ЄС",
        "4000 zł; без дозволу: робота від 4806 зл",
    ],
    "ru": [
        "гражданство третьей страны; без разрешения: граждане Польши или граждане стран ЕС",
        "4000 zł; без разрешения: работа от 4806 зл",
    ],
}


@pytest.mark.parametrize("language", TOLD)
def test_a_refusal_is_told_in_four_languages(language: str) -> None:
    rule, case = HIRING.parse(RULE), here(UKRAINIAN, CHEAP)
    with translation.override(language):
        assert because(decide(rule, case), case, Labels(HIRING), HIRING.frame) == TOLD[language]
        first, second = outline(rule, Labels(HIRING)).parts
    assert TOLD[language][0].endswith(first.heading[1:])
    assert len(second.parts) == 3


@pytest.mark.django_db
def test_offers_to_many_are_decided_by_one_statement() -> None:
    """What SQL says of each person and each job is what is decided one by one."""
    CountryGroup.objects.create(group="EU", country="RO", valid_from=date(2007, 1, 1), source="test")
    titles = [ResidenceTitle.objects.create(code=kind, title_class=kind) for kind in ("temporary_protection", "visa")]
    point = factories.point(factories.organisation())
    people = [factories.person(point) for _ in range(4)]
    for person, country in zip(people, ("RO", "UA", "UA", "BY"), strict=True):
        Citizenship.objects.create(person=person, country=country)
    TitleHeld.objects.create(person=people[1], title=titles[0])
    TitleHeld.objects.create(person=people[2], title=titles[1])
    jobs = [GOOD, CHEAP, VAGUE, LOOSE, Job("employment"), Job(None, (5000, 5000))]
    for job in jobs:
        known = known_on(people)
        by_sql = verdicts(people, job)
        rule = HIRING.parse(RULE)
        assert by_sql == [decide(rule, here(facts, job)).value for facts in known], job


def known_on(people: list[Person]) -> list[Facts]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {PEOPLE}", asked([(person, DAY) for person in people]))
        return [one.facts for one in known_from(cursor.fetchone()[0])]


def verdicts(people: list[Person], job: Job) -> list[bool | None]:
    condition = offered().compile(HIRING.parse(RULE), "hire")
    offer = "%(contract)s::text AS contract, %(least)s::int AS least, %(most)s::int AS most, %(day)s::date AS day"
    least, most = job.wage or (None, None)
    values: dict[str, Any] = {"contract": job.contract, "least": least, "most": most, "day": DAY}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {condition.sql} FROM people_person p, (SELECT {offer}) j WHERE p.id = ANY(%(who)s) ORDER BY p.id",
            values | {"who": [one.pk for one in people]} | condition.params,
        )
        return [row[0] for row in cursor.fetchall()]


def test_each_asks_only_what_is_its_own() -> None:
    with pytest.raises(RuleError, match="unknown fact"):
        PAYERS.parse(RULE)
    with pytest.raises(RuleError, match="unknown fact"):
        HIRING.parse({"fact": "service", "in": ["advice"]})
    assert PAYERS.facts["age"] is HIRING.facts["age"]


@pytest.mark.django_db
def test_its_rules_are_edited_as_those_of_payers(django_user_model: Any) -> None:
    home = factories.organisation()
    lead, officer = factories.actor(home, "coordinator"), factories.actor(home, "grant_officer")
    sent = MultiValueDict({"shape": ['{"kind": "all", "parts": ["wage", "citizenship_class"]}'], "0.0:at_least": ["x"]})
    sent.setlist("0.1:in", ["poland"])
    editor = Editor.of(HIRING, sent, EVERYONE)
    assert editor.asked(lead, home) is None
    with translation.override("en"):
        assert editor.error == "condition “Wage”: write a whole number (x)"
    assert [code for code, _ in editor.context()["facts"]][-2:] == ["contract", "wage"]
    sent.setlist("0.0:at_least", ["4806"])
    again = Editor.of(HIRING, sent, EVERYONE)
    assert again.asked(lead, home) == HIRING.parse(
        {"all": [{"fact": "wage", "at_least": 4806}, {"fact": "citizenship_class", "in": ["poland"]}]}
    )
    assert again.asked(officer, home) is None  # citizenship of everybody is not theirs to ask
    assert "Only those who lead all points" in again.error


def test_the_engine_names_no_fact_and_no_payer() -> None:
    names = set(PAYERS.facts) - {"place"}  # in the engine, where a fault is
    names |= {"person", "people", "programme", "payer", "funding", "support"}
    for path in sorted((PACKAGE / "rules").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Name | ast.Attribute):
                word = node.id if isinstance(node, ast.Name) else node.attr
                assert word.lower() not in names, f"{Path(path).name}:{node.lineno}"
            if isinstance(node, ast.ImportFrom):
                assert not {"people", "funding", "support", "team"} & set((node.module or "").split(".")), path
