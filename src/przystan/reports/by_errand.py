"""Taking a report out, which may take longer than somebody waits."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.errands.runners import Result, Runner, Tell, Values
from przystan.ledger.rights import REPORTS_EXPORT

from .enums import Format, Separator, Table
from .exports import TYPES, csv_file, file_name, size, xlsx
from .queries import programme_seen, report_of
from .rights import REPORTS_READ
from .rules import period_of


def _file(by: Actor, asked: Values, tell: Tell) -> Result:
    programme, period = programme_seen(by, asked["programme"]), period_of(asked["period"])
    report = report_of(by, programme, period, asked.get("names", False))
    format, table, separator = Format(asked["format"]), Table(asked["table"]), Separator(asked["separator"])
    whole = partial(size, report, None if format == Format.XLSX else table)

    def note(rows: int) -> None:
        tell(rows, whole)

    with xlsx(report, note) if format == Format.XLSX else csv_file(report, table, separator, note) as file:
        return Result(file.read(), file_name(report, format), TYPES[format])


FILE = Runner(
    code="reports.file",
    title=_("A report as a file"),
    rights=(REPORTS_READ, REPORTS_EXPORT),
    run=_file,
    back=lambda asked: reverse("reports:programme", args=[asked["programme"]]),
)
