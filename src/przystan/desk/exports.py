"""The list of supports as a file. No cell can become a formula; people stand in it by their references, not by name."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from przystan.kernel.workbooks import Page, written
from przystan.support.models import Support

TELL_EVERY = 20
MOST = 1_000_000  # rows that a sheet holds


def workbook(supports: Iterable[Support], tell: Callable[[int], None]) -> bytes:
    """One sheet, the sums below; counter-entries have negative figures."""
    with written(lambda book: _fill(book, supports, tell)) as file:
        return file.read()


def _fill(book: Any, supports: Iterable[Support], tell: Callable[[int], None]) -> None:
    header = [_("Day"), _("Service"), _("People"), _("How many people"), _("Minutes"), _("Given by"), _("Point")]
    header += [_("Payer"), _("Our reference")]
    page = Page(book, _("Supports"), header, book.add_format({"bold": True, "bottom": 1}), set())
    total = Counter[str]()
    for count, support in enumerate(supports):
        page.write(_row(support))
        total.update(people=support.headcount * support.sign, minutes=support.minutes * support.sign)
        if count % TELL_EVERY == 0:
            tell(count)
    page.end([_("Together"), "", "", total["people"], total["minutes"]] if page.rows else [])


def _row(support: Support) -> list[Any]:
    allocation = getattr(support, "allocation", None)
    return [
        support.day,
        str(support.service),
        ", ".join(row.person.centre_reference or row.person.ref for row in support.recipients.all()),
        support.headcount * support.sign,
        support.minutes * support.sign,
        str(support.staff or ""),
        str(support.point),
        str(allocation.programme) if allocation else "",
        support.ref,
    ]
