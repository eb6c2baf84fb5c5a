"""Forms about programmes. They check shapes; the actions decide and write."""

from .moving import MoveForm
from .programmes import FileForm, IndicatorForm, LimitForm, ProgrammeForm

__all__ = [
    "FileForm",
    "IndicatorForm",
    "LimitForm",
    "MoveForm",
    "ProgrammeForm",
]
