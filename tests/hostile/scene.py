"""The centre in which hostile things are typed: the world of the matrix, a sealed case file and a closed period."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from przystan.access import scope
from przystan.access.keys import staff as staff_keys
from przystan.access.keys.unlocked import ring
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.casework import actions
from przystan.casework.enums import CaseKind
from przystan.casework.models import CaseFile, Note
from przystan.funding.models import Programme
from przystan.ledger.actions import close_period
from przystan.people.models import ConsentText, Person
from przystan.results.models import Result
from przystan.support.models import Service, Support
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.scope import TESTS
from tests.matrix.world import Builder, World

PASSPHRASE = "a passphrase for tests"
# Who asks: nearly everything is theirs to do.
ROLES = ("case_manager", "data_protection_officer", "director", "grant_officer")


@dataclass
class Scene:
    """`case`: a file of tier 3, led by `user`, with a `note`; `private` opens it. `booked`, `reached`: in a closed
    period."""

    world: World
    user: User
    case: CaseFile
    note: Note
    private: bytes
    booked: Support
    reached: Result


def build() -> Scene:
    token = scope._actor.set(TESTS)
    try:
        return _built()
    finally:
        scope._actor.reset(token)


def _built() -> Scene:
    world = Builder().build()
    user = world.accounts["coordinator and lawyer"]
    assert user
    for role in ROLES:
        Membership.objects.create(user=user, organisation=user.memberships.all()[0].organisation, role=role)
    person = Person.objects.get(ref=world.refs["person"]["own"])
    alone = factories.person(person.point, "Jan Sam", team=[user])
    world.refs["person"]["alone"] = alone.ref
    ConsentText.objects.create(purpose="film", version=1, names={"en": "Film"})
    own = Programme.objects.get(ref=world.refs["programme"]["own"])
    paid(person, own)
    factories.indicator(own, "results")  # so that it may count them
    third = factories.user(person.organisation, "lawyer", person.point, name="Third Lawyer")
    staff_keys.confirm(third, staff_keys.set_up(third, PASSPHRASE))
    world.refs["nameable"] = {"own": third.ref}
    return Scene(world, user, *sealed_file(user, person), *closed(user, person))


def sealed_file(user: User, person: Person) -> tuple[CaseFile, Note, bytes]:
    """With a note, and a colleague beside who leads it; only their keys open it."""
    colleague = factories.user(person.organisation, "lawyer", person.point, name="Second Lawyer")
    for who in (user, colleague):
        staff_keys.confirm(who, staff_keys.set_up(who, PASSPHRASE))
    by = actor_for(user)
    assert by
    private = staff_keys.by_passphrase(user, PASSPHRASE)
    with acting(by), ring(user.pk, private):
        case = actions.open_case(by=by, person=person, kind=CaseKind.LEGAL, title="Appeal", in_escrow=False)
        actions.name_member(by=by, case=case, user=colleague)
        return case, actions.write_note(by=by, case=case, text="First words"), private


def paid(person: Person, by: Programme) -> None:
    factories.pay(factories.support(person.point, Service.objects.all()[0], person), by)


def closed(user: User, person: Person) -> tuple[Support, Result]:
    """What can only be corrected."""
    by = actor_for(user)
    assert by
    day = timezone.localdate() - timedelta(days=40)
    given = factories.support(person.point, Service.objects.all()[0], person, day=day)
    reached = factories.result(person.point, factories.result_kind(), person, day)
    with acting(by):
        close_period(by=by, starts=day, ends=day)
    return given, reached
