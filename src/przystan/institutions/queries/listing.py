"""The register as a list."""

from django.db.models import Prefetch, QuerySet

from przystan.access.actors import Actor

from ..models import Address, Institution
from ..rights import INSTITUTIONS_READ


def institutions(actor: Actor, *, kind: str = "", language: str = "", closed: bool = False) -> QuerySet[Institution]:
    """Institutions by name, with kind, names and addresses. `kind`: code of one; `language`: ISO 639, spoken there."""
    actor.require(INSTITUTIONS_READ)
    rows = Institution.objects.seen_by(actor).current()
    if not closed:
        rows = rows.open()
    if kind:
        rows = rows.filter(kind__code=kind)
    if language:
        rows = rows.filter(languages__contains=[language])
    return rows.select_related("kind").prefetch_related("names", Prefetch("addresses", Address.objects.order_by("pk")))
