"""What a programme could pay for, counted: the same answers as one by one."""

from datetime import date
from typing import Any

import pytest

from przystan.access.actors import Actor
from przystan.funding import actions
from przystan.funding.models import Programme, TargetRule
from przystan.funding.queries.cases import case_of, people_of
from przystan.funding.queries.payers import rank_payers
from przystan.funding.queries.sets import Counts, payable_ids, preview, verdicts_of
from przystan.funding.vocabulary import PAYERS
from przystan.people.models import Citizenship
from przystan.reference.models import Place
from przystan.rules.trees import EVERYONE
from przystan.support.models import Support
from przystan.team.models import Organisation
from tests import factories

pytestmark = pytest.mark.django_db
THIRD: dict[str, Any] = {"fact": "citizenship_class", "in": ["third_country"]}
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def home() -> Organisation:
    return factories.organisation()


@pytest.fixture
def actor(home: Organisation) -> Actor:
    return factories.actor(home, "coordinator")


@pytest.fixture
def programme(home: Organisation) -> Programme:
    """Takes third-country nationals until May, grown-ups from June; in the north; until the end of October."""
    found = factories.programme(home, factories.service(), tree=THIRD, starts=YEAR[0], ends=date(2026, 10, 31))
    TargetRule.objects.update(valid_from=date(2026, 2, 1), valid_to=date(2026, 5, 31))
    TargetRule.objects.create(programme=found, tree={"fact": "age", "at_least": 18}, valid_from=date(2026, 6, 1))
    found.territory.add(Place.objects.create(code="north", name="North", path=["north"]))
    return found


@pytest.fixture
def supports(home: Organisation, programme: Programme) -> list[Support]:
    """Every mix of point, service, people and day that could matter."""
    south = Place.objects.create(code="south", name="South", path=["south"])
    harbour = Place.objects.create(code="harbour", name="Harbour", path=["north", "harbour"])
    points = [factories.point(home, place=place) for place in (harbour, south, None)]
    ukrainian = factories.person(points[0], birth="2000")
    Citizenship.objects.create(person=ukrainian, country="UA")
    pole, unknown = factories.person(points[0], birth="2010-05"), factories.person(points[0])
    Citizenship.objects.create(person=pole, country="PL")
    groups = [(), (ukrainian,), (pole,), (unknown,), (ukrainian, pole), (ukrainian, unknown)]
    days = [date(2026, 1, 15), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1), date(2026, 11, 1)]
    services = [programme.services.get(), factories.service()]
    return [
        factories.support(point, service, *people, day=day)
        for point in points
        for service in services
        for people in groups
        for day in days
    ]


def test_a_set_is_judged_as_each_of_its_supports(actor: Actor, programme: Programme, supports: list[Support]) -> None:
    found = verdicts_of([support.pk for support in supports], programme)
    for support in supports:
        case = case_of(support, people_of(actor, support))
        ranked = {one.programme.pk: one.verdict for one in rank_payers(actor, case)}
        # A programme that does not run is not even ranked.
        assert found[support.pk] is ranked.get(programme.pk, False), support.day
    assert set(found.values()) == {True, False, None}


def test_counting_and_suggesting(actor: Actor, programme: Programme, supports: list[Support]) -> None:
    found = verdicts_of([support.pk for support in supports], programme)
    ids = payable_ids(actor, programme, *YEAR)
    assert sorted(ids) == sorted(pk for pk, value in found.items() if value)
    done = actions.reallocate(by=actor, supports=ids, to=programme, reason="They had no payer")
    assert done.moved == len(ids)
    assert payable_ids(actor, programme, *YEAR) == []
    stranger = factories.actor(factories.organisation(), "coordinator")
    assert payable_ids(stranger, programme, *YEAR, unpaid=False) == []


def test_a_preview_counts_who_changes_sides(actor: Actor, programme: Programme, supports: list[Support]) -> None:
    """Of 90 supports of the service (3 points, 6 groups, 5 days), by group: nobody, UA, PL, ?, UA+PL, UA+?."""
    found = preview(actor, programme, EVERYONE, PAYERS.parse(THIRD), *YEAR)
    assert found.before == Counts(yes=90)
    assert found.after == Counts(yes=15, unknown=45, no=30)
    assert (found.gained, found.lost) == (0, 75)
    assert preview(actor, programme, None, PAYERS.parse(THIRD), *YEAR).before == Counts(unknown=90)


def test_a_counter_entry_and_what_it_reverses_do_not_count(actor: Actor, programme: Programme) -> None:
    point = factories.point(actor_home(actor))
    wrong = factories.support(point, programme.services.get(), day=date(2026, 3, 1))
    assert preview(actor, programme, None, EVERYONE, *YEAR).after == Counts(yes=1)
    factories.support(point, programme.services.get(), day=date(2026, 3, 1), sign=-1, reverses=wrong)
    assert preview(actor, programme, None, EVERYONE, *YEAR).after == Counts()


def actor_home(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id)
