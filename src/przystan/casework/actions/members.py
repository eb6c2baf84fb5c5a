"""Who works on a file: named and let go by who leads it; their keys come and go with them."""

from datetime import timedelta
from typing import Any

from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.keys import data
from przystan.access.models import Glass, User
from przystan.access.scope import acting
from przystan.people.models import Person

from ..enums import MemberRole
from ..models import CaseFile, CaseMember
from ..policies import may_lead, require_open
from ..queries.team import members_of, nameable, roles_in


def moment() -> Any:
    """Now, as row-level security reads it: the beginning of the transaction, so that it holds in this one already."""
    return TransactionNow()


def beginning() -> Any:
    """When a membership begins: a little back, so that it holds in requests that began just before this one, too."""
    return TransactionNow() - timedelta(seconds=10)


@transaction.atomic
def name_member(*, by: Actor, case: CaseFile, user: User, role: MemberRole = MemberRole.WORKS) -> CaseMember:
    """Let a colleague into the team. Raises Forbidden unless `by` leads the file, ValidationError in words."""
    _require_lead(by, case)
    if role is MemberRole.GLASS or not nameable(by, case).filter(pk=user.pk).exists():
        raise ValidationError({"user": _("This colleague cannot be named for this file.")})
    member = stand(by, case, user.pk, role, None)
    join(case, user.pk)
    audit.record(by, "case.member", case, ["user", "role"], purpose=user.ref)
    return member


@transaction.atomic
def end_member(*, by: Actor, case: CaseFile, user: User) -> None:
    """Let somebody go, at once: their next request reads nothing. The last who leads cannot go."""
    _require_lead(by, case)
    rows = members_of(case).select_for_update(of=("self",))
    leads = {member.user_id for member in rows if member.role == MemberRole.LEAD}
    if leads == {user.pk}:
        raise ValidationError(_("Name somebody else who leads the file first."))
    gone = [member.pk for member in rows if member.user_id == user.pk]
    CaseMember.objects.filter(pk__in=gone).update(ends_at=moment())
    part(case, user.pk)
    audit.record(by, "case.member_end", case, ["ends_at"], purpose=user.ref)


def end_for_excluded(by: Actor, person: Person, user: User) -> None:
    """Somebody must not see this person: out of the team of each of their files, and their keys go, too.

    As the system: who excludes may not see these files. Where the last who leads goes, the next in the team leads.
    """
    with acting(system(by.organisation_id, "casework.exclude")):
        rows = CaseMember.objects.filter(Q(ends_at=None) | Q(ends_at__gt=moment()), case__person=person, user=user)
        for case in CaseFile.objects.filter(pk__in=list(rows.values_list("case", flat=True))):
            rows.filter(case=case).update(ends_at=Greatest(moment(), F("starts_at")))
            part(case, user.pk)
            _keep_a_lead(case)
            audit.record(by, "case.member_end", case, ["ends_at"], purpose=user.ref)


def _keep_a_lead(case: CaseFile) -> None:
    """Let the colleague who has worked on the file longest lead it, when nobody leads it any more."""
    now = CaseMember.objects.filter(Q(ends_at=None) | Q(ends_at__gt=moment()), case=case).exclude(role=MemberRole.GLASS)
    if not now.filter(role=MemberRole.LEAD).exists() and (next_one := now.order_by("starts_at", "id").first()):
        CaseMember.objects.filter(pk=next_one.pk).update(role=MemberRole.LEAD)


def lend(*, by: Actor, case: CaseFile, glass: Glass) -> CaseMember:
    """Let who broke the glass read until `glass.until`; reading only. `by`: who opens it.

    Called as the system (`scope.acting`), because neither may see the file. Keys of tiers 3 and 4 are lent by the
    escrow.
    """
    member = stand(by, case, glass.user_id, MemberRole.GLASS, glass)
    audit.record(by, "glass.open", case, purpose=glass.ref)
    return member


def end_lent(*, glass: Glass) -> None:
    """Let who broke the glass out again at once. Called as the system, as `lend` is."""
    now = timezone.now()
    CaseMember.objects.filter(glass=glass, ends_at__gt=now).update(ends_at=now)


def join(case: CaseFile, user_id: int) -> None:
    """Give the keys of a file to somebody in its team. ValidationError when one of both has no open key."""
    try:
        data.grant(case.ref, case.tier, user_id)
    except data.NoKey as error:
        raise ValidationError({"user": _("This colleague has not set up their key to protected files yet.")}) from error
    except data.Unreadable as error:
        raise ValidationError(_("Unlock your key first.")) from error


def part(case: CaseFile, user_id: int) -> None:
    """Take the keys of a file from who has left its team; what is written from now on has a new key."""
    data.revoke(case.ref, case.tier, user_id)


def stand(by: Actor, case: CaseFile, user_id: int, role: MemberRole, glass: Glass | None) -> CaseMember:
    """Somebody is in the team from now on, or while the glass is broken; of keys it knows nothing."""
    starts, ends = (glass.opened_at, glass.until) if glass else (beginning(), None)
    values = {"starts_at": starts, "ends_at": ends, "glass": glass, "by_id": by.user_id}
    with transaction.atomic():
        member, _made = CaseMember.objects.update_or_create(case=case, user_id=user_id, role=role, defaults=values)
    return member


def _require_lead(by: Actor, case: CaseFile) -> None:
    require_open(by, case)
    if not may_lead(by, roles_in(by, case)):
        raise Forbidden("case.member")
