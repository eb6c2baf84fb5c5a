"""The public offices that ship with the product, taken into a centre's register."""

from django.db import transaction

from przystan.access.actors import Actor

from ..loading import shipped_offices
from ..models import Institution
from ..rights import INSTITUTIONS_MERGE
from .registering import register


@transaction.atomic
def add_shipped(*, by: Actor) -> list[Institution]:
    """Add those that the register does not have yet; returns what was added. What it has stays as the centre has it."""
    by.require(INSTITUTIONS_MERGE)
    there = set(Institution.objects.seen_by(by).exclude(shipped="").values_list("shipped", flat=True))
    return [register(by=by, newcomer=one) for one in shipped_offices() if one.shipped not in there]
