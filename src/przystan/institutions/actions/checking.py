"""Somebody has checked that what is known is still so."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor

from ..enums import Part
from ..models import Check, Institution
from .holding import held


@transaction.atomic
def check(*, by: Actor, institution: Institution, parts: Iterable[str], on: date | None = None) -> None:
    """Note that these parts (`enums.Part`) were right on a day (today where none is said). What was unsure is sure."""
    institution = held(by, institution)
    chosen = [part for part in Part.values if part in set(parts)]
    day = on or timezone.localdate()
    if not chosen:
        raise ValidationError(_("Choose what you have checked."))
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet. Check the year."))
    Check.objects.bulk_create(Check(institution=institution, part=part, on=day, by_id=by.user_id) for part in chosen)
    if institution.unsure:
        institution.unsure = False
        institution.save(update_fields=["unsure"])
    audit.record(by, "institution.check", institution, chosen)
