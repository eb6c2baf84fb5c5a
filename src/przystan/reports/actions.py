"""Taking reports out: every time somebody does, it is written down."""

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.funding.models import Programme
from przystan.ledger.rights import REPORTS_EXPORT

from .enums import Format, Table
from .rights import REPORTS_READ


@transaction.atomic
def take_out(*, by: Actor, programme: Programme, format: Format, table: Table, names: bool) -> None:
    """Note that a report leaves the product as a file, with or without `names` of people."""
    by.require(REPORTS_READ, REPORTS_EXPORT)
    what = [format.value, "all" if format == Format.XLSX else table.value, *(["names"] if names else [])]
    audit.record(by, "reports.export", programme, what)
