"""Which requests of the matrix are made in a run: all with MATRIX=full, otherwise one of each kind, drawn by the day.

A kind is an address, an object and a method, and everybody who is the same to them: who must be treated alike, for the
same reason. So each address, each role, each standing and each answer is in every run, and every day asks others.
"""

import os
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from przystan.access.addresses import PUBLIC, STAFF, policy
from przystan.access.rights import rights_of
from tests.harness import seed

from .addresses import ADDRESSES, Address
from .cast import CAST, Card
from .oracle import PLACE, expected, standing

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ASKED = ("GET", "POST")  # what an actor and an object make a difference to
CARDS = {card.name: card for card in CAST}
WHICH = os.environ.get("MATRIX", "")  # "full" before a release; "people,staff" for what is drawn of these modules
FULL = WHICH == "full"
ONLY = frozenset() if FULL else frozenset(filter(None, WHICH.split(",")))


class Request(NamedTuple):
    """`place` of its address in ADDRESSES."""

    card: str
    place: int
    obj: str
    method: str


@cache
def everything() -> list[Request]:
    return [
        Request(card.name, place, obj, method)
        for card in CAST
        for place, address in enumerate(ADDRESSES)
        for obj in address.objects
        for method in METHODS
    ]


@cache
def sample() -> list[Request]:
    """In the order of the addresses."""
    return [seed.one_of(alike, str(kind)) for kind, alike in kinds().items()]


@cache
def kinds() -> dict[tuple[object, ...], list[Request]]:
    """Requests that must end the same way for the same reason."""
    found = defaultdict(list)
    for request in everything():
        card, address = CARDS[request.card], ADDRESSES[request.place]
        found[request.place, request.method, *_reason(card, address, request.method, request.obj)].append(request)
    return found


def _reason(card: Card, address: Address, method: str, obj: str) -> tuple[object, ...]:
    """What must happen and why: whoever is stopped at the door is stopped there whatever it leads to."""
    if method not in ASKED:
        return ()
    ends = expected(card, address, method, obj)
    if stopped(card, address):
        return ends, card.kind
    near = standing(card, obj) if obj in PLACE else f"{obj} case" in card.with_
    return ends, obj, near, card.organisation, card.excluded


def stopped(card: Card, address: Address) -> bool:
    """Whether this actor gets nowhere at the address, whatever it leads to."""
    return bool(card.kind) or policy()[address.name] not in _held(card)


@cache
def _held(card: Card) -> frozenset[object]:
    return rights_of(frozenset(card.roles)) | {PUBLIC, STAFF}


def asked() -> list[Request]:
    if FULL:
        return everything()
    return [one for one in sample() if not ONLY or ADDRESSES[one.place].name.partition(":")[0] in ONLY]


@cache
def by_card() -> dict[str, list[Request]]:
    found = defaultdict(list)
    for request in asked():
        found[request.card].append(request)
    return found
