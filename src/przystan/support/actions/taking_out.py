"""Taking lists of supports out: every time somebody does, it is written down."""

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.ledger.rights import REPORTS_EXPORT
from przystan.team.models import Organisation

from ..rights import SUPPORT_READ


@transaction.atomic
def take_out(*, by: Actor) -> None:
    """Note that a list of supports leaves the product as a file."""
    by.require(SUPPORT_READ, REPORTS_EXPORT)
    audit.record(by, "support.export", Organisation.objects.get(pk=by.organisation_id), ["supports"])
