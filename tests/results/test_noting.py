"""Writing into the ledger of results."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from przystan.access.actors import Forbidden
from przystan.access.doors import LockedDoor
from przystan.access.models import AuditEntry
from przystan.ledger.actions import LoggedAlready
from przystan.people.models import Exclusion, Person
from przystan.results.actions import note, note_all
from przystan.results.models import Result
from przystan.results.queries import by_token, filtered, kinds_offered, results
from przystan.results.queries.ledger import Filters
from tests import factories

from .world import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return Centre()


def test_a_level_that_was_gained(centre: Centre) -> None:
    result = centre.note(proof="test", evidence=" folder 3 ", line="courses")
    result.refresh_from_db()
    assert (result.person_id, result.before, result.after) == (centre.person.pk, "A1", "A2")
    assert (result.proof, result.evidence, result.line) == ("test", "folder 3", "courses")
    assert (result.sign, result.booked_on, result.staff_id) == (1, centre.today, centre.adviser.user_id)
    assert AuditEntry.objects.filter(action="result.note", object_ref=result.ref).count() == 1


def test_of_nobody_and_of_an_institution(centre: Centre) -> None:
    assert centre.note("event_held").person_id is None
    supported = centre.note("institution_supported", institution=centre.school.ref)
    assert (supported.person_id, supported.institution) == (None, centre.school)
    assert centre.note("volunteer_hours", minutes=90).minutes == 90


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("language_level", {"person": ""}, "choose the person"),
        ("language_level", {"after": ""}, "Choose the level that was reached"),
        ("language_level", {"after": "Z9"}, "Choose a level of this scale"),
        ("language_level", {"before": "B1", "after": "A2"}, "must be higher"),
        ("language_level", {"before": "A2", "after": "A2"}, "must be higher"),
        ("language_level", {"minutes": 5}, "has no minutes"),
        ("event_held", {"after": "A1"}, "has no levels"),
        ("event_held", {"person": "x"}, "no result of a person"),
        ("volunteer_hours", {}, "Write how long it was"),
        ("institution_supported", {}, "choose the institution"),
        ("institution_supported", {"institution": "nobody"}, "institution of the register"),
        ("event_held", {"institution": "x"}, "no result of an institution"),
        ("volunteer_hours", {"minutes": 1441}, "A day has 1440 minutes"),
        ("event_held", {"proof": "hearsay"}, "what proves it"),
        ("language_level", {"person": "nobody"}, "not known here"),
    ],
)
def test_what_does_not_fit_its_kind_is_refused(centre: Centre, code: str, values: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        centre.note(code, **values)
    assert not Result.objects.exists()


def test_a_day_to_come_other_houses_and_unknown_kinds_are_refused(centre: Centre) -> None:
    elsewhere = factories.organisation("Other")
    there = factories.point(elsewhere)
    stranger = factories.actor(elsewhere, "adviser", there)
    for wrong in (
        {"day": centre.today + timedelta(days=1)},
        {"point_id": there.pk},
        {"staff_id": stranger.user_id},
        {"person": factories.person(there).ref},
    ):
        with pytest.raises(ValidationError):
            centre.note(**wrong)
    reached = centre.reached()
    with pytest.raises(ValidationError, match="kind of result"):
        note(by=centre.adviser, reached=type(reached)(kind_id=0, point_id=centre.point.pk, day=centre.today))


def test_who_may_not_know_of_a_person_notes_nothing_of_them(centre: Centre) -> None:
    Exclusion.objects.create(person=centre.person, user_id=centre.adviser.user_id)
    elsewhere = factories.actor(centre.organisation, "adviser", factories.point(centre.organisation))
    for by in (centre.adviser, elsewhere):
        with pytest.raises(ValidationError, match="not known here"):
            centre.note(by=by)


def test_what_may_only_be_kept_is_not_used(centre: Centre) -> None:
    Person.objects.filter(pk=centre.person.pk).update(restricted_on=centre.today)
    with pytest.raises(ValidationError, match="not known here"):
        centre.note()


def test_of_a_merged_person_it_is_of_the_one_that_is_kept(centre: Centre) -> None:
    absorbed = factories.person(centre.point, "Olena", merged_into=centre.person)
    assert centre.note(person=absorbed.ref).person_id == centre.person.pk


def test_without_the_right_nothing_is_noted(centre: Centre) -> None:
    with pytest.raises(Forbidden):
        centre.note(by=factories.actor(centre.organisation, "director"))


def test_past_the_door_nothing_is_written(centre: Centre) -> None:
    result = centre.note()
    for write in (result.save, result.delete, Result.objects.all().delete):
        with pytest.raises(LockedDoor):
            write()


def test_the_same_form_is_written_once(centre: Centre) -> None:
    token = uuid4()
    result = centre.note(form_token=token)
    with pytest.raises(LoggedAlready) as refused:
        centre.note(form_token=token)
    assert refused.value.token == token
    assert by_token(centre.adviser, token) == result


def test_ten_cost_as_many_statements_as_one(centre: Centre) -> None:
    people = [factories.person(centre.point, f"Person {number}") for number in range(10)]
    centre.note()  # the organisation's key is made once
    counts = []
    for some in (people[:1], people):
        reached = [centre.reached(person=person.ref) for person in some]
        with CaptureQueriesContext(connection) as queries:
            note_all(by=centre.adviser, reached=reached)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_all_or_none(centre: Centre) -> None:
    with pytest.raises(ValidationError):
        note_all(by=centre.adviser, reached=[centre.reached(), centre.reached(after="Z9")])
    assert not Result.objects.exists()


def test_lists_are_narrowed(centre: Centre) -> None:
    level, event = centre.note(line="courses"), centre.note("event_held", day=centre.past)
    by = centre.adviser
    assert list(results(by)) == [level, event]
    assert list(filtered(by, Filters(since=centre.today))) == [level]
    assert list(filtered(by, Filters(until=centre.past))) == [event]
    assert list(filtered(by, Filters(kind_id=event.kind_id))) == [event]
    assert list(filtered(by, Filters(line="courses"))) == [level]


def test_what_is_no_longer_used_is_not_offered(centre: Centre) -> None:
    kind = kinds_offered().get(code="event_held")
    kind.retired = True
    kind.save()
    assert kind not in kinds_offered()
    assert kind in kinds_offered(retired=True)
