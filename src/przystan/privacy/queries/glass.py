"""Emergency looks: what they are about, and which of them wait for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from przystan.access.actors import Actor, system
from przystan.access.models import Glass, User
from przystan.access.rights import GLASS_APPROVE, GLASS_REVIEW
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.casework.enums import TIERS
from przystan.casework.models import CaseFile
from przystan.casework.rights import CASES_READ
from przystan.people.models import Exclusion, Person
from przystan.people.rights import PEOPLE_READ
from przystan.team.queries import actor_for

from ..policies import may_approve, may_review

PERSON, CASE = "people.person", "casework.casefile"
RIGHTS = {PERSON: PEOPLE_READ, CASE: CASES_READ}
REVIEW_WITHIN = timedelta(hours=72)
WAITS_FOR = timedelta(hours=24)  # a request that nobody has approved is no emergency any more
Target = Person | CaseFile


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
    actor.require(RIGHTS[model])
    if model == PERSON:
        return Person.objects.seen_by(actor).current().filter(_of(ref), protected=False).first()
    open_kinds = [kind for kind, tier in TIERS.items() if tier <= Tier.T2]
    with acting(system(actor.organisation_id, "glass")):
        cases = CaseFile.objects.filter(ref=ref, organisation_id=actor.organisation_id, kind__in=open_kinds)
        cases = cases.filter(person__in=Person.objects.seen_by(actor).filter(protected=False).values("pk"))
        if actor.points is not None:
            cases = cases.filter(point_id__in=actor.points)
        return cases.select_related("person").first()


def target_of(glass: Glass) -> Target | None:
    """What a request is about, found by the system; None when nothing has this reference."""
    with acting(system(glass.organisation_id, "glass")):
        if glass.model == PERSON:
            people = Person.objects.filter(organisation_id=glass.organisation_id, erased_at=None, merged_into=None)
            return people.filter(_of(glass.object_ref)).first()
        cases = CaseFile.objects.filter(organisation_id=glass.organisation_id, ref=glass.object_ref)
        return cases.select_related("person").first()


def is_excluded(glass: Glass, target: Target) -> bool:
    """Whether who asked must never see it. The system looks: who approves may not know of the list."""
    person = target if isinstance(target, Person) else target.person
    with acting(system(glass.organisation_id, "glass")):
        return person.exclusions.filter(user_id=glass.user_id).exists()


def glass_seen(actor: Actor, ref: str) -> Glass:
    """A request of one's organisation, for who may approve or review. `Glass.DoesNotExist` for others."""
    return _shown_to(actor).select_related("reviewed_by").get(ref=ref)


def waiting(actor: Actor) -> list[Glass]:
    """Requests of others that the actor may approve or refuse."""
    if actor.user_id is None or not actor.can(GLASS_APPROVE):
        return []
    since = timezone.now() - WAITS_FOR
    rows = (
        _shown_to(actor)
        .filter(opened_at=None, refused_at=None, asked_at__gt=since)
        .exclude(approvals__by=actor.user_id)
    )
    return [glass for glass in rows if may_approve(actor, glass, actor_for(glass.user))]


def to_review(actor: Actor) -> list[Look]:
    """Opened looks that the actor should say yes or no to, the oldest first."""
    if not actor.can(GLASS_REVIEW):
        return []
    rows = _shown_to(actor).filter(opened_at__isnull=False, reviewed_at=None).order_by("opened_at")
    return [look for look in looks_at(rows) if may_review(actor, look.glass, look.point_id)]


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


def looks_at(rows: Iterable[Glass]) -> list[Look]:
    """Each with the point of what it is about, in two queries for all."""
    rows = list(rows)
    if not rows:
        return []
    with acting(system(rows[0].organisation_id, "glass")):
        refs = [glass.object_ref for glass in rows]
        points = dict(CaseFile.objects.filter(ref__in=refs).values_list("ref", "point_id"))
        points |= dict(Person.objects.filter(ref__in=refs).values_list("ref", "point_id"))
    return [Look(glass, points.get(glass.object_ref)) for glass in rows]


def asker_of(glass: Glass) -> Actor | None:
    """Who asked, with the rights of today."""
    return actor_for(User.objects.get(pk=glass.user_id))


def _of_house(actor: Actor) -> QuerySet[Glass]:
    return Glass.objects.filter(organisation_id=actor.organisation_id).select_related("user")


def _shown_to(actor: Actor) -> QuerySet[Glass]:
    """Without those about people on whose list the actor is: they neither approve nor review, whatever their role."""
    assert actor.user_id
    with acting(system(actor.organisation_id, "glass")):
        people = list(Exclusion.objects.filter(user_id=actor.user_id).values_list("person__ref", "person__alias"))
        refs = [ref for pair in people for ref in pair if ref]
        cases = CaseFile.objects.filter(person__exclusions__user_id=actor.user_id) if refs else CaseFile.objects.none()
        refs += cases.values_list("ref", flat=True)
    return _of_house(actor).exclude(object_ref__in=refs)


def _of(ref: str) -> Q:
    return Q(ref=ref) | Q(alias__iexact=ref) & ~Q(alias="")
