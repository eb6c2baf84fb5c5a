"""Changes to the team: accounts, roles, points. Each writes its audit row in the same transaction."""

from .anchoring import anchor_audit
from .members import add_member, end_role, give_role, set_active
from .points import save_hours, save_point
from .resets import ask_reset, confirm_reset, reset_login, withdraw_reset

__all__ = [
    "add_member",
    "anchor_audit",
    "ask_reset",
    "confirm_reset",
    "end_role",
    "give_role",
    "reset_login",
    "save_hours",
    "save_point",
    "set_active",
    "withdraw_reset",
]
