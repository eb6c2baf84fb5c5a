"""Who works where, as values and querysets."""

from django.db.models import QuerySet
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.access.roles import rights_of

from .models import Membership, Point


def actor_for(user: User) -> Actor | None:
    """The actor of an account today, in the organisation of its first membership; None without any."""
    memberships = list(Membership.objects.on(timezone.localdate()).filter(user_id=user.pk).order_by("id"))
    if not memberships or not user.is_active:
        return None
    organisation_id = memberships[0].organisation_id
    mine = [membership for membership in memberships if membership.organisation_id == organisation_id]
    points = {membership.point_id for membership in mine}
    roles = frozenset(membership.role for membership in mine)
    return Actor(
        user_id=user.pk,
        name=user.full_name,
        organisation_id=organisation_id,
        point_id=next(iter(points)) if len(points) == 1 else None,
        roles=roles,
        rights=rights_of(roles),
    )


def points_of(actor: Actor) -> QuerySet[Point]:
    """The points of the actor's organisation that are open."""
    return Point.objects.filter(organisation_id=actor.organisation_id, closed_on__isnull=True)


def colleagues(actor: Actor, everybody: bool = False) -> QuerySet[User]:
    """Accounts with a role in the actor's organisation today; `everybody`: also those whose roles have ended."""
    members = Membership.objects.filter(organisation_id=actor.organisation_id)
    if not everybody:
        members = members.on(timezone.localdate())
    return User.objects.filter(pk__in=members.values("user_id")).order_by("full_name", "id")
