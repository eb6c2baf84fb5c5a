"""A confirmation on paper of what somebody was given."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.people.models import Person
from przystan.people.policies import sensitive

from ..models import Support
from ..queries.confirming import confirmable
from ..rights import SUPPORT_READ


@transaction.atomic
def confirm_given(
    *, by: Actor, person: Person, services: Collection[int], since: date | None = None, until: date | None = None
) -> list[Support]:
    """The supports that a confirmation for this person says, the oldest first; that it was made is written down.

    `services`: ids of those that may stand on it. Forbidden for who does not work with the person; ValidationError
    where nothing was given.
    """
    by.require(SUPPORT_READ)
    if not sensitive(by, person).allowed:
        raise Forbidden("support.confirm")
    rows = confirmable(by, person).filter(service_id__in=services)
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    found = list(rows)
    if not found:
        raise ValidationError(_("Nothing of this was given on these days. Choose others."))
    audit.record(by, "support.confirm", person, ["supports"])
    return found
