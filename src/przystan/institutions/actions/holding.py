"""Whoever writes about an institution has its row as it is now."""

from przystan.access.actors import Actor

from ..models import Institution
from ..policies import require_write


def held(by: Actor, institution: Institution) -> Institution:
    """Its row, locked until the transaction ends. Forbidden for who may not change it, and where it was merged away."""
    found: Institution = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    require_write(by, found)
    return found
