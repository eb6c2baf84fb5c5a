"""What makes an invitation: a token that opens once, and the code by which two know each other."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare, salted_hmac

from przystan.access.models import User

DIGITS = 6


class _Tokens(PasswordResetTokenGenerator):
    """Good until the account has a password of its own, at most for `PASSWORD_RESET_TIMEOUT`. Kept nowhere."""

    key_salt = "przystan.team.invitation"


tokens = _Tokens()


def code_of(user: User) -> str:
    """Six digits that belong to the password which the account has now."""
    digest = salted_hmac("przystan.team.code", f"{user.pk}:{user.password}", algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 10**DIGITS:0{DIGITS}}"


def is_code(user: User, typed: str) -> bool:
    """Whether somebody typed this account's code; spaces do not matter."""
    return user.has_usable_password() and constant_time_compare(code_of(user), "".join(typed.split()))
