"""Reading the ledger and the catalogue. Every query knows the actor."""

from .catalogue import Field, offered, often_asked, services_offered, topics_offered, used_most
from .ledger import (
    Filters,
    Net,
    Slice,
    any_support,
    by_token,
    filtered,
    keyset,
    net,
    of_day,
    of_person,
    open_steps,
    supports,
)

__all__ = [
    "Field",
    "Filters",
    "Net",
    "Slice",
    "any_support",
    "by_token",
    "filtered",
    "keyset",
    "net",
    "of_day",
    "of_person",
    "offered",
    "often_asked",
    "open_steps",
    "services_offered",
    "supports",
    "topics_offered",
    "used_most",
]
