"""Case files, who works on them, and their notes."""

from .cases import CaseFile, CaseMember
from .history import CaseBefore
from .notes import Note, NoteVersion

__all__ = ["CaseBefore", "CaseFile", "CaseMember", "Note", "NoteVersion"]
