"""Forms of the privacy pages; actions do the writing."""

from .glass import AskAnyForm, AskForm, ReviewForm
from .log import LogForm
from .rights import AnswerForm, CopyForm, ExtendForm, HoldForm, RequestForm, RuleForm

__all__ = [
    "AnswerForm",
    "AskAnyForm",
    "AskForm",
    "CopyForm",
    "ExtendForm",
    "HoldForm",
    "LogForm",
    "RequestForm",
    "ReviewForm",
    "RuleForm",
]
