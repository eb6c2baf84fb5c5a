"""What is kept of figures is what counting anew gives, whatever happens. Many acts: KEPT_ACTS=10000, in a night."""

import os
import re
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from przystan.access import scope
from przystan.access.actors import Actor, counter, system
from przystan.access.doors import door
from przystan.access.scope import acting, current
from przystan.funding import tasks
from przystan.funding.actions import keeping
from przystan.funding.enums import Breakdown, Counted
from przystan.funding.models import Allocation, Indicator, KeptFigure, Touched
from przystan.funding.queries import grown
from przystan.funding.queries.counting import Span, units
from przystan.funding.queries.evidence import breakdown
from przystan.funding.queries.indicators import Figure, count_all, figures, indicators
from przystan.funding.queries.kept import STATE
from przystan.funding.queries.ledger import on_ledger
from przystan.funding.queries.telling import EVERYBODY
from przystan.funding.touching import MANY
from przystan.funding.vocabulary import PAYERS
from przystan.people.models import Citizenship, Person
from przystan.project.checks import figures as checked
from przystan.rules.facts import ValueKind
from przystan.support.models import Service, Support, SupportPerson
from przystan.team.models import Organisation
from tests import factories
from tests.harness import seed

from .histories import World

pytestmark = pytest.mark.django_db
ACTS = int(os.environ.get("KEPT_ACTS", "50"))
A_WORLD = 50  # acts of one centre


def differences(world: World, rows: bool = True) -> tuple[list[str], int]:
    """What is not as counted anew (`rows`: of breakdowns, too), and how many numbers were kept ones."""
    with acting(world.actor):
        mine = indicators(world.actor)
        anew = count_all(mine, Span(), {one.pk: EVERYBODY for one in mine})
        found = figures(world.actor, Span())
        wrong = [f"{one.indicator.counted} {one.indicator.where}: {one.total} for {anew.get(one.indicator.pk, 0)}"
                 for one in found if one.total != anew.get(one.indicator.pk, 0)]  # fmt: skip
        for one in mine if rows else ():
            for by in map(Breakdown, one.breakdowns):
                now = breakdown(world.actor, one, Span(), by).totals
                if now != (told := rows_anew(one, by)):
                    wrong.append(f"{one.counted} by {by}: {now} for {told}")
    return wrong, sum(one.kept_at is not None for one in found)


def rows_anew(indicator: Indicator, by: Breakdown) -> dict[str, int]:
    """A breakdown over days that hold everything, of which nothing is kept."""
    whole = Span(date(2000, 1, 1), date(2100, 1, 1))
    actor = current()
    assert actor
    return breakdown(actor, indicator, whole, by).totals


@pytest.mark.parametrize("number", range(max(1, ACTS // A_WORLD)))
def test_what_is_kept_is_what_counting_anew_gives(number: int) -> None:
    world, told, kept = World(f"{seed.SEED} {number}"), [], 0
    world.happen(10)
    world.keep()
    for at in range(A_WORLD):
        told += world.happen(1)
        wrong, numbers = differences(world, rows=at % 3 == 0)
        assert not wrong, f"after {told}"
        kept += numbers
    assert kept > 2 * A_WORLD, "hardly anything was kept: the test has compared counting with itself"


class Small:
    """One programme that pays for one person, and its indicators: kept."""

    def __init__(self, **where: object) -> None:
        self.organisation = factories.organisation()
        self.point, self.service = factories.point(self.organisation), factories.service()
        self.programme = factories.programme(self.organisation, self.service)
        for counted in ("people", "supports", "households"):
            factories.indicator(self.programme, counted)
        women = {"fact": "sex", "in": ["female"]}
        factories.indicator(self.programme, "people", where=women, names={"en": "women"}, breakdowns=["sex"])
        self.person = factories.person(self.point, sex="female")
        self.entry = self.give(self.person)
        self.actor = factories.actor(self.organisation, "coordinator")
        tasks.keep(timestamp=0)

    def give(self, *people: Person) -> Support:
        return factories.pay(factories.support(self.point, self.service, *people), self.programme)

    def figures(self, actor: Actor | None = None) -> list[Figure]:
        with acting(actor or self.actor):
            return figures(actor or self.actor, Span())

    def numbers(self) -> list[int | None]:
        return [one.total for one in self.figures()]

    def kept(self) -> list[bool]:
        return [one.kept_at is not None for one in self.figures()]


@pytest.fixture
def small() -> Small:
    return Small()


def test_the_job_keeps_every_number_and_what_its_funder_asks_for(small: Small) -> None:
    assert (small.kept(), small.numbers()) == ([True] * 4, [1, 1, 1, 1])
    rows = KeptFigure.objects.filter(programme=small.programme)
    assert sorted(rows.exclude(by="").values_list("by", flat=True)) == ["point", "point", "point", "sex"]
    with acting(small.actor):
        women = Indicator.objects.get(programme=small.programme, where__isnull=False)
        assert breakdown(small.actor, women, Span(), Breakdown.SEX).totals == {"female": 1}


def test_what_is_new_is_added_and_what_was_changed_is_counted_anew(small: Small) -> None:
    small.give(factories.person(small.point, sex="male"))
    small.give(small.person)
    assert (small.kept(), small.numbers()) == ([True] * 4, [2, 3, 2, 1])
    with door():
        Support.objects.filter(pk=small.entry.pk).update(next_step="call")
    assert small.kept() == [True] * 4
    with door():
        Support.objects.filter(pk=small.entry.pk).update(language="uk")
    assert (small.kept(), small.numbers()) == ([False] * 4, [2, 3, 2, 1])
    tasks.keep(timestamp=0)
    assert (small.kept(), small.numbers()) == ([True] * 4, [2, 3, 2, 1])


def test_a_household_of_which_somebody_else_was_here_is_counted_once(small: Small) -> None:
    first, second = factories.person(small.point), factories.person(small.point)
    home = factories.household(first, second)
    entries = [small.give(first)]
    SupportPerson.objects.filter(support__in=entries).update(household=home)
    KeptFigure.objects.all().delete()  # else the first is only new, too
    tasks.keep(timestamp=0)
    assert small.numbers()[2] == 2
    SupportPerson.objects.filter(support=small.give(second)).update(household=home)
    assert (small.kept(), small.numbers()[2]) == ([True] * 4, 2)


def test_another_payer_is_another_figure_of_both(small: Small) -> None:
    other = factories.programme(small.organisation, small.service)
    factories.indicator(other, "supports")
    tasks.keep(timestamp=0)
    with door():
        Allocation.objects.filter(support=small.entry).update(programme=other)
    assert (small.kept(), small.numbers()) == ([False] * 5, [0, 0, 0, 0, 1])


def test_what_changes_while_it_is_read_is_read_again(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else somebody with a new entry, whose old one goes meanwhile, is taken for somebody new."""
    small.give(small.person)
    real, gone = grown._grown, Allocation.objects.filter(support=small.entry)

    def meanwhile(*asked: Any) -> Any:
        with door(), acting(system(0, "tests")):
            gone.delete()
        return real(*asked)

    monkeypatch.setattr(grown, "_grown", meanwhile)
    assert (small.kept(), small.numbers()) == ([False] * 4, [1, 1, 1, 1])


def test_a_changed_key_is_noted(small: Small) -> None:
    """The row that went and the one that came: an UPDATE that changes the key joins no old row to its new one."""
    free = factories.support(small.point, small.service, factories.person(small.point, sex="male"))
    tasks.keep(timestamp=0)
    with door():
        Allocation.objects.filter(pk=small.entry.pk).update(support=free)
    assert (small.kept(), small.numbers()) == ([False] * 4, [1, 1, 1, 0])


def test_a_fact_under_another_key_is_noted(small: Small) -> None:
    Citizenship.objects.create(person=small.person, country="UA")
    tasks.keep(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_citizenship SET id = id + 2000000, country = 'XK'")
    assert small.kept() == [True, True, True, False]
    tasks.keep(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_citizenship SET id = id - 2000000")
    assert set(Touched.objects.values_list("what", "key")) == {("person", small.person.pk)}


@pytest.mark.parametrize("table", ["support_service", "team_point"])
def test_a_code_under_another_key_is_noted(small: Small, table: str) -> None:
    factories.service(), factories.point(small.organisation)
    Touched.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id + 2000000 WHERE id = (SELECT max(id) FROM {table})")
    assert set(Touched.objects.values_list("what", flat=True)) == {"all"}


def test_facts_concern_only_those_whose_facts_are_read(small: Small) -> None:
    Citizenship.objects.create(person=factories.person(small.point), country="UA")
    assert small.kept() == [True] * 4
    Citizenship.objects.create(person=small.person, country="UA")
    assert small.kept() == [True, True, True, False]


def test_another_condition_is_another_figure_at_once(small: Small) -> None:
    Indicator.objects.filter(where__isnull=False).update(where={"fact": "sex", "in": ["male"]})
    assert (small.kept()[3], small.numbers()[3]) == (False, 0)


def test_nothing_is_kept_of_part_of_the_people_or_shown_to_whom_it_is_not(small: Small) -> None:
    """Who may have a number is asked as ever (decision 31): what is kept is no other way to it."""
    Indicator.objects.filter(where__isnull=False).update(where={"fact": "citizenship", "in": ["UA"]})
    Citizenship.objects.create(person=small.person, country="UA")
    there = factories.point(small.organisation)
    tasks.keep(timestamp=0)
    assert small.numbers() == [1, 1, 1, 1]
    grants, lead = (factories.actor(small.organisation, *of) for of in [("grant_officer",), ("coordinator", there)])
    assert [(one.total, one.kept_at) for one in small.figures(grants)[3:]] == [(None, None)]
    assert [one.total or 0 for one in small.figures(lead)[3:]] == [0]
    with acting(small.actor):
        assert not KeptFigure.objects.exists()
        assert not Touched.objects.exists()


def test_of_a_protected_person_nothing_is_kept(small: Small) -> None:
    Person.objects.filter(pk=small.person.pk).update(protected=True, alias="P-1")
    tasks.keep(timestamp=0)
    assert (small.kept(), small.numbers()) == ([True] * 4, [0, 0, 0, 0])
    assert [one.total for one in figures(small.actor, Span())] == [1, 1, 1, 1], "the system counts everybody, anew"


def test_facts_of_the_protected_concern_no_figure(small: Small) -> None:
    """When a figure was counted would tell that something about them was changed."""
    factories.indicator(small.programme, "achievers", where={"fact": "sex", "in": ["female"]})
    factories.count_for(factories.result(small.point, factories.result_kind(), small.person), small.programme)
    Person.objects.filter(pk=small.person.pk).update(protected=True, alias="P-1")
    tasks.keep(timestamp=0)
    kept = set(KeptFigure.objects.values_list("pk", flat=True))
    Citizenship.objects.create(person=small.person, country="UA")
    assert keeping.forget_touched() == 0
    assert set(KeptFigure.objects.values_list("pk", flat=True)) == kept
    Person.objects.filter(pk=small.person.pk).update(protected=False)
    assert keeping.forget_touched() == len(kept)


def test_figures_of_another_organisation_stay(small: Small) -> None:
    other = Small()
    with door():
        Support.objects.filter(pk=small.entry.pk).update(minutes=1)
    assert (small.kept(), other.kept()) == ([False] * 4, [True] * 4)
    keeping.forget_touched()
    assert (small.kept(), other.kept()) == ([False] * 4, [True] * 4)


def counting(organisation: Organisation, sql: str) -> int:
    """What any page that counts may ask the database; how many rows it found, or changed."""
    with acting(factories.actor(organisation, "volunteer")), scope.counting(), connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute(sql)
        return int(cursor.rowcount)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE funding_keptfigure SET totals = '{\"\": 999999}'",
        "INSERT INTO funding_keptfigure (organisation_id, programme_id, indicator_id, by, definition, of_results,"
        " of_people, totals, included, counted_at) SELECT organisation_id, programme_id, indicator_id, 'day',"
        " definition, of_results, of_people, totals, included, counted_at FROM funding_keptfigure WHERE by = ''",
        "INSERT INTO funding_touched (what) VALUES ('all')",
        "UPDATE funding_touched SET what = 'added'",
    ],
)
def test_who_counts_writes_nothing_of_what_is_kept(small: Small, sql: str) -> None:
    Citizenship.objects.create(person=small.person, country="UA")
    with pytest.raises(ProgrammingError, match="row-level security"):
        counting(small.organisation, sql)


@pytest.mark.parametrize("table", ["funding_keptfigure", "funding_touched"])
def test_who_counts_takes_nothing_away(small: Small, table: str) -> None:
    Citizenship.objects.create(person=small.person, country="UA")
    assert counting(small.organisation, f"SELECT 1 FROM {table}") > 0
    assert counting(small.organisation, f"DELETE FROM {table}") == 0
    with acting(system(small.organisation.pk, "tests")):
        assert Touched.objects.exists()
        Touched.objects.all().delete()
        assert Touched.objects.exists(), "not the system either, as long as it acts for one organisation"


def test_notes_of_another_organisation_are_not_read(small: Small) -> None:
    other = Small()
    Touched.objects.all().delete()
    result = factories.result(small.point, factories.result_kind(), small.person)
    factories.count_for(result, small.programme)
    small.give(small.person)
    factories.household(small.person)
    with door():
        Support.objects.filter(pk=small.entry.pk).update(minutes=1)
        type(result).objects.filter(pk=result.pk).update(minutes=1)
    made = set(Touched.objects.values_list("what", flat=True))
    assert made == {"person", "household", "support", "result", "results", "added"}
    there = "SELECT 1 FROM funding_touched"
    assert (counting(other.organisation, there), counting(small.organisation, there)) == (0, Touched.objects.count())
    Service.objects.filter(pk=small.service.pk).update(code="another")
    assert counting(other.organisation, there) == 1, "what may concern everybody is read by everybody"


def test_of_many_rows_at_once_it_is_not_noted_which(small: Small) -> None:
    Touched.objects.all().delete()
    people = [factories.person(small.point) for _ in range(3)]
    Citizenship.objects.bulk_create(Citizenship(person=people[0], country="UA") for _ in range(MANY))
    assert set(Touched.objects.values_list("what", "key")) == {("person", people[0].pk)}
    Citizenship.objects.bulk_create(Citizenship(person=people[0], country="PL") for _ in range(MANY + 1))
    assert Touched.objects.filter(what="all", key=None).count() == 1
    assert small.kept() == [False] * 4


def test_notes_do_not_pile_up(small: Small) -> None:
    for _ in range(keeping.FOLD_AFTER - 1):
        small.give(small.person)
    before = set(KeptFigure.objects.values_list("pk", flat=True))
    tasks.keep(timestamp=0)
    assert before <= set(KeptFigure.objects.values_list("pk", flat=True)), "so few are added while reading"
    small.give(small.person)
    tasks.keep(timestamp=0)
    tasks.keep(timestamp=0)
    assert not Touched.objects.exists()
    assert (small.kept(), small.numbers()) == ([True] * 4, [1, 11, 1, 1])


def test_check_says_what_is_wrong(small: Small) -> None:
    assert list(checked.faults()) == []
    KeptFigure.objects.filter(indicator__where__isnull=False, by="").update(totals={"": 7})
    [fault] = checked.faults()
    assert "women" in fault


def test_one_who_is_not_of_the_house_cannot_count_for_it(small: Small) -> None:
    with acting(counter(factories.organisation().pk)), pytest.raises(AssertionError):
        keeping.keep(programme=small.programme)


def test_everything_that_counting_reads_is_watched() -> None:
    """A fact that another module declares later is in here by itself: watch its tables (`touching.watched`)."""
    read, one = set[str](), factories.indicator(factories.programme(factories.organisation()))
    for counted, by in product(Counted, [None, *Breakdown]):
        if by is None or by.fits(counted):
            one.counted = counted
            read |= tables(units(one, Span(), on_ledger(), by).sql)
    for fact in PAYERS.facts.values():
        read |= tables(on_ledger().compile(PAYERS.parse({"fact": fact.code, **ASKED[fact.kind]})).sql)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'funding_touched_%'")
        watched = {name for (name,) in cursor.fetchall()}
    assert len(read) > 10
    assert read - watched == set(), "write `watched(...)` for these in a migration of funding, or of their module"
    assert tables(STATE) - watched == {"funding_touched"}


ASKED = {
    ValueKind.CODES: {"in": ["x"]},
    ValueKind.YES_NO: {"is": True},
    ValueKind.NUMBER: {"at_least": 1},
    ValueKind.DAY: {"from": "2026-01-01"},
}


def tables(sql: str) -> set[str]:
    """Tables that are named in a statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        return {name for (name,) in cursor.fetchall() if re.search(rf"\b{name}\b", sql)}
