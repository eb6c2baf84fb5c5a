"""Somebody broke the glass: for some hours they are of the person's team."""

from django.db import transaction
from django.utils import timezone

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.models import Glass

from ..enums import TeamSource
from ..models import Person, TeamMember


@transaction.atomic
def lend(*, by: Actor, person: Person, glass: Glass) -> TeamMember:
    """Let who asked into the person's team until `glass.until`. `by`: who opens it, the asker or who approved."""
    assert glass.opened_at
    assert glass.until
    values = {"starts_at": glass.opened_at, "ends_at": glass.until, "by_id": by.user_id, "glass": glass}
    member, _made = TeamMember.objects.update_or_create(
        person=person, user_id=glass.user_id, source=TeamSource.GLASS, defaults=values
    )
    audit.record(by, "glass.open", person, purpose=glass.ref)
    return member


def end_lent(*, glass: Glass) -> None:
    """Let who asked out again at once. The caller acts as the system."""
    now = timezone.now()
    TeamMember.objects.filter(glass=glass, ends_at__gt=now).update(ends_at=now)
