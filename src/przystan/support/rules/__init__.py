"""Rules of the ledger, in plain Python."""

from .entries import Effort, Entry, Flaw, Group, flaws

__all__ = ["Effort", "Entry", "Flaw", "Group", "flaws"]
