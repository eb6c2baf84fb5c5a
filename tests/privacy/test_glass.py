"""Broken glass: who may ask, what opens by itself, what waits for another, when it ends, who looks at it afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from przystan.access.actors import Forbidden
from przystan.access.decisions import Standing
from przystan.access.models import AuditEntry, Glass
from przystan.access.models.glass import Category
from przystan.kernel.refs import new_ref
from przystan.people.models import Exclusion, Person, TeamMember
from przystan.privacy import actions
from przystan.privacy.queries import glass as queries
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
PERSON = "people.person"
REASON = "She fainted at the desk and we must call somebody."


@pytest.fixture
def centre():
    return factories.organisation()


@pytest.fixture
def gdansk(centre):
    return factories.point(centre, "Gdańsk")


@pytest.fixture
def tczew(centre):
    return factories.point(centre, "Tczew")


def ask(by, ref: str, model: str = PERSON) -> Glass:
    return actions.ask(by=by, model=model, ref=ref, category=Category.DANGER, reason=REASON)


def standing(person: Person, actor) -> Standing:
    return Person.objects.get(pk=person.pk).standing_of(actor)


def protected(point, *team, **values) -> Person:
    person = factories.person(point, protected=True, alias="Bez-7F3K-Q2", **values)
    for actor in team:
        TeamMember.objects.create(person=person, user_id=actor.user_id, source="named")
    return person


def test_a_person_of_another_point_opens_at_once_for_four_hours(centre, gdansk, tczew):
    by, person = factories.actor(centre, "adviser", tczew), factories.person(gdansk)
    assert standing(person, by) is Standing.ELSEWHERE
    glass = ask(by, person.ref)
    assert glass.tier == 2
    assert standing(person, by) is Standing.TEAM
    assert timedelta(hours=3, minutes=59) < glass.until - timezone.now() <= timedelta(hours=4)
    TeamMember.objects.filter(glass=glass).update(
        starts_at=timezone.now() - timedelta(hours=5), ends_at=timezone.now() - timedelta(seconds=1)
    )
    assert standing(person, by) is Standing.ELSEWHERE
    done = set(AuditEntry.objects.values_list("action", "object_ref"))
    assert {("glass.ask", glass.ref), ("glass.open", person.ref)} <= done


def test_the_reason_is_nowhere_in_clear(centre, gdansk, tczew):
    glass = ask(factories.actor(centre, "adviser", tczew), factories.person(gdansk).ref)
    assert b"fainted" not in bytes(Glass.objects.get(pk=glass.pk).reason)
    assert actions.glass.words(glass, "reason") == REASON


@pytest.mark.parametrize("role", ["director", "data_protection_officer", "administrator", "auditor", "interpreter"])
def test_who_sees_no_people_cannot_ask(centre, gdansk, role):
    with pytest.raises(Forbidden):
        ask(factories.actor(centre, role), factories.person(gdansk).ref)


def test_unknown_hidden_and_excluded_are_alike(centre, gdansk, tczew, django_assert_num_queries):
    """Same row, same answer, same statements: asking tells nothing of what there is."""
    by = factories.actor(centre, "adviser", tczew)
    excluded, alien = factories.person(gdansk), factories.person(factories.point(factories.organisation()))
    Exclusion.objects.create(person=excluded, user_id=by.user_id)
    ask(by, new_ref())  # the audit chain begins
    with CaptureQueriesContext(connection) as unknown:
        ask(by, new_ref())
    rows = []
    for ref in (new_ref(), protected(gdansk).ref, "Bez-7F3K-Q2", excluded.ref, alien.ref):
        with django_assert_num_queries(len(unknown.captured_queries)):
            rows.append(ask(by, ref))
    assert {(row.tier, row.opened_at, row.until, row.model) for row in rows} == {(4, None, None, PERSON)}
    assert not TeamMember.objects.filter(user_id=by.user_id).exists()


def test_a_second_person_of_another_line_opens_a_protected_one(centre, gdansk, tczew):
    by = factories.actor(centre, "case_manager", tczew)
    person = protected(gdansk)
    glass = ask(by, "bez-7f3k-q2")
    for role in ("adviser", "coordinator", "administrator"):
        with pytest.raises(Forbidden):
            actions.approve(by=factories.actor(centre, role), glass=glass)
    with pytest.raises(Forbidden):
        actions.approve(by=factories.actor(factories.organisation(), "director"), glass=glass)
    actions.approve(by=factories.actor(centre, "director"), glass=glass)
    assert standing(person, by) is Standing.TEAM
    glass.refresh_from_db()
    assert (glass.tier, glass.object_ref) == (4, person.ref)


def test_nobody_approves_their_own_or_for_who_leads_them(centre, gdansk):
    both = factories.user(centre, "case_manager", gdansk)
    Membership.objects.create(user=both, organisation=centre, role="director", point=gdansk)
    own = actor_for(both)
    person = protected(factories.point(centre))
    with pytest.raises(Forbidden):
        actions.approve(by=own, glass=ask(own, person.ref))
    leader = factories.actor(centre, "coordinator", gdansk)
    with pytest.raises(Forbidden):
        actions.approve(by=factories.actor(centre, "director", gdansk), glass=ask(leader, person.ref))


@pytest.mark.parametrize("case", ["unknown", "excluded", "no key"])
def test_what_cannot_be_lent_is_refused_in_words(centre, gdansk, tczew, case):
    by = factories.actor(centre, "adviser" if case == "no key" else "case_manager", tczew)
    person = protected(gdansk)
    if case == "excluded":
        Exclusion.objects.create(person=person, user_id=by.user_id)
    glass = ask(by, new_ref() if case == "unknown" else person.ref)
    director = factories.actor(centre, "director")
    with pytest.raises(ValidationError, match="Refuse the request"):
        actions.approve(by=director, glass=glass)
    actions.refuse(by=director, glass=glass)
    with pytest.raises(ValidationError, match="decided already"):
        actions.approve(by=director, glass=glass)
    assert not TeamMember.objects.filter(person=person).exists()


def test_who_leads_the_point_reviews_once_and_late_ones_are_told(centre, gdansk, tczew):
    by, person = factories.actor(centre, "adviser", tczew), factories.person(gdansk)
    glass = ask(by, person.ref)
    leader, director = factories.actor(centre, "coordinator", gdansk), factories.actor(centre, "director")
    other = factories.actor(centre, "coordinator", tczew)
    assert [look.glass for look in queries.to_review(leader)] == [glass]
    assert queries.to_review(other) == []
    assert queries.late(director) == 0
    Glass.objects.filter(pk=glass.pk).update(opened_at=timezone.now() - timedelta(hours=73))
    assert queries.late(director) == 1
    for nobody in (by, other):
        with pytest.raises(Forbidden):
            actions.review(by=nobody, glass=glass, justified=True)
    actions.review(by=leader, glass=glass, justified=False, note="Nobody had fainted.")
    with pytest.raises(ValidationError):
        actions.review(by=director, glass=glass, justified=True)
    assert queries.to_review(leader) == []
    assert queries.late(director) == 0
    assert queries.counts(director) == {"asked": 1, "opened": 1, "refused": 0, "unjustified": 1}
