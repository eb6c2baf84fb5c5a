"""Forms of the privacy pages; actions do the writing."""

from .escrow import EscrowForm
from .glass import AskAnyForm, AskForm, ReviewForm
from .log import LogForm
from .rights import (
    AnswerForm,
    CopyForm,
    ExtendForm,
    FileCopyForm,
    HoldForm,
    RequestForm,
    RuleForm,
    WithholdForm,
)

__all__ = [
    "AnswerForm",
    "AskAnyForm",
    "AskForm",
    "CopyForm",
    "EscrowForm",
    "ExtendForm",
    "FileCopyForm",
    "HoldForm",
    "LogForm",
    "RequestForm",
    "ReviewForm",
    "RuleForm",
    "WithholdForm",
]
