"""The one way to log what was given: into the ledger, with its people, and with who pays. Both or neither."""

from collections.abc import Sequence
from itertools import islice

from django.db import transaction

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.support import actions as ledger
from przystan.support.rules import Entry, Group

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


def give_group(*, by: Actor, entry: Entry, title: str = "") -> GivenGroup:
    """Write a group as a gathering with a support for each person; each support gets the payer suggested for it.

    As many statements for ten people as for one. Raises what `give_all` raises.
    """
    return give_groups(by=by, groups=[Group(entry=entry, title=title)])[0]


@transaction.atomic(savepoint=False)
def give_groups(*, by: Actor, groups: Sequence[Group], wish: Wish = SUGGESTED) -> list[GivenGroup]:
    """Write groups, in the order given, with as many statements for a year of lessons as for one; each support gets its
    payer by the wish. Raises what `give_all` raises.
    """
    with audit.together():
        written = ledger.record_groups(by=by, groups=groups)
        recorded = [one for _gathering, some in written for one in some]
        given = iter(pay_all(by=by, recorded=recorded, wishes=[wish] * len(recorded)))
    return [GivenGroup(gathering, tuple(islice(given, len(some)))) for gathering, some in written]
