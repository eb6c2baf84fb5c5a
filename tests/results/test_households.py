"""The household of a result is that of its day, and stays: what was reported of households does not change."""

from datetime import timedelta

import pytest

from przystan.access.scope import acting
from przystan.funding.actions import correct_result, note_result
from przystan.funding.queries.counting import Span
from przystan.funding.queries.indicators import count_one
from przystan.people.models import Household, HouseholdMember
from przystan.results.actions import amend
from tests import factories

from .world import Centre

pytestmark = pytest.mark.django_db


class House(Centre):
    """Somebody who lived with another until thirty days ago, and lives alone since."""

    def __init__(self) -> None:
        super().__init__()
        self.before = factories.household(self.person, factories.person(self.point))
        moved = self.today - timedelta(days=30)
        HouseholdMember.objects.filter(person=self.person).update(valid_to=moved - timedelta(days=1))
        self.now = factories.household(self.person, valid_from=moved)


@pytest.fixture
def centre() -> House:
    return House()


def test_it_is_that_of_the_day(centre: House) -> None:
    then, now = centre.note(day=centre.past), centre.note()
    assert (then.household, now.household) == (centre.before, centre.now)
    changed = amend(by=centre.adviser, result=now, reached=centre.reached(day=centre.past))
    assert changed.household == centre.before
    alone = factories.person(centre.point)
    assert amend(by=centre.adviser, result=changed, reached=centre.reached(person=alone.ref)).household is None
    assert centre.note("event_held").household is None


def test_of_a_stranger_it_is_known_too(centre: House) -> None:
    """Who notes a result need not know with whom somebody lives: it is read as for a count."""
    teacher = factories.actor(centre.organisation, "teacher", centre.point)
    with acting(teacher):
        assert not HouseholdMember.objects.filter(person=centre.person).exists()
        found = centre.note(by=teacher)
        assert found.household_id == centre.now.pk
        assert not HouseholdMember.objects.filter(person=centre.person).exists(), "counting is over"


def test_a_number_that_was_reported_stays(centre: House) -> None:
    programme = factories.programme(centre.organisation)
    homes = factories.indicator(programme, "achiever_households")
    partner = HouseholdMember.objects.filter(household=centre.before).exclude(person=centre.person).get().person
    noted = [
        note_result(by=centre.adviser, reached=centre.reached(day=centre.past, person=one.ref))
        for one in (centre.person, partner)
    ]
    span = Span(centre.past, centre.past)
    assert count_one(homes, span) == 1
    centre.close()
    HouseholdMember.objects.filter(household=centre.before).delete()
    assert count_one(homes, span) == 1
    other = Household.objects.create(organisation=centre.organisation)
    HouseholdMember.objects.create(household=other, person=partner)
    counter, right = correct_result(
        by=centre.coordinator,
        result=noted[1].result,
        reason="another level",
        reached=centre.reached(day=centre.past, person=partner.ref, after="B1"),
    )
    assert counter.household == centre.before
    assert right
    assert right.result.household_id == other.pk
    assert count_one(homes, span) == 1, "what was reported"
    assert count_one(homes, Span()) == 2, "today: the first home has one result left, the new one its own"
