"""Taking reports out: every time somebody does, it is written down."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from procrastinate.contrib.django import app

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.funding.models import Programme

from .enums import ExportState, Format, Separator, Table
from .models import Export
from .rights import REPORTS_EXPORT, REPORTS_READ
from .rules import Period

KEPT = timedelta(hours=24)


@transaction.atomic
def take_out(*, by: Actor, programme: Programme, format: Format, table: Table) -> None:
    """Note that a report leaves the product as a file. What it holds depends on the actor's other rights."""
    by.require(REPORTS_READ, REPORTS_EXPORT)
    audit.record(by, "reports.export", programme, [format.value, "all" if format == Format.XLSX else table.value])


@transaction.atomic
def order(
    *, by: Actor, programme: Programme, period: Period, format: Format, table: Table, separator: Separator, rows: int
) -> Export:
    """A long report, to be written by the job `reports.tasks.write`. `rows`: about how many."""
    take_out(by=by, programme=programme, format=format, table=table)
    export = Export.objects.create(
        organisation_id=by.organisation_id,
        programme=programme,
        period=period.code,
        format=format,
        table=table,
        separator=separator,
        language=get_language() or "pl",
        rows_total=rows,
        by_id=by.user_id,
    )
    app.configure_task(name="reports.write").defer(ref=export.ref)
    return export


@transaction.atomic
def fetch(*, by: Actor, export: Export) -> bytes:
    """The finished file of one's own export; fetching is written down too."""
    by.require(REPORTS_READ, REPORTS_EXPORT)
    audit.record(by, "reports.fetch", export)
    return bytes(export.content)


def throw_away_exports() -> int:
    """Delete exports older than a day; returns how many. The system's own work: nothing is decided about anybody."""
    old = Export.objects.filter(at__lt=timezone.now() - KEPT)
    return old.delete()[0]


def advance(*, export: Export, rows: int) -> None:
    """Tell how many rows are written."""
    Export.objects.filter(pk=export.pk).update(rows_done=rows, state=ExportState.RUNNING)


def finish(*, export: Export, content: bytes | None) -> None:
    """Keep the file, or, with None, say that it failed."""
    state = ExportState.FAILED if content is None else ExportState.DONE
    Export.objects.filter(pk=export.pk).update(state=state, content=content or b"", rows_done=export.rows_total)
