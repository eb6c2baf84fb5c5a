"""An account of a session comes with its roles of today."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from przystan.access import backends
from przystan.access.models import User

from .models import Membership

HELD = ("organisation_id", "point_id", "role")


class Backend(backends.Backend):
    def accounts(self, day: Any) -> QuerySet[User]:
        """Accounts with second steps and roles."""
        mine = Membership.objects.on(day).filter(user=OuterRef("pk")).order_by("id")
        return (
            super().accounts(day).annotate(role_rows=ArraySubquery(mine.values(row=JSONObject(**{n: n for n in HELD}))))
        )
