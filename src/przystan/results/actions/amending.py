"""Changing results while their period is open."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import door
from przystan.access.history import without_history
from przystan.ledger.actions import ChangedMeanwhile, ClosedPeriod, in_words
from przystan.ledger.queries import is_closed

from ..models import Result
from ..policies import may_amend
from ..queries.checks import known_about
from ..rules import Reached
from .noting import PLAIN, RELATIONS, check, fill, settled_by


@transaction.atomic
def amend(*, by: Actor, result: Result, reached: Reached, version: int | None = None) -> Result:
    """Make a result of an open period say what `reached` says; its payer stays.

    `version`: of the entry that was read; ChangedMeanwhile when it was amended since. ClosedPeriod when it has to be
    corrected instead, ValidationError in words for anything else.
    """
    result = Result.objects.open_to(by).select_for_update(of=("self",)).get(pk=result.pk)
    if not may_amend(by, result):
        raise Forbidden("result.amend")
    if is_closed(result):
        raise ClosedPeriod
    if version not in (None, result.version):
        raise ChangedMeanwhile
    kept = replace(reached, form_token=None, correction_reason=result.correction_reason)
    reached = settled_by(by, replace(kept, staff_id=reached.staff_id or result.staff_id))
    known = known_about(by, [reached], amended=result)
    check(reached, known, timezone.localdate())
    before, token = {name: getattr(result, name) for name in [*PLAIN, "person_id", "institution_id"]}, result.form_token
    fill(result, reached, known, timezone.localdate())
    result.form_token = token
    result.version += 1
    result.clean_fields(exclude=RELATIONS)
    with door(), in_words():
        result.save()
    audit.record(by, "result.amend", result, [name for name, was in before.items() if getattr(result, name) != was])
    return result


@transaction.atomic
def remove(*, by: Actor, results: Iterable[Result]) -> int:
    """Take results of an open period out of the ledger (noted by mistake); returns how many.

    ClosedPeriod when one of them is closed, ValidationError for a counter-entry or what one takes back: then nothing is
    removed.
    """
    wanted = [result.pk for result in results]
    found = list(Result.objects.open_to(by).filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",)))
    if any(result.sign == -1 for result in found):
        raise ValidationError(_("This entry was corrected already."), code="corrected")
    if not all(may_amend(by, result) for result in found):
        raise Forbidden("result.remove")
    audit.record_all(by, "result.remove", found)
    without_history()
    with door(), in_words():
        Result.objects.filter(pk__in=[result.pk for result in found]).delete()
    return len(found)
