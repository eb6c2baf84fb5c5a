"""Changes to the team: accounts, roles, points. Each writes its audit row in the same transaction."""

from .anchoring import anchor_audit
from .inviting import accept, confirm_invited, invite
from .members import add_member, set_active
from .points import save_hours, save_point
from .resets import ask_reset, confirm_reset, reset_login, withdraw_reset
from .roles import confirm_role, end_role, give_role, refuse_role

__all__ = [
    "accept",
    "add_member",
    "anchor_audit",
    "ask_reset",
    "confirm_invited",
    "confirm_reset",
    "confirm_role",
    "end_role",
    "give_role",
    "invite",
    "refuse_role",
    "reset_login",
    "save_hours",
    "save_point",
    "set_active",
    "withdraw_reset",
]
