"""Taking a report out as a file: at once, or by a job when it takes long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from przystan.errands.answering import answer
from przystan.ui.pages import or_404

from .. import actions, queries
from ..by_errand import FILE
from ..enums import Format
from ..forms import ExportForm


@require_POST
def export(request: HttpRequest, ref: str) -> HttpResponse:
    """The file, or the page of the job that writes it."""
    programme = or_404(queries.programme_seen, request.actor, ref)
    form = ExportForm(request.actor, request.POST)
    if not form.is_valid():
        return redirect("reports:programme", ref=ref)
    asked = {name: str(form.cleaned_data[name]) for name in ("period", "format", "table", "separator")}
    names = form.cleaned_data.get("names", False)
    format, table = Format(asked["format"]), form.cleaned_data["table"]
    actions.take_out(by=request.actor, programme=programme, format=format, table=table, names=names)
    return answer(request, FILE.code, asked | {"programme": ref, "names": names}, about=programme.name)
