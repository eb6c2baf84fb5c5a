"""Closing a period."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.ledger.models import Period
from przystan.ui.fields import DateField
from przystan.ui.forms import Form


class PeriodForm(Form):
    """Two days. Offered: from the day after the last closed one to the end of last month."""

    starts = DateField(label=_("First day"))
    ends = DateField(label=_("Last day"))

    def __init__(self, *args: Any, last: Period | None, **kwargs: Any) -> None:
        ends = timezone.localdate().replace(day=1) - timedelta(days=1)
        starts = last.ends + timedelta(days=1) if last else ends.replace(day=1)
        kwargs["initial"] = offered(starts, ends)
        super().__init__(*args, **kwargs)


def offered(starts: date, ends: date) -> dict[str, date]:
    """Nothing when there is no whole month left to close."""
    return {"starts": starts, "ends": ends} if starts <= ends else {}
