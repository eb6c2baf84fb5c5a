"""Reading about people who work here. Other modules need `may_be_assigned`, `assignments` and `require_assignable`."""

from .gate import Assignment, answers, assignments, may_be_assigned, require_assignable
from .hours import month_of, to_confirm, total_of
from .workers import agreements_on, leads, mine, workers
from .worklist import Due, due

__all__ = [
    "Assignment",
    "Due",
    "agreements_on",
    "answers",
    "assignments",
    "due",
    "leads",
    "may_be_assigned",
    "mine",
    "month_of",
    "require_assignable",
    "to_confirm",
    "total_of",
    "workers",
]
