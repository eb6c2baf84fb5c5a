"""Closed lists of reports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Format(TextChoices):
    """What a report is taken out as. CSV holds one table, XLSX all of them as sheets."""

    XLSX = "xlsx", _("XLSX: all tables as sheets of a workbook")
    CSV = "csv", _("CSV: one table as plain text")


class Table(TextChoices):
    """The tables of a report."""

    INDICATORS = "indicators", _("Indicators")
    BREAKDOWNS = "breakdowns", _("Breakdowns")
    LISTS = "lists", _("Lists behind the numbers")


class Separator(TextChoices):
    """What stands between the columns of a CSV."""

    SEMICOLON = ";", _("semicolon (Excel in Polish)")
    COMMA = ",", _("comma")
    TAB = "tab", _("tab")
