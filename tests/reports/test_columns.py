"""Every column of a file holds what its header says: compared by name with the entry, each value another."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from przystan.reports import exports
from przystan.reports.enums import Separator, Table
from przystan.reports.queries import report_of
from przystan.reports.rules import WHOLE
from przystan.support.models import Support
from tests import factories

pytestmark = pytest.mark.django_db


def plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


@pytest.fixture
def entry() -> Support:
    point = factories.point(factories.organisation(), "Tczew")
    service, person = factories.service("Interpreting"), factories.person(point, "Olena Nowak")
    days = {"day": date(2026, 6, 15), "booked_on": date(2026, 7, 1)}
    made = factories.support(point, service, person, **days, minutes=95, headcount=4, language="uk")
    programme = factories.programme(point.organisation, service)
    factories.indicator(programme, "supports", names={"en": "Supports"})
    factories.indicator(programme, "people", names={"en": "People"})
    return factories.pay(made, programme)


def report(entry: Support) -> Any:
    programme = entry.allocation.programme
    return report_of(factories.actor(entry.point.organisation, "coordinator"), programme, WHOLE, names=True)


def test_columns_of_a_workbook_are_what_they_say(entry: Support) -> None:
    with exports.xlsx(report(entry)) as file:
        book = load_workbook(io.BytesIO(file.read()))
    entries, people = (next(page for page in book if page.title.endswith(name)) for name in ("Supports", "People"))
    (header, row, _total) = entries.iter_rows(values_only=True)
    assert dict(zip(header, map(plain, row), strict=True)) == {
        "Reference": entry.ref,
        "Counts as": 1,
        "Day": date(2026, 6, 15),
        "Counted on": date(2026, 7, 1),
        "Service": "Interpreting",
        "Point": "Tczew",
        "Minutes": 95,
        "People in all": 4,
        "Language": "Ukrainian",
        "People": entry.recipients.get().person.ref,
        "Names": "Olena Nowak",
    }
    (header, row, _total) = people.iter_rows(values_only=True)
    assert dict(zip(header, map(plain, row), strict=True)) == {
        "People": entry.recipients.get().person.ref,
        "Names": "Olena Nowak",
        "Entries": 1,
        "First day": date(2026, 6, 15),
        "Last day": date(2026, 6, 15),
    }


def test_columns_of_a_text_file_are_what_they_say(entry: Support) -> None:
    with exports.csv_file(report(entry), Table.LISTS, Separator.COMMA) as file:
        rows = list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"), newline="")))
    assert {row["Indicator"]: row["Counts as, or entries"] for row in rows} == {"Supports": "1", "People": "1"}
    line = next(row for row in rows if row["Indicator"] == "Supports")
    assert (line["Reference"], line["First day"], line["Last day"]) == (entry.ref, "2026-06-15", "2026-06-15")
    assert (line["People"], line["Names"]) == (entry.recipients.get().person.ref, "Olena Nowak")


def test_days_are_not_of_today(entry: Support) -> None:
    assert timezone.localdate() not in (entry.day, entry.booked_on), "or a column of today would pass for them"
