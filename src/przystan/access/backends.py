"""Checking a password takes the same work whether the account exists, is locked, or has no password."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import get_user_by_username
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string

from .models import User
from .prepared import Blank, Prepared


class Backend(AuthenticationBackend):
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """The account of this user name and password, if it may log in. One hash is computed in every case."""
        username, password = credentials.get("username"), credentials.get("password")
        if not username or not password:
            return None
        user = get_user_by_username(username)
        usable = user is not None and is_password_usable(user.password)
        right = check_password(password, user.password if usable else nobodys())
        return user if usable and right and self.user_can_authenticate(user) else None

    def get_user(self, user_id: int) -> User | None:
        """The account of a session with what every request asks of it, in one query."""
        found = _account(type(self)).rows(  # type: ignore[arg-type]  # a class has a hash
            account=user_id, day=timezone.localdate()
        )
        return found[0] if found and self.user_can_authenticate(found[0]) else None

    def accounts(self, day: Any) -> QuerySet[User]:
        """Accounts with their second steps, as they are on a day."""
        mine = Authenticator.objects.filter(user=OuterRef("pk")).values(pair=JSONObject(id="id", type="type"))
        return User.objects.annotate(factor_rows=ArraySubquery(mine))


@cache
def _account(kind: type[Backend]) -> Prepared:
    return Prepared(lambda: kind().accounts(Blank("day")).filter(pk=Blank("account")))


@cache
def nobodys() -> str:
    """A hash that no password fits, as dear as everybody's."""
    return make_password(get_random_string(40))


def factors_of(user: Any, *, fresh: bool = False) -> dict[int, str]:
    """Second steps of an account: id -> type ("totp", "webauthn", "recovery_codes").

    Those of the moment when the account was read; `fresh`: those of now, in one more query.
    """
    rows = None if fresh else getattr(user, "factor_rows", None)
    if rows is None:
        rows = Authenticator.objects.filter(user_id=user.pk).values("id", "type")
    return {row["id"]: row["type"] for row in rows}
