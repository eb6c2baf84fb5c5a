"""Every write about money. Keyword-only, atomic, with `by=` and an audit row in the same transaction."""

from .attribution import withdraw
from .changing import amend, choose_payer, correct
from .given import NOBODY, NOT_ASKED, SUGGESTED, Given, GivenGroup, Unpaid, Wish
from .giving import give, give_all, give_group
from .paying import pay, pay_all
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
    "NOBODY",
    "NOT_ASKED",
    "SUGGESTED",
    "ClosedPeriod",
    "Given",
    "GivenGroup",
    "PaidAlready",
    "PayerRefused",
    "Reallocated",
    "ReasonMissing",
    "Trial",
    "Unpaid",
    "Wish",
    "amend",
    "change_rule",
    "choose_payer",
    "correct",
    "create_programme",
    "found_funder",
    "give",
    "give_all",
    "give_group",
    "keep_indicator",
    "keep_limit",
    "keep_programme",
    "pay",
    "pay_all",
    "reallocate",
    "remove_indicator",
    "remove_limit",
    "take_file",
    "try_move",
    "withdraw",
]
