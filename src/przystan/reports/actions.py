"""Taking reports out: every time somebody does, it is written down."""

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.funding.models import Programme

from .enums import Format, Table
from .rights import REPORTS_EXPORT, REPORTS_READ


@transaction.atomic
def take_out(*, by: Actor, programme: Programme, format: Format, table: Table) -> None:
    """Note that a report leaves the product as a file. What it holds depends on the actor's other rights."""
    by.require(REPORTS_READ, REPORTS_EXPORT)
    audit.record(by, "reports.export", programme, [format.value, "all" if format == Format.XLSX else table.value])
