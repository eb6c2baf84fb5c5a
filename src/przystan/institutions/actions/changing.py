"""What an institution's own row says."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save

from ..models import Institution
from .holding import held


@transaction.atomic
def change(*, by: Actor, institution: Institution, fields: Iterable[str] = ()) -> Institution:
    """Save what was changed in the row; `fields`: names of it, for the log."""
    held(by, institution)
    save(institution)
    audit.record(by, "institution.change", institution, fields)
    return institution


@transaction.atomic
def close(*, by: Actor, institution: Institution, day: date) -> None:
    """It is no more, from this day on: no longer offered, still there for what was written of it."""
    institution = held(by, institution)
    if institution.closed_on:
        raise ValidationError(_("It is closed already."))
    institution.closed_on = day
    save(institution, only=["closed_on"])
    audit.record(by, "institution.change", institution, ["closed_on"])


@transaction.atomic
def reopen(*, by: Actor, institution: Institution) -> None:
    """It is there after all."""
    institution = held(by, institution)
    institution.closed_on = None
    save(institution, only=["closed_on"])
    audit.record(by, "institution.change", institution, ["closed_on"])
