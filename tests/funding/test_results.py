"""Which programme counts a result: found by rules as for a support, one at most, and kept in closed periods."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from przystan.access.actors import Forbidden
from przystan.access.doors import door
from przystan.access.models import AuditEntry
from przystan.funding.actions import (
    PayerRefused,
    ReasonMissing,
    Unpaid,
    amend_result,
    choose_result_payer,
    correct_result,
    note_result,
    note_results,
)
from przystan.funding.models import Limit, Programme, ResultAllocation
from przystan.funding.queries.cases import case_of_result
from przystan.funding.queries.payers import rank_payers
from przystan.ledger.actions import ClosedPeriod
from przystan.people.models import Citizenship
from przystan.reference.models import Place
from przystan.results.models import Result, ResultKind
from tests import factories
from tests.results.world import Centre

pytestmark = pytest.mark.django_db
WOMEN = {"fact": "sex", "in": ["female"]}


class House(Centre):
    """The programme `second` counts every result, `first` only levels, of whoever is a woman."""

    def __init__(self) -> None:
        super().__init__()
        self.first = factories.programme(self.organisation, tree=WOMEN, rank=1)
        self.second = factories.programme(self.organisation, rank=2)
        factories.indicator(self.first, "achievers", kinds=[ResultKind.objects.get(code="language_level")])
        factories.indicator(self.second, "results")
        self.person.sex = "female"
        self.person.save()
        self.grants = factories.actor(self.organisation, "coordinator", self.point)

    def payer(self, code: str = "language_level", **values: object) -> Programme | None:
        return note_result(by=self.adviser, reached=self.reached(code, **values)).payer


@pytest.fixture
def house() -> House:
    return House()


def test_the_first_whose_indicators_count_the_kind_and_whose_rule_holds(house: House) -> None:
    assert house.payer() == house.first
    assert house.payer("event_held") == house.second, "only levels are counted by the first"
    house.person.sex = "male"
    house.person.save()
    assert house.payer() == house.second


def test_no_indicator_that_counts_supports_makes_a_payer(house: House) -> None:
    house.second.indicators.all().delete()
    factories.indicator(house.second, "people")
    noted = note_result(by=house.adviser, reached=house.reached("event_held"))
    assert (noted.payer, noted.unpaid) == (None, Unpaid.NONE_FITS)


def test_days_territory_and_who_pays_outside(house: House) -> None:
    Programme.objects.filter(pk=house.first.pk).update(ends=house.today - timedelta(days=1))
    assert house.payer() == house.second
    house.second.territory.add(Place.objects.create(code="elsewhere", name="Elsewhere", kind="municipality"))
    assert house.payer() is None, "the point has no town"
    house.second.territory.clear()
    Programme.objects.filter(pk=house.second.pk).update(outside=True)
    assert house.payer() is None


def test_limits_are_limits_of_support(house: House) -> None:
    Limit.objects.create(programme=house.first, kind="people", value=0)
    assert house.payer() == house.first


def test_a_rule_that_asks_for_the_service_knows_of_none(house: House) -> None:
    tree = {"fact": "service", "in": [factories.service().code]}
    asking = factories.programme(house.organisation, tree=tree, rank=0)
    factories.indicator(asking, "results")
    result = house.note("event_held")
    verdicts = {one.programme: one.verdict for one in rank_payers(house.adviser, case_of_result(result))}
    assert verdicts == {asking: None, house.first: False, house.second: True}


def test_reasons_are_in_words(house: House) -> None:
    result = house.note("event_held")
    refused = next(one for one in rank_payers(house.adviser, case_of_result(result)) if one.programme == house.first)
    assert "no indicator of this programme counts: Event held" in refused.reasons


def test_ten_people_cost_as_many_statements_as_one(house: House) -> None:
    people = [factories.person(house.point, f"Person {number}", sex="female") for number in range(10)]
    house.payer()  # the organisation's key is made once
    counts = []
    for some in (people[:1], people):
        reached = [house.reached(person=person.ref) for person in some]
        with CaptureQueriesContext(connection) as queries:
            noted = note_results(by=house.adviser, reached=reached)
        assert {one.payer for one in noted} == {house.first}
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_payer_at_most(house: House) -> None:
    noted = note_result(by=house.adviser, reached=house.reached())
    row = ResultAllocation(result=noted.result, programme=house.second)
    with pytest.raises(IntegrityError), transaction.atomic(), door():
        row.save(force_insert=True)
    assert AuditEntry.objects.filter(action="funding.attribute", object_ref=noted.result.ref).count() == 1


def test_another_one_is_chosen_with_a_reason(house: House) -> None:
    result = note_result(by=house.adviser, reached=house.reached()).result
    with pytest.raises(Forbidden):
        choose_result_payer(by=factories.actor(house.organisation, "reception", house.point), result=result, payer="")
    with pytest.raises(ReasonMissing):
        choose_result_payer(by=house.grants, result=result, payer=house.second.ref)
    assert (
        choose_result_payer(by=house.grants, result=result, payer=house.second.ref, reason="asked").payer
        == house.second
    )
    with pytest.raises(ReasonMissing):
        choose_result_payer(by=house.grants, result=result, payer="")
    noted = choose_result_payer(by=house.grants, result=result, payer="", reason="nobody")
    assert (noted.payer, noted.unpaid) == (None, Unpaid.CHOSEN)


def test_who_works_with_the_person_elsewhere_chooses_too(house: House) -> None:
    result = note_result(by=house.adviser, reached=house.reached()).result
    elsewhere = factories.actor(house.organisation, "coordinator", factories.point(house.organisation))
    with pytest.raises(Result.DoesNotExist):
        choose_result_payer(by=elsewhere, result=result, payer=house.first.ref)
    factories.work_with(house.person, elsewhere)
    assert choose_result_payer(by=elsewhere, result=result, payer=house.first.ref).payer == house.first


def test_one_that_does_not_count_it_is_refused(house: House) -> None:
    with pytest.raises(PayerRefused):
        note_result(by=house.adviser, reached=house.reached("event_held"), payer=house.first.ref)
    with pytest.raises(ValidationError, match="does not run"):
        note_result(by=house.adviser, reached=house.reached("event_held"), payer="no-such")
    assert not Result.objects.exists(), "neither without the other"


def test_a_payer_that_somebody_chose_stays_when_the_result_is_changed(house: House) -> None:
    result = note_result(by=house.adviser, reached=house.reached()).result
    choose_result_payer(by=house.grants, result=result, payer=house.second.ref, reason="asked")
    assert amend_result(by=house.adviser, result=result, reached=house.reached(after="B1")).payer == house.second


def test_its_payer_stays_while_it_may_count_it(house: House) -> None:
    result = note_result(by=house.adviser, reached=house.reached()).result
    assert amend_result(by=house.adviser, result=result, reached=house.reached(after="B1")).payer == house.first
    changed = amend_result(
        by=house.adviser, result=result, reached=house.reached("found_helpful", person=house.person.ref)
    )
    assert changed.payer == house.second
    assert ResultAllocation.objects.get().programme == house.second


def test_a_correction_takes_from_the_same_payer(house: House) -> None:
    result = note_result(by=house.adviser, reached=house.reached(day=house.past)).result
    Programme.objects.filter(pk=house.first.pk).update(ends=house.past - timedelta(days=1))
    house.close()
    counter, right = correct_result(
        by=house.coordinator, result=result, reason="wrong level", reached=house.reached(day=house.past, after="B1")
    )
    assert right
    assert ResultAllocation.objects.get(result=counter).programme == house.first
    assert right.payer == house.second, "the first has ended"


@pytest.mark.parametrize("payer", ["second", ""])
def test_a_counter_entry_keeps_the_payer_of_what_it_takes_back(house: House, payer: str) -> None:
    result = note_result(by=house.adviser, reached=house.reached(day=house.past)).result
    house.close()
    counter, _ = correct_result(by=house.coordinator, result=result, reason="wrong level")
    with pytest.raises(ValidationError, match="keeps the payer"):
        choose_result_payer(by=house.coordinator, result=counter, payer=payer and house.second.ref, reason="x")
    assert ResultAllocation.objects.get(result=counter).programme == house.first


def test_in_a_closed_period_the_payer_stays(house: House) -> None:
    result = note_result(by=house.adviser, reached=house.reached(day=house.past)).result
    house.close()
    with pytest.raises((ClosedPeriod, ValidationError), match="closed"), transaction.atomic():
        choose_result_payer(by=house.grants, result=result, payer="", reason="x")
    with pytest.raises(IntegrityError, match="is closed"), connection.cursor() as cursor:
        cursor.execute("UPDATE funding_resultallocation SET programme_id = %s", [house.second.pk])


def test_facts_that_decide_are_noted_as_read(house: House) -> None:
    Citizenship.objects.create(person=house.person, country="UA")
    house.payer()
    assert AuditEntry.objects.filter(
        action="read", object_ref=house.person.ref, fields__contains=["citizenships"]
    ).exists()
