"""Reading case files, given the actor."""

from .cases import PersonCases, case_seen, cases_of, my_cases, noted
from .copying import leads, whole
from .notes import current_notes, note_of, note_versions
from .team import looks_at, members_of, nameable, roles_in
from .texts import Text, text_of

__all__ = [
    "PersonCases",
    "Text",
    "case_seen",
    "cases_of",
    "current_notes",
    "leads",
    "looks_at",
    "members_of",
    "my_cases",
    "nameable",
    "note_of",
    "note_versions",
    "noted",
    "roles_in",
    "text_of",
    "whole",
]
