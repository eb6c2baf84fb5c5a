"""Reads of reports. Every one knows the actor."""

from .figures import (
    Cell,
    Cells,
    Line,
    Part,
    adds_up,
    at_risk,
    cells,
    indicator_seen,
    labels,
    parts,
    programme_seen,
    span_of,
)
from .protected import LeftOut, left_out
from .tables import Report, Row, Sheet, name_of, report_of, sheets

__all__ = [
    "Cell",
    "Cells",
    "LeftOut",
    "Line",
    "Part",
    "Report",
    "Row",
    "Sheet",
    "adds_up",
    "at_risk",
    "cells",
    "indicator_seen",
    "labels",
    "left_out",
    "name_of",
    "parts",
    "programme_seen",
    "report_of",
    "sheets",
    "span_of",
]
