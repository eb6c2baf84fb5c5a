"""Taking a closed entry of either ledger back."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.kernel.refs import new_ref

from ..models import Entry
from ..policies import may_correct
from ..queries import is_closed

AnEntry = TypeVar("AnEntry", bound=Entry)


def counter_entry(by: Actor, entry: AnEntry, reason: str, deed: str) -> AnEntry:
    """A copy of a closed entry with the sign turned round, booked today; not saved yet. `deed`: for the audit log.

    Forbidden; ValidationError without a reason, or while the period is open.
    """
    if not may_correct(by, entry):
        raise Forbidden(deed)
    if not reason.strip():
        raise ValidationError({"reason": _("Write why it is corrected: an auditor will ask.")})
    if not is_closed(entry):
        raise ValidationError(_("The period of this entry is still open: change the entry itself."), code="open")
    counter = type(entry)._default_manager.get(pk=entry.pk)
    counter.pk, counter.ref, counter._state.adding = None, new_ref(), True
    counter.sign, counter.reverses, counter.booked_on = -1, entry, timezone.localdate()
    counter.form_token, counter.correction_reason, counter.created_by_id = None, reason.strip(), by.user_id
    audit.record(by, deed, entry, ["reversed_by"])
    return counter
