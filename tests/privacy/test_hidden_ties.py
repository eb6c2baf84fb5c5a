"""A protected relative is in no copy, no preview and no report of an erasure, but for those who know of them."""

import pytest

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.people.models import Person, Relation
from przystan.privacy import actions
from przystan.privacy.models import Erasure
from przystan.privacy.subject import PEOPLE
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories
from tests.privacy.test_pages import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def point():
    return factories.point(factories.organisation())


@pytest.fixture
def husband(point) -> Person:
    """Somebody with a brother who is no secret, and a wife who is."""
    one, wife, brother = factories.person(point), factories.person(point), factories.person(point)
    for other, kind in ((wife, "partner"), (brother, "sibling")):
        Relation.objects.create(person=one, other=other, kind=kind)
        Relation.objects.create(person=other, other=one, kind=kind)
    Person.objects.filter(pk=wife.pk).update(protected=True, alias="Bez-1")
    return one


def wife_of(husband: Person) -> Person:
    return Person.objects.get(protected=True, organisation=husband.organisation)


def named_for(person: Person, user: User) -> Actor:
    """Of the team, with a role that may hold a key, too."""
    Membership.objects.create(user=user, organisation=person.organisation, role="lawyer")
    factories.work_with(person, user)
    found = actor_for(user)
    assert found
    return found


@pytest.mark.parametrize(("knows", "ties"), [(False, 1), (True, 2)])
def test_a_copy_tells_of_her_to_who_knows_her(point, husband, knows, ties):
    by = factories.actor(point.organisation, "coordinator")
    if knows:
        by = named_for(wife_of(husband), User.objects.get(pk=by.user_id))
    sections = actions.gather(by=by, subject=PEOPLE, row=husband, language="en")
    told = [row for one in sections if one.model == "people.relation" for row in one.rows]
    assert len([row for row in told if row]) == 2 * ties


@pytest.mark.parametrize(("knows", "ties"), [(False, 2), (True, 4)])
def test_what_an_erasure_takes_counts_her_for_who_knows_her(point, husband, knows, ties):
    client = logged_in(point.organisation, "coordinator", point)
    if knows:
        named_for(wife_of(husband), client.account)
    assert f"Family: {ties}" in client.get(f"/privacy/people/{husband.ref}/erasure/").content.decode()


def test_the_report_counts_her_for_nobody_and_her_ties_go(point, husband):
    asked = actions.ask_erasure(by=factories.actor(point.organisation, "coordinator"), person=husband)
    actions.confirm_erasure(by=factories.actor(point.organisation, "data_protection_officer"), erasure=asked)
    assert Erasure.objects.get().report["deleted"]["people.relation"] == 2
    assert not Relation.objects.exists()
