"""Accounts of members of staff."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.kernel.refs import new_ref


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """An account of a member of staff. Rights come from memberships, never from the account."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    full_name = models.CharField(pgettext_lazy("of a person", "name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="pl")
    must_change_password = models.BooleanField(_("has a first password"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        ordering = ["full_name", "id"]

    class Privacy:
        unlocked = "accounts of staff and what opens them: no organisation is known before somebody has logged in"
        t0 = "id ref password last_login is_active must_change_password created_at language"
        t1 = "username full_name email"
        t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
        kept = "an account of staff"

    def __str__(self) -> str:
        return self.full_name
