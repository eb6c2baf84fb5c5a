"""Requests of people about their data, copies for them, erasures, rules of retention, and checks of the audit log."""

from .checks import ChainCheck
from .erasures import Erasure
from .notices import Notice, NoticeText
from .packs import Pack
from .releases import Release
from .requests import SubjectRequest
from .retention import LegalHold, RetentionRule

__all__ = [
    "ChainCheck",
    "Erasure",
    "LegalHold",
    "Notice",
    "NoticeText",
    "Pack",
    "Release",
    "RetentionRule",
    "SubjectRequest",
]
