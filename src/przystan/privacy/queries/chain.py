"""The state of the audit chain, as the data protection officer's page shows it."""

from dataclasses import dataclass

from przystan.access.models import AuditAnchor, AuditHead

from ..models import ChainCheck


@dataclass(frozen=True)
class ChainState:
    """`rows`: how many links there are now; the last nightly check and the last anchor, if there were any."""

    rows: int
    check: ChainCheck | None
    anchor: AuditAnchor | None


def chain_state() -> ChainState:
    """Read in three queries."""
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    return ChainState(head.seq if head else 0, ChainCheck.objects.first(), AuditAnchor.objects.first())
