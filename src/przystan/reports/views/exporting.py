"""Taking a report out as a file: at once, or by a job when it is long."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from przystan.ui import htmx
from przystan.ui.pages import or_404

from .. import actions, exports, queries
from ..enums import ExportState, Format, Table
from ..forms import ExportForm
from ..models import Export
from ..rules import period_of


@require_POST
def export(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The file, or the page of the job that writes it."""
    programme = or_404(queries.programme_seen, request.actor, ref)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return redirect("reports:programme", ref=ref)
    data = form.cleaned_data
    format, table = Format(data["format"]), data["table"]
    period = period_of(data["period"])
    report = queries.report_of(request.actor, programme, period)
    rows = exports.size(report, None if format == Format.XLSX else table)
    about = {"by": request.actor, "programme": programme, "format": format, "table": table}
    if rows > exports.AT_ONCE:
        job = actions.order(**about, period=period, separator=data["separator"], rows=rows)
        return redirect("reports:job", ref=job.ref)
    actions.take_out(**about)
    file = exports.xlsx(report) if format == Format.XLSX else exports.csv_file(report, Table(table), data["separator"])
    return FileResponse(
        file, as_attachment=True, filename=exports.file_name(format), content_type=exports.TYPES[format]
    )


def job(request: HttpRequest, ref: str) -> HttpResponse:
    """How far the file is; asked again every two seconds by the page."""
    found = _export(request, ref)
    running = found.state in (ExportState.WAITING, ExportState.RUNNING)
    context = {
        "export": found,
        "url": reverse("reports:job", args=[ref]) if running else "",
        "ready": found.state == ExportState.DONE,
        "failed": found.state == ExportState.FAILED,
        "running": running,
    }
    return htmx.render(request, "reports/job.html", context, part="job")


@require_POST
def fetch(request: HttpRequest, ref: str) -> HttpResponse:
    """The finished file, for whoever asked for it."""
    found = _export(request, ref)
    if found.state != ExportState.DONE:
        raise Http404
    content = actions.fetch(by=request.actor, export=found)
    response = HttpResponse(content, content_type=exports.TYPES[found.format])
    response["Content-Disposition"] = f'attachment; filename="report.{found.format}"'
    return response


def _export(request: HttpRequest, ref: str) -> Export:
    rows = Export.objects.seen_by(request.actor).select_related("programme").defer("content")
    return get_object_or_404(rows, ref=ref)
