"""What is said about files and rows, by code."""

from .counts import would_do
from .fields import field_word, list_word
from .files import FILES, file_trouble, noted, notes, trouble
from .rows import PROBLEMS, REMARKS, problem

__all__ = [
    "FILES",
    "PROBLEMS",
    "REMARKS",
    "field_word",
    "file_trouble",
    "list_word",
    "noted",
    "notes",
    "problem",
    "trouble",
    "would_do",
]
