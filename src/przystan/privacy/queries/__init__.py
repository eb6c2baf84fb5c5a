"""Reads of the privacy pages, each for an actor."""

from . import glass
from .chain import chain_state
from .requests import (
    erased,
    holds_of,
    open_requests,
    packs_of,
    person_answered_for,
    register,
    requests_of,
    to_confirm,
    waiting_for,
)

__all__ = [
    "chain_state",
    "erased",
    "glass",
    "holds_of",
    "open_requests",
    "packs_of",
    "person_answered_for",
    "register",
    "requests_of",
    "to_confirm",
    "waiting_for",
]
