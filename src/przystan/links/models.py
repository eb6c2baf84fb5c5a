"""A link: that something is asked of somebody, never of whom. That stands with whoever asks."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref
from przystan.team.models import Organisation

from .enums import LinkState
from .locks import of_links, of_reminders

MOST_WRONG_CODES = 5  # after which a link leads nowhere until it is made anew


class LinkQuerySet(models.QuerySet["Link"]):
    def seen_by(self, actor: Actor) -> Self:
        """Those of the actor's organisation; to who holds one, that one. They tell nothing of anybody."""
        if actor.held:
            return self.filter(digest=actor.held)
        return self.filter(organisation_id=actor.organisation_id)

    def waiting(self, now: datetime | None = None) -> Self:
        """Those that can still be answered, as `is_open` says."""
        return self.filter(
            revoked_at=None,
            silent_at=None,
            used__lt=F("uses"),
            wrong_codes__lt=MOST_WRONG_CODES,
            expires_at__gt=now or timezone.now(),
        )


class Link(models.Model):
    """`purpose` is what may be done by it (`links.purposes`), `language` the one it was sent in.

    The module that asks keeps a row with a key to this one: whom it asks, what about, what they said.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=60)
    language = models.CharField(_("language"), max_length=3)
    digest = models.CharField(max_length=64, unique=True)  # of the token: nobody can make the address from it
    code = models.CharField(max_length=64, blank=True)  # a digest, too
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    uses = models.PositiveSmallIntegerField(default=1)
    used = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    silent_at = models.DateTimeField(_("no answer"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["by", "-made_at"], name="link_of_maker"),
            models.Index(
                fields=["expires_at"],
                name="link_open",
                condition=Q(revoked_at=None, silent_at=None, used__lt=F("uses")),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(used__lte=F("uses")), name="link_used_no_more_than_allowed"),
            models.CheckConstraint(
                condition=Q(used=0, answered_at=None) | Q(used__gt=0, answered_at__isnull=False),
                name="link_answered_both_or_none",
            ),
            models.CheckConstraint(condition=Q(silent_at=None) | Q(used=0), name="link_silent_or_answered"),
        ]

    class Privacy:
        lock = of_links()
        t0 = (
            "id ref organisation purpose language digest code wrong_codes uses used by made_at expires_at opened_at"
            " answered_at silent_at revoked_at revoked_by"
        )
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"
        parted = "przystan.links.actions.lead_nowhere"

    def __str__(self) -> str:
        return self.ref

    @property
    def least_tier(self) -> Tier:
        return Tier.T0

    def standing_of(self, actor: Actor) -> Standing:
        if actor.held:
            return Standing.BEARER if actor.held == self.digest else Standing.ALIEN
        return Standing.ELSEWHERE if actor.organisation_id == self.organisation_id else Standing.ALIEN

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        ended = self.revoked_at or self.silent_at or self.used >= self.uses or self.is_locked
        return not ended and self.expires_at > timezone.now()

    @property
    def says_thanks(self) -> bool:
        """Whether its page thanks for an answer: as long as the link would have worked."""
        return bool(self.used) and not self.revoked_at and self.expires_at > timezone.now()

    @property
    def is_locked(self) -> bool:
        """Whether a wrong code was typed too often."""
        return self.wrong_codes >= MOST_WRONG_CODES

    @property
    def state(self) -> LinkState:
        """What is known of it. Past its time without an answer it still waits, until a job has said so."""
        if self.used:
            return LinkState.ANSWERED
        if self.revoked_at:
            return LinkState.REVOKED
        if self.silent_at:
            return LinkState.SILENT
        return LinkState.OPENED if self.opened_at else LinkState.WAITING


class Reminder(models.Model):
    """That somebody should be reminded, made by a job. `done_at`: it was sent by hand, or is not needed any more."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    link = models.ForeignKey(Link, models.CASCADE, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("sent"), null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("reminder")
        ordering = ["due_at", "id"]
        constraints = [models.UniqueConstraint(fields=["link", "number"], name="reminder_once")]

    class Privacy:
        lock = of_reminders()
        t0 = "id ref link number due_at done_at done_by"
        t1 = t2 = ""
        merge, erase, export = "keep", "keep", False
        protect = "keep"


@dataclass(frozen=True)
class Made:
    """A link with what opens it: shown once, to who made it. `code` is "" where the purpose asks for none."""

    link: Link
    token: str = field(repr=False)
    code: str = field(default="", repr=False)
