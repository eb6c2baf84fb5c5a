"""Everything that changes something for the privacy pages. Each function is one decision, written down."""

from .checking import check_chain
from .copies import fetch, gather, keep_pack, throw_away_copies
from .emergency_key import confirm_key, plan_key, withdraw_key
from .erasing import ask_erasure, carry_out, confirm_erasure, withdraw_erasure
from .glass import approve, ask, forget_words, refuse, review
from .releasing import fetch_file, gather_file, keep_file_pack, withhold
from .requests import answer, extend, receive, restrict
from .retention import end_hold, hold, look_over, set_automatic, set_rule

__all__ = [
    "answer",
    "approve",
    "ask",
    "ask_erasure",
    "carry_out",
    "check_chain",
    "confirm_erasure",
    "confirm_key",
    "end_hold",
    "extend",
    "fetch",
    "fetch_file",
    "forget_words",
    "gather",
    "gather_file",
    "hold",
    "keep_file_pack",
    "keep_pack",
    "look_over",
    "plan_key",
    "receive",
    "refuse",
    "restrict",
    "review",
    "set_automatic",
    "set_rule",
    "throw_away_copies",
    "withdraw_erasure",
    "withdraw_key",
    "withhold",
]
