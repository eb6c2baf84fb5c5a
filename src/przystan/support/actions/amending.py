"""Changing entries while their period is open."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.doors import door
from przystan.access.history import without_history
from przystan.access.scope import acting
from przystan.ledger.actions import ChangedMeanwhile, ClosedPeriod, in_words
from przystan.ledger.queries import is_closed
from przystan.people.rights import IMPORT

from ..models import Gathering, Support
from ..policies import may_amend
from ..queries.checks import known_about
from ..rules import Entry
from .booking import PLAIN, RELATIONS, booked_on, check, fill, usual_length
from .parts import rewrite_parts


@transaction.atomic(savepoint=False)
def amend(*, by: Actor, support: Support, entry: Entry, version: int | None = None) -> Support:
    """Make an entry of an open period say what `entry` says; its kind, gathering and payer stay.

    `version`: of the entry that was read; ChangedMeanwhile when it was amended since. ClosedPeriod when it has to be
    corrected instead, ValidationError in words for anything else.
    """
    support = _locked(by, support)
    if not may_amend(by, support):
        raise Forbidden("support.amend")
    if is_closed(support):
        raise ClosedPeriod
    if version not in (None, support.version):
        raise ChangedMeanwhile
    entry = _kept(support, entry).settled()
    known = known_about(by, [replace(entry, form_token=None)], support.pk)
    entry = usual_length(entry, known)
    today = timezone.localdate()
    check(replace(entry, form_token=None), known, today)
    before = {name: getattr(support, name) for name in [*PLAIN, "staff_id"]}
    fill(support, entry)
    support.staff_id = entry.staff_id
    support.booked_on = booked_on(entry, known, today)
    support.version += 1
    support.clean_fields(exclude=RELATIONS)
    with door(), in_words():
        support.save()
        rewrite_parts(by, support, entry, known)
    changed = [name for name, value in before.items() if getattr(support, name) != value]
    audit.record(by, "support.amend", support, changed)
    return support


@transaction.atomic
def remove(*, by: Actor, supports: Iterable[Support]) -> int:
    """Take entries of an open period out of the ledger (logged by mistake, an import undone); returns how many.

    ClosedPeriod when one of them is closed, ValidationError for a counter-entry: then nothing is removed.
    """
    found = list(Support.objects.open_to(by).filter(pk__in=[support.pk for support in supports]).select_for_update())
    if any(support.sign == -1 for support in found):
        raise ValidationError(_("This entry was corrected already."), code="corrected")
    if not by.can(IMPORT) and not all(may_amend(by, support) for support in found):
        raise Forbidden("support.remove")
    audit.record_all(by, "support.remove", found)
    without_history()
    # As the system: whoever removes an entry may not know of everybody who has a part in it.
    with acting(system(by.organisation_id, "support.remove")), door(), in_words():
        Support.objects.filter(pk__in=[support.pk for support in found]).delete()
        if gatherings := {support.gathering_id for support in found if support.gathering_id}:
            Gathering.objects.filter(pk__in=gatherings, supports=None).delete()
    return len(found)


def _locked(by: Actor, support: Support) -> Support:
    found: Support = Support.objects.open_to(by).select_for_update().get(pk=support.pk)
    return found


def _kept(support: Support, entry: Entry) -> Entry:
    return replace(
        entry,
        kind=support.kind,
        gathering_id=support.gathering_id,
        form_token=support.form_token,
        correction_reason=support.correction_reason,
        staff_id=entry.staff_id or support.staff_id,
    )
