"""Who knows of a result: of a protected person, of somebody on whose list one is, of another organisation."""

import pytest
from django.db import connection

from przystan.access.scope import acting
from przystan.people.actions import merge, undo_merge
from przystan.people.models import Exclusion, Person
from przystan.results.actions import amend
from przystan.results.models import Result, ResultBefore
from przystan.results.queries import of_person, results
from przystan.team.queries import actor_for
from tests import factories

from .world import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return Centre()


def protect(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(protected=True)


def test_the_database_marks_what_is_about_a_protected_person(centre: Centre) -> None:
    result = centre.note()
    protect(centre.person)
    result.refresh_from_db()
    assert result.protected
    lawyer = factories.actor(centre.organisation, "lawyer", centre.point)
    factories.work_with(centre.person, lawyer)
    assert centre.note("found_helpful", by=lawyer, person=centre.person.ref).pk
    assert list(Result.objects.values_list("protected", flat=True)) == [True, True]
    Person.objects.filter(pk=centre.person.pk).update(protected=False)
    assert not Result.objects.filter(protected=True).exists()


@pytest.mark.parametrize("role", ["adviser", "coordinator", "lawyer", "director"])
def test_of_a_protected_person_only_their_team_knows(centre: Centre, role: str) -> None:
    inside, outside = (factories.user(centre.organisation, role, centre.point) for _ in range(2))
    centre.note()
    protect(centre.person)
    factories.work_with(centre.person, inside)
    for user in (inside, outside):
        actor = actor_for(user)
        assert actor
        with acting(actor):
            knows = Person.objects.seen_by(actor).exists()
            assert Result.objects.seen_by(actor).exists() == knows
            if user == outside:
                assert not Result.objects.exists(), "the database's own lock"


def test_on_somebodys_list_one_sees_nothing_of_them(centre: Centre) -> None:
    centre.note()
    event = centre.note("event_held")
    Exclusion.objects.create(person=centre.person, user_id=centre.coordinator.user_id)
    with acting(centre.coordinator):
        assert list(results(centre.coordinator)) == [event]
        assert not of_person(centre.coordinator, centre.person).exists()


def test_another_organisation_sees_none(centre: Centre) -> None:
    centre.note("event_held")
    stranger = factories.actor(factories.organisation("Other"), "coordinator")
    with acting(stranger):
        assert not Result.objects.exists()
        assert not results(stranger).exists()


def test_of_a_person_whoever_works_with_them_sees_all(centre: Centre) -> None:
    other = factories.actor(centre.organisation, "adviser", factories.point(centre.organisation))
    factories.work_with(centre.person, other)
    result = centre.note()
    with acting(other):
        assert list(of_person(other, centre.person)) == [result]
        assert not results(other).exists(), "it was noted at another point"


def test_what_a_result_said_goes_with_whom_it_was_about(centre: Centre) -> None:
    other = factories.person(centre.point, "Giorgi Beridze")
    result = centre.note(person=other.ref)
    amend(by=centre.adviser, result=result, reached=centre.reached())
    assert ResultBefore.objects.get().before["person_id"] == other.pk
    protect(other)
    assert not ResultBefore.objects.exists()


def test_of_a_protected_person_no_earlier_word_is_kept(centre: Centre) -> None:
    result = centre.note()
    protect(centre.person)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE results_result SET evidence = 'folder 9' WHERE id = %s", [result.pk])
    assert not ResultBefore.objects.exists()


def test_a_merge_takes_results_along_and_brings_them_back_in_closed_periods_too(centre: Centre) -> None:
    twin = factories.person(centre.point, "Olena Kovalenko")
    result = centre.note(day=centre.past, person=twin.ref)
    centre.close()
    factories.work_with(centre.person, centre.coordinator)
    factories.work_with(twin, centre.coordinator)
    made = merge(by=centre.coordinator, kept=centre.person, absorbed=twin)
    result.refresh_from_db()
    assert result.person == centre.person
    undo_merge(by=centre.coordinator, merge=made)
    result.refresh_from_db()
    assert result.person == twin
