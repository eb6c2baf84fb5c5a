"""Form fields that understand what people really know and type."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from przystan.kernel.dates import PartialDate

from .widgets import DayInput, Minutes, PartialDateInput, PhoneInput, parts_of

EARLIEST_YEAR = 1900


class PartialDateField(forms.Field):
    """A date known in part. Cleans to ISO text "1987", "1987-05" or "1987-05-03"; "" when nothing was given."""

    widget = PartialDateInput

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        """past: a day after today is refused (births, arrivals)."""
        self.past = past
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if isinstance(value, str | PartialDate):
            value = parts_of(value)
        day, month, year = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not (day or month or year):
            return ""
        if not year:
            raise ValidationError(_("Add the year, or leave the whole date empty."), code="no_year")
        if day and not month:
            raise ValidationError(_("Add the month, or leave the day empty."), code="no_month")
        return self._checked(day, month, year)

    def _checked(self, day: str, month: str, year: str) -> str:
        try:
            value = PartialDate(int(year), int(month) if month else None, int(day) if day else None)
            earliest = value.earliest()
        except (ValueError, OverflowError):
            raise ValidationError(_("There is no such day. Check the day, month and year."), code="invalid") from None
        if value.year < EARLIEST_YEAR:
            raise ValidationError(_("Write the year with four digits, like 1987."), code="year")
        if self.past and earliest > date.today():  # noqa: DTZ011 - a day of the calendar, in the server's zone
            raise ValidationError(_("This day has not come yet. Check the year."), code="future")
        return str(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if isinstance(data, list):
            return [str(part or "") for part in data] != parts_of(initial)
        return str(initial or "") != str(data or "")


class CodeField(forms.SlugField):
    """A short word for machines: a key, a code, a user name."""

    default_error_messages = {
        "invalid": _("Write it without spaces and accents: letters from a to z, digits, hyphens and underscores."),
    }


class DateField(forms.DateField):
    """A whole date. Reads what the browser sends and what people type: 2026-05-03, 3.05.2026, 03/05/2026."""

    widget = DayInput
    default_formats = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", self.default_formats)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day and day.year < EARLIEST_YEAR:
            raise ValidationError(_("Write the year with four digits, like 1987."), code="year")
        return day


class TimeField(forms.TimeField):
    """A time of day, "14:05"."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MinutesField(forms.IntegerField):
    """A length of time in minutes, at most a day. Also reads "1:30" and "1 h 30"."""

    widget = Minutes

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 24 * 60)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value if value is not None else "").strip().lower().replace(" ", "")
        text = text.removesuffix("min")
        hours, mark, rest = text.replace("h", ":").partition(":")
        if mark and hours.isdigit() and (rest.isdigit() or not rest):
            return int(hours) * 60 + int(rest or 0)
        return super().to_python(text)


class PhoneText(forms.CharField):
    """A telephone number as it was given; the module that keeps it decides what is valid."""

    widget = PhoneInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
