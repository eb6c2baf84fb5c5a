"""Reading links, for staff and for who holds one."""

from .handing import Invitation, invitation, reminding
from .held import asked
from .mine import Line, lines, link_seen, mine, on_today

__all__ = ["Invitation", "Line", "asked", "invitation", "lines", "link_seen", "mine", "on_today", "reminding"]
