"""Results of closed periods: corrected by counter-entries, never edited; and what is changed while they are open."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from przystan.access.actors import Forbidden
from przystan.access.models import AuditEntry
from przystan.institutions.actions import merge
from przystan.ledger.actions import ChangedMeanwhile, ClosedPeriod
from przystan.results.actions import amend, correct, remove
from przystan.results.models import Result, ResultBefore
from tests import factories

from .world import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return Centre()


def test_an_open_result_is_amended_and_says_what_it_said(centre: Centre) -> None:
    result = centre.note(evidence="folder 3")
    changed = amend(by=centre.adviser, result=result, reached=centre.reached(after="B1"), version=1)
    assert (changed.after, changed.evidence, changed.version) == ("B1", "", 2)
    assert ResultBefore.objects.get().before == {"after": "A2", "evidence": "folder 3"}
    row = AuditEntry.objects.get(action="result.amend")
    assert sorted(row.fields) == ["after", "evidence"]
    with pytest.raises(ChangedMeanwhile):
        amend(by=centre.adviser, result=result, reached=centre.reached(after="C1"), version=1)


def test_only_ones_own_or_who_looks_after_the_ledger(centre: Centre) -> None:
    result = centre.note()
    colleague = factories.actor(centre.organisation, "adviser", centre.point)
    with pytest.raises(Forbidden):
        amend(by=colleague, result=result, reached=centre.reached(after="B1"))
    with pytest.raises(Forbidden):
        remove(by=colleague, results=[result])
    assert amend(by=centre.coordinator, result=result, reached=centre.reached(after="B1")).after == "B1"


def test_what_was_noted_by_mistake_is_taken_back(centre: Centre) -> None:
    result = centre.note()
    assert remove(by=centre.adviser, results=[result]) == 1
    assert not Result.objects.exists()
    assert AuditEntry.objects.filter(action="result.remove", object_ref=result.ref).exists()


def test_what_is_closed_is_corrected_today(centre: Centre) -> None:
    result = centre.note(day=centre.past)
    centre.close()
    for attempt in (
        lambda: amend(by=centre.adviser, result=result, reached=centre.reached(after="B1")),
        lambda: remove(by=centre.adviser, results=[result]),
    ):
        with pytest.raises(ClosedPeriod):
            attempt()
    counter, right = correct(
        by=centre.coordinator,
        result=result,
        reason="wrong level",
        reached=centre.reached(day=centre.past, after="B1"),
    )
    assert right
    assert (counter.sign, counter.reverses, counter.after, counter.day) == (-1, result, "A2", centre.past)
    assert [one.booked_on for one in (counter, right)] == [centre.today] * 2
    assert list(Result.objects.standing()) == [right]
    assert AuditEntry.objects.get(action="result.correct").object_ref == result.ref


def test_a_correction_needs_a_right_a_reason_a_closed_period_and_happens_once(centre: Centre) -> None:
    result = centre.note(day=centre.past)
    with pytest.raises(ValidationError, match="still open"):
        correct(by=centre.coordinator, result=result, reason="x")
    centre.close()
    with pytest.raises(Forbidden):
        correct(by=centre.adviser, result=result, reason="x")
    with pytest.raises(ValidationError, match="Write why"):
        correct(by=centre.coordinator, result=result, reason=" ")
    counter, _right = correct(by=centre.coordinator, result=result, reason="x")
    with pytest.raises(ValidationError, match="corrected already"):
        correct(by=centre.coordinator, result=result, reason="x")
    with pytest.raises(Forbidden):
        correct(by=centre.coordinator, result=counter, reason="x")
    with pytest.raises(ValidationError, match="corrected already"):
        remove(by=centre.coordinator, results=[counter])


def test_two_entries_of_an_institution_become_one_in_closed_periods_too(centre: Centre) -> None:
    twin = centre.institution("School no. 912")
    result = centre.note("institution_supported", day=centre.past, institution=twin.ref)
    centre.close()
    merge(by=centre.coordinator, kept=centre.school, absorbed=twin)
    result.refresh_from_db()
    assert result.institution == centre.school
    with pytest.raises(ValidationError, match="institution of the register"):
        centre.note("institution_supported", institution=twin.ref)


def test_one_of_a_closed_day_is_booked_today(centre: Centre) -> None:
    centre.close()
    result = centre.note(day=centre.past)
    assert (result.day, result.booked_on) == (centre.past, centre.today)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE results_result SET after = 'C2'",
        "UPDATE results_result SET kind_id = (SELECT max(id) FROM results_resultkind)",
        "DELETE FROM results_result",
        "UPDATE results_result SET booked_on = current_date",
    ],
)
def test_the_database_refuses_to_edit_what_is_closed(centre: Centre, statement: str) -> None:
    centre.note(day=centre.past)
    centre.close()
    with pytest.raises(IntegrityError, match="is closed"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_books_nothing_into_what_is_closed(centre: Centre) -> None:
    centre.note(day=centre.today)
    centre.close()
    with pytest.raises(IntegrityError, match="is closed"), connection.cursor() as cursor:
        cursor.execute("UPDATE results_result SET day = %s, booked_on = %s", [centre.past, centre.past])
