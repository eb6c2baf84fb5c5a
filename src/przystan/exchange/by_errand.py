"""Taking out what could not be imported, which may take longer than somebody waits."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.errands.runners import Result, Runner, Tell, Values
from przystan.people.rights import IMPORT

from .exports import bad_rows
from .models import ImportBatch
from .queries.preview import rows_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _rest(by: Actor, asked: Values, tell: Tell) -> Result:
    batch = ImportBatch.objects.seen_by(by).get(ref=asked["batch"])
    audit.read(by, batch, ["rows"])
    content = bad_rows(batch, lambda rows: tell(rows, rows_of(batch, "left").count))
    return Result(content, f"rows-{batch.ref}.xlsx", XLSX)


REST = Runner(
    code="exchange.rest",
    title=_("Rows that were not imported"),
    rights=(IMPORT,),
    run=_rest,
    back=lambda asked: reverse("exchange:batch", args=[asked["batch"]]),
)
