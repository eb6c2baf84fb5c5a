"""Closing periods of both ledgers. There is no way back: what is closed was reported."""

from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor

from ..models import Entry, Period
from ..rights import LEDGER_CLOSE
from .refusals import in_words


@transaction.atomic
def close_period(*, by: Actor, starts: date, ends: date) -> Period:
    """Close the days from `starts` to `ends`, both included. Today stays open, so that there is a day to book on."""
    # Waits for entries that are being written, so that none slips into the period behind our back.
    tables = ", ".join(model._meta.db_table for model in apps.get_models() if issubclass(model, Entry))
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
    period = to_close(by=by, starts=starts, ends=ends)
    with in_words():
        period.save()
    audit.record(by, "support.close_period", period, ["starts", "ends"])
    return period


def to_close(*, by: Actor, starts: date, ends: date) -> Period:
    """The period that `close_period` would close; it is not saved. ValidationError in words where it cannot be."""
    by.require(LEDGER_CLOSE)
    if starts > ends:
        raise ValidationError({"ends": _("The first day must not be after the last.")})
    if ends >= timezone.localdate():
        raise ValidationError({"ends": _("Only days that have passed can be closed. Choose a last day before today.")})
    period = Period(organisation_id=by.organisation_id, starts=starts, ends=ends, closed_by_id=by.user_id)
    period.full_clean()
    return period
