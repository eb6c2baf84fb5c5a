"""Case files, who works on them, and their notes."""

from .cases import CaseFile, CaseMember
from .notes import Note, NoteVersion

__all__ = ["CaseFile", "CaseMember", "Note", "NoteVersion"]
