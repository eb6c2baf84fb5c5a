"""Titles to stay, and who saw the evidence when."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from przystan.access.actors import Actor

from ..enums import EvidenceKind
from ..models import TitleHeld
from . import facts


@transaction.atomic
def keep_title(*, by: Actor, fact: TitleHeld, fields: Iterable[str] = ()) -> None:
    """Save a title. Evidence that is new is seen by the actor today, unless another day is given."""
    fields = set(fields)
    if fact.evidence == EvidenceKind.NONE:
        fact.seen_by_id = fact.seen_on = None
    elif fact.seen_by_id is None or fields & {"evidence", "document", "seen_on"}:
        fact.seen_by_id = by.user_id
        fact.seen_on = fact.seen_on or timezone.localdate()
    if fact.seen_by_id is None:
        fact.seen_on = None  # the system saw no document: who did is not known
    facts.keep(by=by, fact=fact, fields=fields)
