"""Emergency looks: what they are about, and which of them wait for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor, system
from przystan.access.models import Glass, User
from przystan.access.modules import Words, holders
from przystan.access.rights import GLASS_APPROVE, GLASS_REVIEW, Right
from przystan.access.scope import looking
from przystan.access.tiers import CLOSED, Tier
from przystan.people.models import Exclusion, Person
from przystan.people.rights import PEOPLE_READ
from przystan.team.queries import actor_for

from ..policies import may_approve, may_review

PERSON = "people.person"
REVIEW_WITHIN = timedelta(hours=72)
WAITS_FOR = timedelta(hours=24)  # a request that nobody has approved is no emergency any more
OPEN = tuple(tier for tier in Tier if tier not in CLOSED)
Target = Any  # a person, or a row of a holder (access.holders)


@dataclass(frozen=True)
class TargetKind:
    """What an emergency look may be about: in words, the right to read such things at all, the way to one's page."""

    words: Words
    right: Right
    way: str


def target_kinds() -> dict[str, TargetKind]:
    """Label of a model -> what it is: people, and whatever is kept under a tier of its own."""
    files = {model: TargetKind(one.words, one.right, one.way) for model, one in holders().items()}
    return {PERSON: TargetKind(_("a person's page"), PEOPLE_READ, "person"), **files}


@dataclass(frozen=True)
class Look:
    """One emergency look as a page shows it. `point_id`: of what it is about; None when there is no such thing."""

    glass: Glass
    point_id: int | None

    @property
    def is_late(self) -> bool:
        opened = self.glass.opened_at
        return bool(opened and not self.glass.reviewed_at and opened + REVIEW_WITHIN < timezone.now())


def known_target(actor: Actor, model: str, ref: str) -> Target | None:
    """What an actor may know of without being let in: what they ask for opens at once (tier 2).

    One query of one shape, whether there is nothing of this reference or something they may not know of.
    """
    actor.require(target_kinds()[model].right)
    if model == PERSON:
        return Person.objects.seen_by(actor).current().filter(_of(ref), protected=False).first()
    holder = holders()[model]
    with looking(system(actor.organisation_id, "glass")):
        rows = holder.table.objects.filter(holder.of(OPEN), ref=ref, organisation_id=actor.organisation_id)
        rows = rows.filter(person__in=Person.objects.seen_by(actor).filter(protected=False).values("pk"))
        if actor.points is not None:
            rows = rows.filter(point_id__in=actor.points)
        return rows.select_related("person").first()


def target_of(glass: Glass) -> Target | None:
    """What a request is about, found by the system; None when nothing has this reference."""
    with looking(system(glass.organisation_id, "glass")):
        if glass.model == PERSON:
            people = Person.objects.filter(organisation_id=glass.organisation_id, erased_at=None, merged_into=None)
            return people.filter(_of(glass.object_ref)).first()
        rows = holders()[glass.model].table.objects.filter(organisation_id=glass.organisation_id)
        return rows.filter(ref=glass.object_ref).select_related("person").first()


def is_excluded(glass: Glass, target: Target) -> bool:
    """Whether who asked must never see it. The system looks: who approves may not know of the list."""
    person = target if isinstance(target, Person) else target.person
    with looking(system(glass.organisation_id, "glass")):
        return person.exclusions.filter(user_id=glass.user_id).exists()


def glass_seen(actor: Actor, ref: str) -> Glass:
    """A request of one's organisation, for who may approve or review. `Glass.DoesNotExist` for others."""
    rows = _of_house(actor).select_related("reviewed_by")
    with looking(system(actor.organisation_id, "glass")):
        hidden = _hidden_from(actor)
    return rows.exclude(object_ref__in=hidden).get(ref=ref)


def waiting(actor: Actor) -> list[Glass]:
    """Requests of others that the actor may approve or refuse."""
    if actor.user_id is None or not actor.can(GLASS_APPROVE):
        return []
    since = timezone.now() - WAITS_FOR
    rows = _of_house(actor).filter(opened_at=None, refused_at=None, asked_at__gt=since)
    others = list(rows.exclude(approvals__by=actor.user_id))
    if not others:
        return []
    with looking(system(actor.organisation_id, "glass")):
        hidden = _hidden_from(actor)
    asked = [glass for glass in others if glass.object_ref not in hidden]
    return [glass for glass in asked if may_approve(actor, glass, actor_for(glass.user))]


def to_review(actor: Actor) -> list[Look]:
    """Opened looks that the actor should say yes or no to, the oldest first."""
    if not actor.can(GLASS_REVIEW):
        return []
    opened = _of_house(actor).filter(opened_at__isnull=False, reviewed_at=None).order_by("opened_at")
    rows = list(opened.prefetch_related("approvals"))
    if not rows:
        return []
    with looking(system(actor.organisation_id, "glass")):
        hidden = _hidden_from(actor)
        looks = _with_points([glass for glass in rows if glass.object_ref not in hidden])
    return [look for look in looks if may_review(actor, look.glass, look.point_id)]


def late(actor: Actor) -> int:
    """How many looks were not reviewed within 72 hours: told to the director and the data protection officer."""
    if not actor.can(GLASS_APPROVE):
        return 0
    before = timezone.now() - REVIEW_WITHIN
    return _of_house(actor).filter(opened_at__lt=before, reviewed_at=None).count()


def mine(actor: Actor) -> QuerySet[Glass]:
    """What the actor has asked for lately."""
    return _of_house(actor).filter(user_id__in=[actor.user_id])[:20]


def counts(actor: Actor, days: int = 90) -> dict[str, int]:
    """How often the glass was broken, approved, refused and found wrong in the last days."""
    rows = _of_house(actor).filter(asked_at__gt=timezone.now() - timedelta(days=days))
    return {
        "asked": rows.count(),
        "opened": rows.filter(opened_at__isnull=False).count(),
        "refused": rows.filter(refused_at__isnull=False).count(),
        "unjustified": rows.filter(justified=False).count(),
    }


def looks_at(rows: Sequence[Glass]) -> list[Look]:
    """Each with the point of what it is about, in one query for each kind of thing."""
    if not rows:
        return []
    with looking(system(rows[0].organisation_id, "glass")):
        return _with_points(rows)


def _with_points(rows: Sequence[Glass]) -> list[Look]:
    points: dict[tuple[str, str], int] = {}
    for model in {glass.model for glass in rows}:
        refs = [glass.object_ref for glass in rows if glass.model == model]
        found = _table(model).objects.filter(ref__in=refs).order_by()
        points |= {(model, ref): point for ref, point in found.values_list("ref", "point_id")}
    return [Look(glass, points.get((glass.model, glass.object_ref))) for glass in rows]


def asker_of(glass: Glass) -> Actor | None:
    """Who asked, with the rights of today."""
    return actor_for(User.objects.get(pk=glass.user_id))


def _of_house(actor: Actor) -> QuerySet[Glass]:
    return Glass.objects.filter(organisation_id=actor.organisation_id).select_related("user")


def _hidden_from(actor: Actor) -> set[str]:
    """References of people on whose list the actor is, and of their files: they neither approve nor review looks at
    these, whatever their role. The caller looks as the system."""
    assert actor.user_id
    people = list(Exclusion.objects.filter(user_id=actor.user_id).values_list("person__ref", "person__alias"))
    refs = {ref for pair in people for ref in pair if ref}
    for holder in holders().values() if refs else ():
        files = holder.table.objects.filter(person__exclusions__user_id=actor.user_id).order_by()
        refs |= set(files.values_list("ref", flat=True))
    return refs


def _table(model: str) -> Any:
    return Person if model == PERSON else holders()[model].table


def _of(ref: str) -> Q:
    return Q(ref=ref) | Q(alias__iexact=ref) & ~Q(alias="")
