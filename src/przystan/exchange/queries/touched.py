"""Supports of an import that somebody has worked on since."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from przystan.access.audit import READ
from przystan.access.models import AuditEntry
from przystan.support.models import Support

# What the log tells of a support that was only written: that it was, and who pays.
AS_WRITTEN = frozenset({"support.record", "funding.attribute"})


def touched(supports: Iterable[Support]) -> set[int]:
    """Ids of those that were changed since they were written, or got another payer, or whose next step was done."""
    ids = {support.ref: support.pk for support in supports}
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rows = AuditEntry.objects.filter(model="support.support", object_ref__in=ids).exclude(action=READ)
    for ref, action in rows.order_by("pk").values_list("object_ref", "action"):
        told[ref][action] += 1
    return {ids[ref] for ref, deeds in told.items() if deeds.keys() - AS_WRITTEN or max(deeds.values()) > 1}
