"""Long exports as jobs, and the throwing away of old ones."""

import logging

from django.utils import translation
from procrastinate.contrib.django import app

from przystan.access.actors import Actor
from przystan.access.jobs import aside, working
from przystan.access.scope import acting
from przystan.team.queries import actor_for

from . import actions
from .enums import ExportState, Format, Separator, Table
from .exports import csv_file, xlsx
from .models import Export
from .queries import report_of
from .rules import period_of

log = logging.getLogger(__name__)


@app.task(name="reports.write")
def write(ref: str) -> None:
    """Write the file of an export that waits, or was cut off, with the rights that whoever asked for it has now."""
    with working("reports.write"):
        open_ones = Export.objects.filter(ref=ref, state__in=[ExportState.WAITING, ExportState.RUNNING])
        export = open_ones.select_related("by", "programme").first()
        actor = actor_for(export.by) if export and export.by else None
    if export is None:
        return
    with translation.override(export.language):
        content = _tried(export, actor)
    with working("reports.write"):
        actions.finish(export=export, content=content)


def _tried(export: Export, actor: Actor | None) -> bytes | None:
    """The file; None when it cannot be written."""
    if actor is None:
        return None
    try:
        with acting(actor):
            return _content(export, actor)
    except Exception:
        log.exception("export failed")
        return None


def _content(export: Export, actor: Actor) -> bytes:
    report = report_of(actor, export.programme, period_of(export.period))

    def tell(rows: int) -> None:
        aside("reports.write", lambda: actions.advance(export=export, rows=rows))

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
    with working("reports.throw_away"):
        actions.throw_away_exports()
