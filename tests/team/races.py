"""Two who decide about the same account at once: see tests/harness/races.py."""

from django.utils import timezone
from django.utils.crypto import get_random_string

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.kernel.refs import new_ref
from przystan.team import actions
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.races import Race, Results, by, holds, one_of_two


@holds("team.actions.roles._waiting", "a role is decided about once")
def a_role_confirmed_and_refused() -> Race:
    centre = factories.organisation()
    asker = factories.actor(centre, "coordinator")
    second, third = (factories.actor(centre, "director") for _ in range(2))
    row = actions.give_role(by=asker, user=factories.user(centre), role="lawyer")
    return Race(
        by(second, lambda: actions.refuse_role(by=second, membership=row)),
        by(third, lambda: actions.confirm_role(by=third, membership=row)),
        one_of_two,
    )


@holds("team.actions.inviting.accept", "an invitation is answered once")
def an_invitation_answered_twice() -> Race:
    by_whom, asked = invited("jan")
    token = actions.invite(by=by_whom, membership=asked)

    def answer() -> str:
        return actions.accept(ref=asked.user.ref, token=token, password=get_random_string(20))

    return Race(answer, answer, one_of_two)


@holds("team.actions.inviting._alone", "of two who are invited one is the second who leads")
def two_seconds_confirmed() -> Race:
    by_whom, asked = invited("jan")
    _by_whom, other = invited("ewa", by_whom)
    codes = [answered(by_whom, one) for one in (asked, other)]
    return Race(
        by(by_whom, lambda: actions.confirm_invited(by=by_whom, membership=asked, code=codes[0])),
        by(by_whom, lambda: actions.confirm_invited(by=by_whom, membership=other, code=codes[1])),
        one_of_two,
    )


def answered(by_whom: Actor, asked: Membership) -> str:
    """The code that whom it is for sees."""
    token = actions.invite(by=by_whom, membership=asked)
    return actions.accept(ref=asked.user.ref, token=token, password=get_random_string(20))


def invited(login: str, by_whom: Actor | None = None) -> tuple[Actor, Membership]:
    """Who leads alone, and a role that they asked for."""
    by_whom = by_whom or factories.actor(factories.organisation(), "coordinator")
    actions.add_member(by=by_whom, full_name=login.title(), username=f"{login}-{new_ref()}", role="coordinator")
    return by_whom, Membership.objects.latest("pk")


@holds("team.actions.resets._waiting", "a new password is decided about once")
def a_password_handed_over_twice() -> Race:
    centre = factories.organisation()
    asker = factories.actor(centre, "coordinator")
    second, third = (factories.actor(centre, "director") for _ in range(2))
    row = actions.ask_reset(by=asker, user=factories.user(centre))
    return Race(
        by(second, lambda: actions.confirm_reset(by=second, reset=row)),
        by(third, lambda: actions.confirm_reset(by=third, reset=row)),
        one_of_two,
    )


@holds("team.actions.roles.require_still", "two who lock each other's account leave one who can unlock it")
def accounts_locked_by_each_other() -> Race:
    centre = factories.organisation()
    users = [factories.user(centre, "administrator") for _ in range(2)]
    one, other = (actor_for(user) for user in users)
    assert one
    assert other

    def one_is_left(results: Results) -> bool:
        return one_of_two(results) and not User.objects.get(pk=users[1].pk).is_active

    return Race(
        by(one, lambda: actions.set_active(by=one, user=users[1], active=False)),
        by(other, lambda: actions.end_role(by=other, membership=users[0].memberships.get())),
        one_is_left,
    )


@holds("team.actions.points._require_another", "one point is always open")
def the_last_two_points_closed() -> Race:
    centre = factories.organisation()
    one, other = (factories.actor(centre, "administrator") for _ in range(2))
    first, second = (factories.point(centre, name) for name in ("Here", "There"))
    first.closed_on = second.closed_on = timezone.localdate()
    return Race(
        by(one, lambda: actions.save_point(by=one, point=first, changed=["closed_on"])),
        by(other, lambda: actions.save_point(by=other, point=second, changed=["closed_on"])),
        one_of_two,
    )
