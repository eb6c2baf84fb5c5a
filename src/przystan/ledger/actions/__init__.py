"""What is done alike in both ledgers."""

from .correcting import counter_entry
from .periods import close_period, to_close
from .refusals import ChangedMeanwhile, ClosedPeriod, LoggedAlready, constraint_of, in_words

__all__ = [
    "ChangedMeanwhile",
    "ClosedPeriod",
    "LoggedAlready",
    "close_period",
    "constraint_of",
    "counter_entry",
    "in_words",
    "to_close",
]
