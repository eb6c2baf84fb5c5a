"""Writing about people who work here. Each action leaves its audit row in the same transaction."""

from .asking import ask_to_confirm, confirm_by_link
from .hours import Spent, confirm_hour, note_hour, take_back_hour
from .papers import add_agreement, add_proof, end_agreement, strike_agreement, strike_proof
from .rules import ask_rule, confirm_rule, withdraw_rule
from .workers import join_account, save_availability, save_countries, save_languages, save_worker

__all__ = [
    "Spent",
    "add_agreement",
    "add_proof",
    "ask_rule",
    "ask_to_confirm",
    "confirm_by_link",
    "confirm_hour",
    "confirm_rule",
    "end_agreement",
    "join_account",
    "note_hour",
    "save_availability",
    "save_countries",
    "save_languages",
    "save_worker",
    "strike_agreement",
    "strike_proof",
    "take_back_hour",
    "withdraw_rule",
]
