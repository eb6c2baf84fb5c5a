"""Accounts, the audit chain, keys, and broken glass."""

from .accounts import User, UserManager
from .audit import AuditAnchor, AuditEntry, AuditHead
from .backups import BackupPlan, BackupRun
from .earlier import Before
from .glass import Glass, GlassApproval
from .keys import DataKey, Escrow, EscrowWrap, KeyWrap, PasskeyWrap, UserKey

__all__ = [
    "AuditAnchor",
    "AuditEntry",
    "AuditHead",
    "BackupPlan",
    "BackupRun",
    "Before",
    "DataKey",
    "Escrow",
    "EscrowWrap",
    "Glass",
    "GlassApproval",
    "KeyWrap",
    "PasskeyWrap",
    "User",
    "UserKey",
    "UserManager",
]
