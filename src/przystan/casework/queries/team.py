"""Who works on a file, and who could."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.deeds import Told, told
from przystan.access.looks import looks
from przystan.access.models import User
from przystan.people.models import TeamMember
from przystan.team.queries import colleagues, holders

from ..enums import MemberRole
from ..models import CaseFile, CaseMember, Note
from ..policies import may_lead, right_for

LOOKS = 100


def members_of(case: CaseFile) -> QuerySet[CaseMember]:
    """Who is in the team now."""
    now = timezone.now()
    rows = CaseMember.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), case=case, starts_at__lte=now)
    return rows.select_related("user").order_by("id")


def roles_in(actor: Actor, case: CaseFile) -> set[str]:
    """What the actor is to a file now: values of MemberRole."""
    return set(members_of(case).filter(user=actor.user_id or 0).values_list("role", flat=True))


def looks_at(actor: Actor, case: CaseFile) -> list[Told]:
    """What was done to this file and its notes and every look at them, newest first. For who leads the file."""
    if not may_lead(actor, roles_in(actor, case)):
        raise Forbidden("casework.looks")
    notes = Note.objects.filter(case=case).values_list("ref", flat=True)
    return told(looks(actor.organisation_id, {"casework.casefile": [case.ref], "casework.note": notes})[:LOOKS])


def nameable(actor: Actor, case: CaseFile) -> QuerySet[User]:
    """Colleagues who may be named: their role fits the tier, they are not excluded, and not in the team.

    Of a protected person only who is in their team already: whoever knows of them is named there.
    """
    rows = colleagues(actor).filter(pk__in=holders(right_for(case.tier)).values("pk"))
    rows = rows.exclude(pk__in=case.person.exclusions.values("user_id"))
    rows = rows.exclude(pk__in=members_of(case).exclude(role=MemberRole.GLASS).values("user_id"))
    if case.person.protected:
        now = timezone.now()
        team = TeamMember.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), person=case.person)
        rows = rows.filter(Exists(team.filter(user_id=OuterRef("pk"))))
    return rows
