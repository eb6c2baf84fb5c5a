"""Every write about money. Keyword-only, atomic, with `by=` and an audit row in the same transaction."""

from .attribution import attribute, copy_allocation, withdraw
from .programmes import (
    create_programme,
    found_funder,
    keep_indicator,
    keep_limit,
    keep_programme,
    remove_indicator,
    remove_limit,
    take_file,
)
from .reallocation import Reallocated, Trial, reallocate, try_move
from .refusals import ClosedPeriod, PaidAlready, PayerRefused, ReasonMissing
from .rules import change_rule

__all__ = [
    "ClosedPeriod",
    "PaidAlready",
    "PayerRefused",
    "Reallocated",
    "ReasonMissing",
    "Trial",
    "attribute",
    "change_rule",
    "copy_allocation",
    "create_programme",
    "found_funder",
    "keep_indicator",
    "keep_limit",
    "keep_programme",
    "reallocate",
    "remove_indicator",
    "remove_limit",
    "take_file",
    "try_move",
    "withdraw",
]
