"""Rows of supports into the ledger, each with the payer that the file names: for the import and for its trial."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.funding.actions import NOT_ASKED, Given, Unpaid, Wish, give_all

from ..enums import ImportKind
from ..models import ImportBatch, ImportRow
from ..rows.entries import Rows, ledger_entry, people_of
from .attendance import give_marks


def give_rows(by: Actor, batch: ImportBatch, rows: Sequence[ImportRow], known: Rows) -> list[list[Given]]:
    """Write the rows, and say for each which supports it made; `is_refused` tells those whose payer refuses, which are
    then without one."""
    if batch.kind == ImportKind.ATTENDANCE:
        return give_marks(by, batch, rows, known)
    entries = [ledger_entry(row.entry, person, known) for row, person in zip(rows, people_of(rows), strict=True)]
    return [[one] for one in give_all(by=by, entries=entries, wishes=[_wish(row) for row in rows])]


def payer_of(batch: ImportBatch, row: ImportRow) -> str:
    """Reference of the programme that the row, or its sheet, names."""
    return str(row.entry.get("payer", "") or batch.group.get("payer", ""))


def is_refused(given: Sequence[Given]) -> bool:
    """Whether the payer that the file names cannot pay for one of these."""
    return any(one.unpaid is Unpaid.NONE_FITS for one in given)


def _wish(row: ImportRow) -> Wish:
    """The payer of a file has paid: only its rule is asked. A row that names none is left without."""
    payer = row.entry.get("payer")
    return Wish(payer, reason=_("imported"), settled=True) if payer else NOT_ASKED
