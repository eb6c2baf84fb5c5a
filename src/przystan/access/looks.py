"""Who looked at what: reads of the audit log for pages. Rows hold references and names of fields, never values."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from .actors import Actor
from .audit import READ
from .models import AuditEntry
from .rights import AUDIT_READ
from .tiers import Tier


def looks(organisation_id: int, objects: Mapping[str, Iterable[str]]) -> QuerySet[AuditEntry]:
    """Everything that was done to these objects (model -> references) and every look at them, newest first.

    The caller decides who may ask.
    """
    these = reduce(or_, (Q(model=model, object_ref__in=list(refs)) for model, refs in objects.items()))
    rows = AuditEntry.objects.filter(these, organisation_id=organisation_id)
    return rows.select_related("actor").order_by("-seq")


def log(
    actor: Actor, *, account: str = "", ref: str = "", action: str = "", days: int = 30, before: int | None = None
) -> QuerySet[AuditEntry]:
    """The log of the actor's organisation, newest first, narrowed: `account` and `ref` are references, `action` a verb
    or its beginning ("glass."), `before` the number of the last row already seen.
    """
    actor.require(AUDIT_READ)
    rows = AuditEntry.objects.filter(organisation_id=actor.organisation_id)
    if days:
        rows = rows.filter(at__gt=timezone.now() - timedelta(days=days))
    if account:
        rows = rows.filter(actor__ref=account)
    if ref:
        rows = rows.filter(object_ref=ref)
    if action:
        rows = rows.filter(action__startswith=action)
    if before:
        rows = rows.filter(seq__lt=before)
    return rows.select_related("actor").order_by("-seq")


def unusual(actor: Actor, threshold: int, days: int = 14) -> list[dict[str, object]]:
    """Accounts that looked at sensitive facts of more than `threshold` objects on one day:
    [{"actor__ref", "actor__full_name", "day", "seen"}], newest first.
    """
    actor.require(AUDIT_READ)
    rows = AuditEntry.objects.filter(
        organisation_id=actor.organisation_id,
        action=READ,
        tier__gte=Tier.T2,
        at__gt=timezone.now() - timedelta(days=days),
        actor__isnull=False,
    )
    counted = rows.annotate(day=TruncDate("at")).values("actor__ref", "actor__full_name", "day").order_by()
    many = counted.annotate(seen=Count("object_ref", distinct=True)).filter(seen__gt=threshold)
    return [dict(row) for row in many.order_by("-day", "-seen")]
