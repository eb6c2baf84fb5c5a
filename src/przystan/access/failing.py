"""Logins that failed: noted while a form is checked, written to the audit log when the request has ended.

What was typed is never noted: a password is often typed where the user name belongs.
"""

from enum import StrEnum
from typing import Any

from django.http import HttpRequest

from .models import User


class Way(StrEnum):
    """What was not right, as the audit log calls it."""

    PASSWORD = "account.wrong_password"  # noqa: S105
    CODE = "account.wrong_code"
    PASSKEY = "account.wrong_passkey"
    FILES = "key.wrong"


def note(request: Any, way: Way, user: Any = None) -> None:
    """A try failed. `user`: the account it was for; None when there is none of that name."""
    request.failed = (way, user or User(ref=""))


def noted(request: HttpRequest) -> tuple[Way, User] | None:
    """What failed in this request."""
    return getattr(request, "failed", None)
