"""The one way to log what was given: into the ledger, with its people, and with who pays. Both or neither."""

from collections.abc import Sequence

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.support import actions as ledger
from przystan.support.rules import Entry

from .given import SUGGESTED, Given, GivenGroup, Wish
from .paying import pay_all


@transaction.atomic(savepoint=False)
def give(*, by: Actor, entry: Entry, payer: str | None = None, reason: str = "") -> Given:
    """Write a support (or an anonymous contact) and who pays for it.

    `payer`: reference of a programme, "" for nobody, None for the one that is suggested, if any. Raises what
    `give_all` raises.
    """
    return give_all(by=by, entries=[entry], wishes=[Wish(payer, reason)])[0]


@transaction.atomic(savepoint=False)
def give_all(*, by: Actor, entries: Sequence[Entry], wishes: Sequence[Wish]) -> list[Given]:
    """Write entries in the order given, each with the payer of its wish: a series, an import. All or none.

    Raises what `support.actions.record_all` and `pay_all` raise. No savepoint: after a refusal the surrounding
    transaction is over, unless you opened `scope.all_or_nothing()` or `atomic()` around the call.
    """
    with audit.together():
        recorded = ledger.record_all(by=by, entries=entries)
        return pay_all(by=by, recorded=recorded, wishes=wishes)


@transaction.atomic(savepoint=False)
def give_group(*, by: Actor, entry: Entry, title: str = "") -> GivenGroup:
    """Write a group as a gathering with a support for each person; each support gets the payer suggested for it.

    As many statements for ten people as for one. Raises what `give_all` raises.
    """
    with audit.together():
        gathering, recorded = ledger.record_group(by=by, entry=entry, title=title)
        given = pay_all(by=by, recorded=recorded, wishes=[SUGGESTED] * len(recorded))
    return GivenGroup(gathering, tuple(given))
