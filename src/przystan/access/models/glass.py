"""Broken glass: access beyond one's own, for a few hours, with a reason, and looked at afterwards."""

from dataclasses import replace

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from przystan.access.locks import SYSTEM, own, same, signed, under
from przystan.kernel.refs import new_ref

from .accounts import User

ONES_OWN = "EXISTS (SELECT 1 FROM access_glass g WHERE g.id = glass_id AND g.user_id = by_id)"


class Category(models.TextChoices):
    DANGER = "danger", _("danger to life or health")
    DEADLINE = "deadline", _("a legal deadline")
    ABSENCE = "absence", _("the person in charge is absent")
    IS_HERE = "is_here", _("the person is here and asks for it")
    REQUEST = "request", _("a request of a court or an authority")


class Glass(models.Model):
    """One request to see what is not one's own. `until` is set when it opens, four hours ahead.

    Tier 2 opens at once and by oneself; tiers 3 and 4 when another person has approved. The reason is sealed
    (holder: this `ref`).
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation_id = models.BigIntegerField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    model = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=40)
    tier = models.PositiveSmallIntegerField()
    category = models.CharField(_("why"), max_length=10, choices=Category)
    reason = models.BinaryField()
    asked_at = models.DateTimeField(auto_now_add=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    justified = models.BooleanField(null=True, blank=True)
    review_note = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("emergency look")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organisation_id", "-asked_at"], name="glass_open", condition=Q(reviewed_at=None))
        ]
        constraints = [
            models.CheckConstraint(condition=Q(tier__gte=2), name="glass_tier"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")), name="glass_reviewed_by_another"
            ),
        ]

    class Privacy:
        # Looked at afterwards by another, and opened by who asked only where it opens at once.
        lock = own(
            changed=(
                f"{SYSTEM} OR ({signed('reviewed_by_id', 'user_id', at='reviewed_at')}"
                " AND (NEW.user_id IS DISTINCT FROM app_uid()"
                f" OR ({same('tier')} AND ({same('opened_at')} OR OLD.tier = 2))))"
            )
        )
        t0 = (
            "id ref organisation_id user model object_ref tier category asked_at refused_at opened_at until"
            " reviewed_at reviewed_by justified"
        )
        t1 = ""
        t2 = "reason review_note"
        merge, erase, export = "keep", "keep", False
        protect = "named"
        sealed = "object_ref"  # as somebody typed it


class GlassApproval(models.Model):
    """A second person's yes. `released`: what their half of the escrow opened, closed again for who comes next."""

    glass = models.ForeignKey(Glass, models.CASCADE, related_name="approvals")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    released = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["glass", "by"], name="glass_approved_once")]

    class Privacy:
        lock = replace(
            under("access_glass", "glass_id"),
            added=f"{SYSTEM} OR (by_id = (SELECT app_uid()) AND NOT ({ONES_OWN}))",
            changed=f"{SYSTEM} OR ({same('glass_id', 'by_id')})",
        )
        t0 = "id glass by at released"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
