"""Every write about money. Keyword-only, atomic, with `by=` and an audit row in the same transaction."""

from .attribution import withdraw
from .changing import amend, choose_payer, correct
from .given import NOBODY, NOT_ASKED, SUGGESTED, Given, GivenGroup, Unpaid, Wish
from .giving import give, give_all, give_group, give_groups
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
from .results import Noted, amend_result, choose_result_payer, correct_result, note_result, note_results
from .rules import change_rule

__all__ = [
    "NOBODY",
    "NOT_ASKED",
    "SUGGESTED",
    "ClosedPeriod",
    "Given",
    "GivenGroup",
    "Noted",
    "PaidAlready",
    "PayerRefused",
    "Reallocated",
    "ReasonMissing",
    "Trial",
    "Unpaid",
    "Wish",
    "amend",
    "amend_result",
    "change_rule",
    "choose_payer",
    "choose_result_payer",
    "correct",
    "correct_result",
    "create_programme",
    "found_funder",
    "give",
    "give_all",
    "give_group",
    "give_groups",
    "keep_indicator",
    "keep_limit",
    "keep_programme",
    "note_result",
    "note_results",
    "pay",
    "pay_all",
    "reallocate",
    "remove_indicator",
    "remove_limit",
    "take_file",
    "try_move",
    "withdraw",
]
