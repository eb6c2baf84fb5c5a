"""Rows of supports into the ledger, each with the payer that the file names: for the import and for its trial."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from przystan.access.actors import Actor
from przystan.funding.actions import NOT_ASKED, Given, Unpaid, Wish, give_all

from ..models import ImportRow
from ..rows.entries import Rows, ledger_entry, people_of


def give_rows(by: Actor, rows: Sequence[ImportRow], known: Rows) -> list[Given]:
    """Write the rows; `is_refused` tells those whose payer refuses, which are then without one."""
    entries = [ledger_entry(row.entry, person, known) for row, person in zip(rows, people_of(rows), strict=True)]
    return give_all(by=by, entries=entries, wishes=[_wish(row) for row in rows])


def is_refused(one: Given) -> bool:
    """Whether the payer that the file names cannot pay."""
    return one.unpaid is Unpaid.NONE_FITS


def _wish(row: ImportRow) -> Wish:
    """The payer of a file has paid: only its rule is asked. A row that names none is left without."""
    payer = row.entry.get("payer")
    return Wish(payer, reason=_("imported"), settled=True) if payer else NOT_ASKED
