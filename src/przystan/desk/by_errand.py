"""Taking the list of supports out, which may take longer than somebody waits."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.errands.runners import Result, Runner, Tell, Values
from przystan.kernel.workbooks import XLSX
from przystan.ledger.rights import REPORTS_EXPORT
from przystan.support.rights import SUPPORT_READ

from .exports import MOST, workbook
from .forms.filters import SupportFilterForm
from .queries.supports import listed, with_step

PIECE = 500  # rows read at a time


def _file(by: Actor, asked: Values, tell: Tell) -> Result:
    form = SupportFilterForm(dict(asked) or None, actor=by)
    rows = with_step(listed(by, form.filters(), form.programme()), form.next_step(), timezone.localdate())
    supports = rows.order_by("-day", "-id")[:MOST].iterator(chunk_size=PIECE)
    return Result(workbook(supports, lambda done: tell(done, rows.count)), "supports.xlsx", XLSX)


LIST = Runner(
    code="desk.supports",
    title=_("A list of supports"),
    rights=(SUPPORT_READ, REPORTS_EXPORT),
    run=_file,
    back=lambda asked: f"{reverse('desk:supports')}?{urlencode(asked)}",
)
