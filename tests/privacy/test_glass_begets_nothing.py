"""An emergency look lasts four hours: nothing that is done in them makes it last longer, or gives it to others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access import scope
from przystan.access.actors import Actor, Forbidden
from przystan.access.models import User
from przystan.access.models.glass import Category
from przystan.casework.actions import open_case
from przystan.casework.enums import CaseKind
from przystan.people.actions import change_identity, name_protector, unprotect
from przystan.people.enums import JoinReason, TeamSource
from przystan.people.models import Person, TeamMember
from przystan.privacy import actions
from przystan.support.actions import record
from przystan.support.rules import Entry
from przystan.team.models import Organisation, Point
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


@pytest.fixture
def here(centre: Organisation) -> Point:
    return factories.point(centre)


@pytest.fixture
def user(centre: Organisation) -> User:
    return factories.user(centre, "case_manager", factories.point(centre))


@pytest.fixture
def person(here: Point, user: User) -> Person:
    """Somebody of another point, into whose page this user has broken."""
    found = factories.person(here)
    with scope.acting(acting(user)) as by:
        actions.ask(by=by, model="people.person", ref=found.ref, category=Category.DANGER, reason="She fainted here.")
    return found


def acting(user: User) -> Actor:
    found = actor_for(user)
    assert found
    return found


def opens(user: User, person: Person) -> bool:
    client = Client()
    client.force_login(user)
    return client.get(f"/people/{person.ref}/").status_code == 200


def hours_later() -> None:
    now = timezone.now()
    TeamMember.objects.filter(source=TeamSource.GLASS).update(
        starts_at=now - timedelta(hours=5), ends_at=now - timedelta(hours=1)
    )


def test_it_opens_and_it_ends(user: User, person: Person) -> None:
    assert opens(user, person)
    hours_later()
    assert not opens(user, person)


def test_saying_that_one_works_with_them_does_not_make_it_longer(user: User, person: Person) -> None:
    client = Client()
    client.force_login(user)
    client.post(reverse("people:work_with", args=[person.ref]), {"reason": JoinReason.values[0]})
    hours_later()
    assert not opens(user, person)


def test_logging_a_support_does_not_make_it_longer(user: User, person: Person) -> None:
    with scope.acting(acting(user)) as by:
        entry = Entry(
            service_id=factories.service().pk, point_id=by.point_id, day=timezone.localdate(),
            kind="full", people=(person.ref,), minutes=5,
        )  # fmt: skip
        record(by=by, entry=entry)
    hours_later()
    assert not opens(user, person)


def test_moving_them_to_ones_own_point_is_refused(user: User, person: Person) -> None:
    with scope.acting(acting(user)) as by:
        moved = Person.objects.seen_by(by).get(pk=person.pk)
        moved.point_id = by.point_id
        with pytest.raises(Forbidden):
            change_identity(by=by, person=moved, fields=["point"])


def test_no_case_file_is_opened(user: User, person: Person) -> None:
    with scope.acting(acting(user)) as by, pytest.raises(Forbidden):
        open_case(by=by, person=person, kind=CaseKind.SUPPORT, title="Mine")


def test_nobody_is_named_and_no_protection_ends(centre: Organisation, user: User, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(protected=True, alias="P-aaaa-bbbb")
    person.refresh_from_db()
    with scope.acting(acting(user)) as by:
        seen = Person.objects.seen_by(by).get(pk=person.pk)
        for work in (name_protector, unprotect):
            with pytest.raises(Forbidden):
                work(by=by, person=seen, **({"user": user} if work is name_protector else {}))


def test_a_role_without_keys_knows_of_no_protected_person(centre: Organisation, here: Point) -> None:
    """Also when a row of the team has outlived the role that came with it."""
    adviser = factories.user(centre, "adviser", here)
    protected = factories.person(here, team=[adviser], protected=True, alias="P-cccc-dddd")
    assert not opens(adviser, protected)
