"""Requests of people about their data, copies for them, erasures, rules of retention, and checks of the audit log."""

from .checks import ChainCheck
from .erasures import Erasure
from .packs import Pack
from .releases import Release
from .requests import SubjectRequest
from .retention import LegalHold, RetentionRule

__all__ = ["ChainCheck", "Erasure", "LegalHold", "Pack", "Release", "RetentionRule", "SubjectRequest"]
