"""Who looked: the audit log, without names of those served."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from przystan.access.deeds import told
from przystan.access.looks import log
from przystan.ui.pages import button

from .. import queries, tasks
from ..forms import LogForm

SIZE = 50


def entries(request: HttpRequest) -> HttpResponse:
    """Newest first; the next page begins after the last row (`before`), so it is as quick as the first."""
    form = LogForm(request.GET or None, actor=request.actor)
    chosen = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    chosen["days"] = int(chosen.get("days") or "30")
    before = request.GET.get("before", "")
    rows = log(request.actor, **chosen, before=int(before) if before.isdigit() and len(before) < 18 else None)
    found = list(rows[: SIZE + 1])
    context = {
        "form": form,
        "rows": told(found[:SIZE]),
        "next": found[SIZE - 1].seq if len(found) > SIZE else None,
        "chain": queries.chain_state(),
    }
    return render(request, "privacy/log.html", context)


@button("privacy:log", done=_("The log is being checked. Look again in a minute."))
def check(request: HttpRequest) -> None:
    """Ask for a check of the whole chain now."""
    tasks.app.configure_task(name="privacy.check_audit").defer(timestamp=0)
