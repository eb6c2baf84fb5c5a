"""Reads of the privacy pages, each for an actor."""

from . import glass
from .chain import chain_state
from .emergency_key import key_in_force, key_planned
from .releasing import asked_of, files_asked_for, packs_of_file, release_of, withheld
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
    "asked_of",
    "chain_state",
    "erased",
    "files_asked_for",
    "glass",
    "holds_of",
    "key_in_force",
    "key_planned",
    "open_requests",
    "packs_of",
    "packs_of_file",
    "person_answered_for",
    "register",
    "release_of",
    "requests_of",
    "to_confirm",
    "waiting_for",
    "withheld",
]
