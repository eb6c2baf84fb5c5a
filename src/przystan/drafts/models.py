"""Drafts: what somebody has typed into a form and not saved yet, for nobody but them."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.fields import SealedTextField
from przystan.access.locks import mine
from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref
from przystan.team.models import Organisation

TIERS = (Tier.T2, Tier.T3, Tier.T4)  # what is ordinary is closed as what is sensitive: words are words


def digest(words: str) -> str:
    """32 characters that stand for an address or a reference; only who has the server's secret makes them."""
    return salted_hmac("przystan.drafts", words).hexdigest()[:32]


def _holder(row: "Draft") -> tuple[int, str]:
    """Itself: its key goes with it, so what was thrown away opens nowhere, in backups neither."""
    return row.organisation_id, row.ref


def _tier(row: "Draft") -> Tier:
    return Tier(row.tier)


class DraftQuerySet(models.QuerySet["Draft"]):
    def seen_by(self, actor: Actor) -> Self:
        """One's own only."""
        return self.filter(organisation_id=actor.organisation_id, by_id=actor.user_id, by__isnull=False)

    def waiting(self) -> Self:
        """Those whose form was not saved."""
        return self.filter(over=False)


class Draft(models.Model):
    """`form`: a digest of the address that the form is sent to; `about`: digests of the references in it, so that the
    database alone does not tell whom somebody wrote of. `tier`: of what the form would write. `turn`: how often it was
    kept; a window that knows another one writes a draft of its own. `over`: what was typed is saved; what a page still
    sends of it comes too late. `content`: the fields as JSON {name and turn: value, list of values or tick}.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    form = models.CharField(max_length=32)
    about = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    tier = models.PositiveSmallIntegerField(default=Tier.T2)
    turn = models.PositiveIntegerField(default=1)
    over = models.BooleanField(default=False)
    content = SealedTextField(holder=_holder, tier=_tier)
    at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("what was typed and not saved")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["by", "form"], name="drafts_of_form")]
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=[int(one) for one in TIERS]), name="draft_is_sealed")
        ]

    class Privacy:
        lock = mine()
        t0 = "id ref organisation by form tier turn over at"
        t1 = "about"
        t2 = "content"
        merge, erase, export = "keep", "rows", False
        protect = "keep"
        kept = "gone, where it names who is erased or protected: `access.copies`"

    def __str__(self) -> str:
        return self.ref
