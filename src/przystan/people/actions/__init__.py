"""Every write about people. Keyword-only, atomic, with `by=` and an audit row in the same transaction."""

from .asking import set_signers
from .consents import answer, remove_consent, remove_guardian, withdraw
from .contacts import keep_channel
from .doubles import look_through
from .facts import end, keep, remove
from .families import Relative, register_family
from .households import found_household, live_together, relate
from .identity import change_identity
from .merging import merge, undo_merge
from .names import keep_name, remove_name, respell_if_older
from .pairs import mark_different, suspect
from .protecting import drop_protector, identity_of, name_protector, protect, unprotect
from .registration import Newcomer, NewName, NewTitle, described, register
from .teams import KEPT, Admission, admission, exclude, join, keep_working, let_go, name, readmit
from .titles import keep_title

__all__ = [
    "KEPT",
    "Admission",
    "NewName",
    "NewTitle",
    "Newcomer",
    "Relative",
    "admission",
    "answer",
    "change_identity",
    "described",
    "drop_protector",
    "end",
    "exclude",
    "found_household",
    "identity_of",
    "join",
    "keep",
    "keep_channel",
    "keep_name",
    "keep_title",
    "keep_working",
    "let_go",
    "live_together",
    "look_through",
    "mark_different",
    "merge",
    "name",
    "name_protector",
    "protect",
    "readmit",
    "register",
    "register_family",
    "relate",
    "remove",
    "remove_consent",
    "remove_guardian",
    "remove_name",
    "respell_if_older",
    "set_signers",
    "suspect",
    "undo_merge",
    "unprotect",
    "withdraw",
]
