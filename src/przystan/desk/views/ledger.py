"""The list of supports: entry by entry, by visits, or as sums; sorted, added up, on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from przystan.access.actors import Actor
from przystan.errands.answering import answer
from przystan.ledger.rights import REPORTS_EXPORT
from przystan.people.rights import PEOPLE_READ
from przystan.results.rights import RESULTS_READ
from przystan.support.actions import take_out
from przystan.support.models.ledger import SupportQuerySet
from przystan.support.queries import keyset, net
from przystan.support.rights import SUPPORT_LOG
from przystan.ui import htmx
from przystan.ui.paging import Sorts, paginate, size_of

from ..by_errand import LIST
from ..enums import Shown
from ..forms.filters import SupportFilterForm
from ..queries import sums
from ..queries.supports import listed, with_step
from ..queries.visits import visits

SORTS: Sorts = {
    "day": ("day", "id"),
    "service": ("service__line__position", "service__position", "service_id", "day", "id"),
    "minutes": ("minutes", "day", "id"),
    "staff": ("staff__full_name", "staff_id", "day", "id"),
}
NEWEST_FIRST = "-day"


def supports(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time, however many there are. What it adds up to is asked where it is narrowed, or
    by `?sum=1`: of all that a centre ever gave it would cost every opening of the page."""
    actor, form = request.actor, SupportFilterForm(request.GET or None, actor=request.actor)
    rows = with_step(listed(actor, form.filters(), form.programme()), form.next_step(), timezone.localdate())
    summed = form.is_used() or "sum" in request.GET or "print" in request.GET
    context: dict[str, Any] = {
        "form": form,
        "filtered": form.is_used(),
        "total": net(rows) if summed else None,
        "shown": form.way(),
        "can_export": actor.can(REPORTS_EXPORT),
        "can_log": actor.can(SUPPORT_LOG),
        "can_read_people": actor.can(PEOPLE_READ),
        "can_read_results": actor.can(RESULTS_READ),
    }
    return htmx.render(request, "desk/supports.html", context | _page(request, actor, form.way(), rows))


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The list that the address describes as a file, or the page of the job that writes it."""
    form = SupportFilterForm(actor=request.actor)
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    take_out(by=request.actor)
    return answer(request, LIST.code, asked)


def _page(request: HttpRequest, actor: Actor, shown: Shown, rows: SupportQuerySet) -> dict[str, Any]:
    after = request.GET.get("after", "")
    if shown == Shown.VISITS:
        return {"page": visits(rows, after, size_of(request))}
    if shown != Shown.ENTRIES:
        default = "-last" if shown == Shown.DAYS else "-minutes"
        page = paginate(request, sums.sums(actor, rows, shown), sorts=sums.SORTS, default=default)
        return {"page": page, "sums": [(row, _narrowed(request, row)) for row in sums.named(actor, shown, page.items)]}
    if request.GET.get("sort", NEWEST_FIRST) == NEWEST_FIRST:
        return {"page": keyset(rows, after, size_of(request))}
    return {"page": paginate(request, rows, sorts=SORTS, default=NEWEST_FIRST, counted=False)}


def _narrowed(request: HttpRequest, row: sums.Summed) -> str:
    """Where the entries of a row of sums stand; "" where no address says which they are."""
    if not row.narrows:
        return ""
    asked = request.GET.copy()
    for name in ("shown", "sort", "page", "print"):
        asked.pop(name, None)
    for name, value in row.narrows.items():
        asked[name] = value
    return f"?{asked.urlencode()}"
