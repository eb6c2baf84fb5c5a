"""What a number counts, by examples that can be checked by hand."""

from datetime import date, timedelta
from typing import Any

import pytest

from przystan.access.actors import Actor, Forbidden
from przystan.funding.enums import Breakdown
from przystan.funding.models import Indicator, Programme
from przystan.funding.queries.counting import MIXED, Span
from przystan.funding.queries.evidence import breakdown, evidence_of
from przystan.funding.queries.indicators import count_one, figures
from przystan.people.actions import merge, undo_merge
from przystan.people.models import Citizenship, Person
from przystan.support.models import Support, SupportPerson
from tests import factories

pytestmark = pytest.mark.django_db
ALL = Span()
JUNE = date(2026, 6, 15)


class Centre:
    """A point, two services, a programme that pays for both, and an indicator of each kind."""

    def __init__(self) -> None:
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.advice, self.lesson = factories.service("Advice"), factories.service("Lesson")
        self.programme: Programme = factories.programme(self.organisation, self.advice, self.lesson)
        self.actor: Actor = factories.actor(self.organisation, "coordinator")
        kinds = ("people", "supports", "hours", "households")
        self.indicators = {kind: factories.indicator(self.programme, kind) for kind in kinds}

    def person(self, **values: Any) -> Person:
        return factories.person(self.point, **values)

    def give(self, *people: Person, service: Any = None, day: date = JUNE, **values: Any) -> Support:
        service = service or self.advice
        return factories.pay(factories.support(self.point, service, *people, day=day, **values), self.programme)

    def numbers(self, span: Span = ALL) -> dict[str, Any]:
        """Numbers by what is counted; each is asked both ways and holds against its list."""
        found = {}
        for figure in figures(self.actor, span):
            one = figure.indicator
            assert figure.total == count_one(one, span)
            listed = list(evidence_of(self.actor, one, span))
            assert figure.total == sum(each.weight for each in listed)
            assert len(listed) == len(evidence_of(self.actor, one, span))
            found[one.counted] = figure.number
        return found

    def by(self, kind: str, by: Breakdown, span: Span = ALL) -> dict[str, int]:
        one = self.indicators[kind]
        found = breakdown(self.actor, one, span, by).totals
        for value, total in found.items():
            assert sum(each.weight for each in evidence_of(self.actor, one, span, by, value)) == total
        return found


@pytest.fixture
def centre() -> Centre:
    return Centre()


def test_nothing_was_given(centre: Centre) -> None:
    assert centre.numbers() == {"people": 0, "supports": 0, "hours": 0, "households": 0}


def test_a_person_in_two_supports_is_one_person(centre: Centre) -> None:
    person = centre.person()
    centre.give(person)
    centre.give(person, service=centre.lesson, minutes=60)
    assert centre.numbers() == {"people": 1, "supports": 2, "hours": 1.5, "households": 1}


def test_a_support_of_two_people_is_one_support_and_their_hours_are_two(centre: Centre) -> None:
    centre.give(centre.person(), centre.person(), minutes=60)
    assert centre.numbers() == {"people": 2, "supports": 1, "hours": 2, "households": 2}


def test_a_group_of_named_and_unnamed_people(centre: Centre) -> None:
    for _each in range(3):
        centre.give(centre.person(), service=centre.lesson, kind="group", minutes=120)
    centre.give(service=centre.lesson, kind="group", minutes=120, headcount=7)
    assert centre.numbers() == {"people": 3, "supports": 4, "hours": 20, "households": 3}


def test_anonymous_people_are_in_supports_and_hours_only(centre: Centre) -> None:
    centre.give(kind="contact", minutes=10, headcount=3)
    assert centre.numbers() == {"people": 0, "supports": 1, "hours": 0.5, "households": 0}


def test_what_nobody_or_somebody_else_pays_is_not_counted(centre: Centre) -> None:
    person = centre.person()
    factories.support(centre.point, centre.advice, person)
    outside = factories.programme(centre.organisation, centre.advice, outside=True)
    factories.indicator(outside, "people")
    factories.pay(factories.support(centre.point, centre.advice, person), outside)
    assert centre.numbers() == {"people": 0, "supports": 0, "hours": 0, "households": 0}


def test_other_organisations_are_not_counted(centre: Centre) -> None:
    Centre().give(factories.person(factories.point(factories.organisation())))
    assert centre.numbers()["supports"] == 0
    other = Centre().indicators["people"]
    with pytest.raises(Forbidden):
        evidence_of(centre.actor, other, ALL)


def test_evidence_is_a_right_of_its_own(centre: Centre) -> None:
    director = factories.actor(centre.organisation, "director")
    with pytest.raises(Forbidden):
        evidence_of(director, centre.indicators["people"], ALL)


def test_a_period_holds_both_its_ends(centre: Centre) -> None:
    for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)):
        centre.give(centre.person(), day=day)
    assert centre.numbers(Span(date(2026, 6, 1), date(2026, 6, 30)))["people"] == 2
    assert centre.numbers(Span(date(2026, 6, 1)))["people"] == 3
    assert centre.numbers(Span(last=date(2026, 6, 1)))["people"] == 2


def test_an_entry_counts_when_it_is_booked(centre: Centre) -> None:
    centre.give(centre.person(), day=date(2026, 3, 3), booked_on=date(2026, 7, 7))
    assert centre.numbers(Span(date(2026, 1, 1), date(2026, 6, 30)))["supports"] == 0
    assert centre.numbers(Span(date(2026, 7, 1), None))["supports"] == 1


def test_a_counter_entry_takes_away_what_it_reverses(centre: Centre) -> None:
    person = centre.person()
    wrong = centre.give(person, day=date(2026, 3, 3))
    factories.reverse(wrong, booked_on=date(2026, 7, 7))
    assert centre.numbers() == {"people": 0, "supports": 0, "hours": 0, "households": 0}
    assert centre.numbers(Span(last=date(2026, 6, 30)))["people"] == 1  # what was reported then stays
    later = centre.numbers(Span(date(2026, 7, 1)))
    assert (later["supports"], later["hours"], later["people"]) == (-1, -0.5, 0)


def test_a_corrected_entry_counts_once(centre: Centre) -> None:
    person = centre.person()
    wrong = centre.give(person, day=date(2026, 3, 3), minutes=30)
    factories.reverse(wrong, booked_on=date(2026, 7, 7))
    centre.give(person, day=date(2026, 3, 3), booked_on=date(2026, 7, 7), minutes=90)
    assert centre.numbers() == {"people": 1, "supports": 1, "hours": 1.5, "households": 1}
    assert centre.numbers(Span(date(2026, 7, 1)))["people"] == 0  # was counted in March already


def test_a_counter_entry_of_another_service_leaves_the_person_in(centre: Centre) -> None:
    only = factories.indicator(centre.programme, "people", centre.lesson)
    person = centre.person()
    centre.give(person, service=centre.lesson)
    factories.reverse(centre.give(person), booked_on=JUNE)
    found = {figure.indicator.pk: figure.total for figure in figures(centre.actor, ALL)}
    assert found[only.pk] == count_one(only, ALL) == 1


def test_merged_people_are_one(centre: Centre) -> None:
    first, second = centre.person(), centre.person()
    centre.give(first)
    centre.give(second)
    assert centre.numbers()["people"] == 2
    merged = merge(by=centre.actor, kept=first, absorbed=second)
    assert centre.numbers() == {"people": 1, "supports": 2, "hours": 1, "households": 1}
    undo_merge(by=centre.actor, merge=merged)
    assert centre.numbers()["people"] == 2


def test_two_people_of_one_support_who_were_one(centre: Centre) -> None:
    first, second = centre.person(), centre.person()
    centre.give(first, second, minutes=60)
    merge(by=centre.actor, kept=first, absorbed=second)
    assert centre.numbers() == {"people": 1, "supports": 1, "hours": 2, "households": 1}  # the headcount stays


def test_people_of_one_household_are_one_household(centre: Centre) -> None:
    mother, child, alone = centre.person(), centre.person(), centre.person()
    home = factories.household(mother, child)
    for person in (mother, child):
        entry = centre.give(person)
        SupportPerson.objects.filter(support=entry).update(household=home)
    centre.give(alone)
    centre.give(mother)  # on a day when she was of no household: she is counted with hers all the same
    assert centre.numbers()["households"] == 2
    listed = list(evidence_of(centre.actor, centre.indicators["households"], ALL))
    assert sorted(len(one.people) for one in listed) == [1, 2]


def test_only_the_services_of_the_indicator(centre: Centre) -> None:
    lessons = factories.indicator(centre.programme, "supports", centre.lesson)
    centre.give(centre.person())
    centre.give(centre.person(), service=centre.lesson)
    assert {f.indicator.pk: f.total for f in figures(centre.actor, ALL)}[lessons.pk] == 1


@pytest.mark.parametrize(
    ("counted", "expected"),
    [("people", 2), ("supports", 2), ("hours", 60 + 30), ("households", 2)],
)
def test_only_when_a_condition_holds(centre: Centre, counted: str, expected: int) -> None:
    women = factories.indicator(centre.programme, counted, where={"fact": "sex", "in": ["female"]})
    first, man = centre.person(sex="female"), centre.person(sex="male")
    centre.give(first, man, minutes=60)
    centre.give(man)
    centre.give(centre.person(sex="female"), minutes=30)
    centre.give(kind="contact")
    assert {f.indicator.pk: f.total for f in figures(centre.actor, ALL)}[women.pk] == expected


def test_only_at_a_point(centre: Centre) -> None:
    there = factories.point(centre.organisation)
    kinds = ("people", "supports", "hours", "households")
    where = {"fact": "point", "in": [there.code]}
    asked = [factories.indicator(centre.programme, kind, where=where) for kind in kinds]
    centre.give(centre.person())
    factories.pay(factories.support(there, centre.advice, centre.person(), day=JUNE, minutes=30), centre.programme)
    found = {figure.indicator.pk: figure.total for figure in figures(centre.actor, ALL)}
    assert [found[one.pk] for one in asked] == [1, 1, 30, 1]
    assert [count_one(one, ALL) for one in asked] == [1, 1, 30, 1]


def test_by_sex(centre: Centre) -> None:
    woman, man = centre.person(sex="female"), centre.person(sex="male")
    centre.give(woman, man, minutes=60)
    centre.give(woman, minutes=60)
    centre.give(centre.person(), minutes=60)
    centre.give(kind="contact", minutes=60, headcount=2)
    assert centre.by("people", Breakdown.SEX) == {"female": 1, "male": 1, "": 1}
    assert centre.by("supports", Breakdown.SEX) == {"female": 1, MIXED: 1, "": 2}
    assert centre.by("hours", Breakdown.SEX) == {"female": 120, "male": 60, "": 180}


def test_by_age_on_the_day_of_the_first_support(centre: Centre) -> None:
    young = centre.person(birth="2008-06-16")
    centre.give(young, day=date(2026, 6, 15))  # the last day under 18
    centre.give(young, day=date(2026, 6, 16))
    centre.give(centre.person(birth="1966-01-01"), day=JUNE)
    centre.give(centre.person(birth="1965-06-15"), day=JUNE)  # 61 today
    centre.give(centre.person(birth="2008"), day=JUNE)  # 17 or 18
    centre.give(centre.person(birth="1990"), day=JUNE)
    assert centre.by("people", Breakdown.AGE_BAND) == {"0-17": 1, "18-60": 2, "61-": 1, "": 1}
    assert centre.by("supports", Breakdown.AGE_BAND) == {"0-17": 1, "18-60": 3, "61-": 1, "": 1}
    assert centre.by("people", Breakdown.AGE_BAND, Span(date(2026, 6, 16))) == {"18-60": 1}


def test_a_programme_may_have_bands_of_its_own(centre: Centre) -> None:
    centre.programme.target = {"age_bands": [6, 13, 18, 26]}
    centre.programme.save()
    centre.indicators = {one.counted: one for one in Indicator.objects.order_by("id")}
    centre.give(centre.person(birth="2015-01-01"))
    centre.give(centre.person(birth="1950"))
    assert centre.by("people", Breakdown.AGE_BAND) == {"6-12": 1, "26-": 1}


def test_by_citizenship_on_the_day(centre: Centre) -> None:
    person, both, nobody = centre.person(), centre.person(), centre.person()
    Citizenship.objects.create(person=person, country="UA", valid_to=JUNE)
    Citizenship.objects.create(person=person, country="PL", valid_from=JUNE + timedelta(days=1))
    for country in ("UA", "GE"):
        Citizenship.objects.create(person=both, country=country)
    for one in (person, both, nobody):
        centre.give(one)
    assert centre.by("people", Breakdown.CITIZENSHIP) == {"UA": 1, "GE+UA": 1, "": 1}
    centre.give(person, day=JUNE + timedelta(days=1))
    assert centre.by("people", Breakdown.CITIZENSHIP)["UA"] == 1  # the first support says it
    assert centre.by("supports", Breakdown.CITIZENSHIP)["PL"] == 1
    assert centre.by("people", Breakdown.CITIZENSHIP, Span(JUNE + timedelta(days=1))) == {"PL": 1}


def test_a_wrong_first_entry_does_not_tell_the_age(centre: Centre) -> None:
    young = centre.person(birth="2008-06-16")
    factories.reverse(centre.give(young, day=date(2026, 6, 1)), booked_on=date(2026, 6, 1))
    centre.give(young, day=date(2026, 6, 20))
    assert centre.by("people", Breakdown.AGE_BAND) == {"18-60": 1}


def test_by_point_service_and_language_people_may_be_in_several_rows(centre: Centre) -> None:
    there, person = factories.point(centre.organisation), centre.person()
    centre.give(person, language="uk")
    factories.pay(factories.support(there, centre.lesson, person, day=JUNE), centre.programme)
    assert centre.by("people", Breakdown.POINT) == {str(centre.point.pk): 1, str(there.pk): 1}
    assert centre.by("people", Breakdown.SERVICE) == {str(centre.advice.pk): 1, str(centre.lesson.pk): 1}
    assert centre.by("supports", Breakdown.LANGUAGE) == {"uk": 1, "": 1}
    assert centre.numbers()["people"] == 1


def test_what_makes_a_person_count(centre: Centre) -> None:
    person, other = centre.person(), centre.person()
    entries = {centre.give(person).pk, centre.give(person, other).pk}
    centre.give(other)
    listed = evidence_of(centre.actor, centre.indicators["people"], ALL, who=person)
    assert {one.support.pk for one in listed if one.support} == entries
    assert len(listed) == 2
