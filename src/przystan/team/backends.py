"""An account of a session comes with its roles of today."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from przystan.access import backends
from przystan.access.models import User

from .models import Membership

HELD = ("organisation_id", "point_id", "role")


class Backend(backends.Backend):
    def accounts(self) -> QuerySet[User]:
        """Accounts with second steps and roles."""
        mine = Membership.objects.on(timezone.localdate()).filter(user=OuterRef("pk")).order_by("id")
        return super().accounts().annotate(role_rows=ArraySubquery(mine.values(row=JSONObject(**{n: n for n in HELD}))))
