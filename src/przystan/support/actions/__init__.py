"""The one door into the ledger and the catalogue."""

from .amending import amend, remove
from .booking import record, record_all, record_groups
from .catalogue import retire, save_line, save_service, save_topic
from .confirming import confirm_given
from .correcting import correct
from .steps import complete_step, complete_steps, reopen_step
from .taking_out import take_out
from .writing import Recorded

__all__ = [
    "Recorded",
    "amend",
    "complete_step",
    "complete_steps",
    "confirm_given",
    "correct",
    "record",
    "record_all",
    "record_groups",
    "remove",
    "reopen_step",
    "retire",
    "save_line",
    "save_service",
    "save_topic",
    "take_out",
]
