"""Who works with a person, and who must not see them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.locks import Lock, ours
from przystan.access.models import Glass, User

from ..enums import TeamSource
from ..locks import of_person
from .person import Person


class TeamMember(models.Model):
    """A member of staff who works with a person, from one moment to another: they see what is sensitive."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="team")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("colleague"))
    source = models.CharField(max_length=10, choices=TeamSource)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    glass = models.ForeignKey(Glass, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["user", "person"], include=["starts_at", "ends_at"], name="team_of_user")]
        constraints = [
            models.UniqueConstraint(fields=["person", "user", "source"], name="team_member_once"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="team_ends_after_start"
            ),
        ]

    class Privacy:
        lock = ours("person", "person_id")
        title = _("Who works with the person")
        t0 = "id person by glass"
        t1 = "user source starts_at ends_at"
        t2 = ""
        merge, erase, export = "move", "rows", False
        protect = "keep"
        kept = "all but who protects are let go by the act itself"


class Exclusion(models.Model):
    """Somebody who must not see a person: a relative, a neighbour, a friend of who they fled. Stronger than all."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("who must not see them"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user"], name="excluded_once", violation_error_message=_("They are on the list.")
            )
        ]
        indexes = [models.Index(fields=["user", "person"], name="excluded_user")]

    class Privacy:
        lock = Lock(f"user_id = (SELECT app_uid()) OR {of_person().seen}")
        title = _("Who must not see the person")
        t0 = "id person at by"
        t1 = ""
        t2 = "user"
        merge, erase, export = "move", "rows", False
        protect = "keep"
        kept = "whom they must be hidden from holds on"
