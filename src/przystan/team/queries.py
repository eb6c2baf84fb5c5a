"""Who works where, as values and querysets."""

from datetime import timedelta

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from przystan.access.actors import Actor, Points, system
from przystan.access.assurance import confirms, may_give_alone, may_open_alone
from przystan.access.models import AuditEntry, User
from przystan.access.rights import AUDIT_READ, Right, rights_of
from przystan.access.roles import ALL
from przystan.access.scope import acting, looking

from .invitations import tokens
from .models import LoginReset, Membership, Organisation, Point
from .rights import ACCESS_GRANT


def actor_for(user: User) -> Actor | None:
    """The actor of an account today, in the organisation of its first membership; None without any."""
    memberships = roles_of(user)
    if not memberships or not user.is_active:
        return None
    organisation_id = memberships[0].organisation_id
    mine = [membership for membership in memberships if membership.organisation_id == organisation_id]
    # A role that reads no people says nothing of where one may read them.
    points = _points([one for one in mine if any(right.reads for right in rights_of({one.role}))] or mine)
    roles = frozenset(membership.role for membership in mine)
    return Actor(
        user_id=user.pk,
        name=user.full_name,
        organisation_id=organisation_id,
        point_id=next(iter(points)) if points and len(points) == 1 else None,
        roles=roles,
        rights=rights_of(roles),
        points=points,
        leads=_points([one for one in mine if ACCESS_GRANT in rights_of({one.role})]),
    )


def organisation_told(user: User) -> int | None:
    """Number of the organisation whose log tells of tries to log in to an account: that of its first membership.

    Names that are no account are told to the oldest one. One query in either case: its time tells nothing.
    """
    mine = Membership.objects.filter(user_id=user.pk or 0, organisation=OuterRef("pk"))
    order = Coalesce(Subquery(mine.order_by("id").values("id")[:1]), Value(2**62)), "pk"
    return Organisation.objects.order_by(*order).values_list("pk", flat=True).first()


def roles_of(user: User) -> list[Membership]:
    """Roles that an account holds today, oldest first; no query when it came through the backend."""
    rows = getattr(user, "role_rows", None)
    if rows is None:
        return list(Membership.objects.on(timezone.localdate()).filter(user_id=user.pk).order_by("id"))
    return [Membership(user_id=user.pk, **row) for row in rows]


def _points(memberships: list[Membership]) -> Points:
    """Where these roles hold; None: everywhere, because one of them is bound to no point."""
    points = {membership.point_id for membership in memberships}
    return None if None in points else frozenset(point for point in points if point)


def rights_of_user(user: User) -> frozenset[Right]:
    """All that an account may do today, wherever."""
    held = Membership.objects.on(timezone.localdate()).filter(user_id=user.pk)
    return rights_of(frozenset(held.values_list("role", flat=True)))


def resets_alone(actor: Actor, user: User) -> bool:
    """Whether the actor may give this account a new first password without a second person: the system always may."""
    if actor.is_system:
        return True
    held = list(Membership.objects.filter(user=user).values_list("organisation_id", "role"))
    ours = all(organisation == actor.organisation_id for organisation, _role in held)
    return ours and may_open_alone(rights_of(frozenset(role for _organisation, role in held)))


def reaches(actor: Actor, user: User) -> bool:
    """Whether all that this account may do today is in the actor's organisation and at points where they work."""
    if actor.is_system:
        return True
    held = Membership.objects.on(timezone.localdate()).filter(user=user)
    return all(one.organisation_id == actor.organisation_id and actor.works_at(one.point_id) for one in held)


def gives_alone(actor: Actor, role: str, point: Point | None) -> bool:
    """Whether the actor may give this role there without a second person: the system always may."""
    if actor.is_system:
        return True
    return may_give_alone(actor.rights, rights_of({role})) and actor.works_at(point.pk if point else None)


def waiting_roles(actor: Actor) -> QuerySet[Membership]:
    """Roles in the actor's organisation that wait for a second person."""
    waiting = Membership.objects.waiting().filter(organisation_id=actor.organisation_id)
    return waiting.select_related("user", "asked_by", "point")


def may_confirm(actor: Actor, asked_by: int | None, user: int) -> bool:
    """Whether the actor can be the second person to what one asked for another."""
    return actor.user_id not in (asked_by, user) and confirms(actor.rights)


def invites(actor: Actor, asked: Membership) -> bool:
    """Whether the actor, who asked for this role, may invite whom it is for: the account is new, the role leads, and
    nobody else here ever had one that does."""
    return (
        asked.waits
        and actor.user_id == asked.asked_by_id
        and asked.role in _leading_roles()
        and confirms(actor.rights)
        and asked.user.is_active
        and asked.user.memberships.count() == 1
        and not _anybody_else_led(asked)
    )


def _anybody_else_led(asked: Membership) -> bool:
    """Now or before, but for who asked. A role that ended on its first day is no row any more: the log tells of it."""
    others = Membership.objects.filter(organisation_id=asked.organisation_id, role__in=_leading_roles())
    if others.exclude(user_id=asked.asked_by_id or 0).exclude(pk__in=others.waiting()).exists():
        return True
    with looking(system(asked.organisation_id, "team.invitation")):
        given = AuditEntry.objects.filter(action="team.give_role", fields__has_any_keys=_leading_roles())
        return given.exclude(object_ref=asked.asked_by.ref if asked.asked_by else "").exists()


def invited(ref: str, token: str) -> Membership | None:
    """The role that an invitation is for; None for a dead link, and once who made it may not."""
    waiting = Membership.objects.waiting().select_related("user", "asked_by", "organisation")
    asked = waiting.filter(user__ref=ref).first()
    if asked is None or not tokens.check_token(asked.user, token):
        return None
    maker = asked.asked_by and actor_for(asked.asked_by)
    with acting(system(asked.organisation_id, "team.invitation")):
        return asked if maker and invites(maker, asked) else None


def open_resets(actor: Actor) -> QuerySet[LoginReset]:
    """First passwords that wait for a second person in the actor's organisation; a request holds for a day."""
    since = timezone.now() - timedelta(days=1)
    waiting = LoginReset.objects.filter(organisation_id=actor.organisation_id, confirmed_at=None, asked_at__gt=since)
    return waiting.select_related("user", "asked_by")


def points_of(actor: Actor) -> QuerySet[Point]:
    """The points of the actor's organisation that are open."""
    return Point.objects.filter(organisation_id=actor.organisation_id, closed_on__isnull=True)


def colleagues(actor: Actor, everybody: bool = False) -> QuerySet[User]:
    """Accounts with a role in the actor's organisation today; `everybody`: also those whose roles have ended."""
    members = Membership.objects.filter(organisation_id=actor.organisation_id)
    if not everybody:
        members = members.on(timezone.localdate())
    return User.objects.filter(pk__in=members.values("user_id")).order_by("full_name", "id")


def leading(*, but: Actor) -> QuerySet[Membership]:
    """Roles that are held today and make a second person, of all but one."""
    held = Membership.objects.on(timezone.localdate()).filter(role__in=_leading_roles(), user__is_active=True)
    return held.exclude(user_id=but.user_id or 0)


def _leading_roles() -> list[str]:
    return [role.code for role in ALL if confirms(rights_of({role.code}))]


def holders(right: Right) -> QuerySet[User]:
    """Accounts in any organisation with a role that carries this right today."""
    members = Membership.objects.on(timezone.localdate()).filter(role__in=right.holders)
    return User.objects.filter(pk__in=members.values("user_id"), is_active=True).order_by("id")


def mailed_readers() -> QuerySet[User]:
    """Who may read the audit log today and has an address: they keep the lines that say where it ends."""
    return holders(AUDIT_READ).exclude(email="")
