"""What the bearer of a link may read: the one row that asks."""

from typing import TypeVar

from django.db.models import Model

from przystan.access.actors import Actor
from przystan.access.decisions import decide

from ..rights import LINK_ANSWER

Row = TypeVar("Row", bound=Model)


def asked(by: Actor, model: type[Row]) -> Row | None:
    """The row of `model` with a key `link` to the link that `by` holds; None where the table of decisions says no.

    What the row is to a bearer its `standing_of` says.
    """
    row = model._default_manager.filter(link__digest=by.held).first() if by.held else None
    return row if row and decide(by, LINK_ANSWER, row).allowed else None
