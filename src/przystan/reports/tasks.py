"""Long exports as jobs, and the throwing away of old ones."""

import logging

from django.utils import translation
from procrastinate.contrib.django import app

from przystan.team.queries import actor_for

from . import actions
from .enums import Format, Separator, State, Table
from .exports import csv_file, xlsx
from .models import Export
from .queries import report_of
from .rules import period_of

log = logging.getLogger(__name__)


@app.task(name="reports.write")
def write(ref: str) -> None:
    """Write the file of a waiting export, with the rights that whoever asked for it has now."""
    export = Export.objects.filter(ref=ref, state=State.WAITING).select_related("by", "programme").first()
    if export is None:
        return
    with translation.override(export.language):
        try:
            actions.finish(export=export, content=_content(export))
        except Exception:
            log.exception("export failed")
            actions.finish(export=export, content=None)


def _content(export: Export) -> bytes | None:
    actor = actor_for(export.by) if export.by else None
    if actor is None:
        return None
    report = report_of(actor, export.programme, period_of(export.period))

    def tell(rows: int) -> None:
        actions.advance(export=export, rows=rows)

    if export.format == Format.XLSX:
        file = xlsx(report, tell)
    else:
        file = csv_file(report, Table(export.table), Separator(export.separator), tell)
    with file:
        return file.read()


@app.periodic(cron="17 * * * *")
@app.task(name="reports.throw_away")
def throw_away(timestamp: int) -> None:
    """Each hour: files of yesterday go."""
    actions.throw_away()
