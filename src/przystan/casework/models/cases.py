"""A case file: one matter of one person, open to its team alone."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.conditions import Condition
from przystan.access.decisions import Standing
from przystan.access.fields import SealedTextField
from przystan.access.history import History
from przystan.access.locks import OURS, SOMEBODY, Lock, own
from przystan.access.models import Glass, User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.team.models import Organisation, Point

from ..enums import TIERS, CaseKind, MemberRole


class OnTheTeam(Condition):
    """Whether an account is on the team of a file at a moment. Values: account, moment, moment."""

    sql = (
        "EXISTS (SELECT 1 FROM casework_casemember m WHERE m.case_id = {} AND m.user_id = %s"
        " AND m.starts_at <= %s AND (m.ends_at IS NULL OR m.ends_at > %s))"
    )


class CaseQuerySet(models.QuerySet["CaseFile"]):
    def seen_by(self, actor: Actor) -> Self:
        """Files whose team the actor is in, about people they may know of; for others they do not exist."""
        now, people = timezone.now(), Person.objects.seen_by(actor).filter(pk=OuterRef("person"))
        mine = OnTheTeam("pk", actor.user_id or 0, now, now)
        return self.filter(mine, Exists(people), organisation_id=actor.organisation_id)


class CaseFile(models.Model):
    """One matter. Title and notes are sealed: by the centre's key (tier 2), by keys of its team (tiers 3 and 4)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name=_("point"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    kind = models.CharField(_("kind"), max_length=12, choices=CaseKind)
    title = SealedTextField(
        _("title"), max_length=120, holder=lambda case: (case.organisation_id, case.ref), tier=lambda case: case.tier
    )
    opened_on = models.DateField(_("opened on"), default=timezone.localdate)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    in_escrow = models.BooleanField(default=True)  # a lawyer may keep a file out of the emergency key, for good
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CaseQuerySet.as_manager()
    team_of: int | None = None  # whose `seen_by` this very row came through
    closed_to: int | None = None  # whose `seen_by` it was not in

    class Meta:
        verbose_name = _("case file")
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["person", "-opened_on"], name="case_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="case_closed_after_opened",
                violation_error_message=_("A case cannot be closed before it was opened."),
            )
        ]

    class Privacy:
        lock = own("app_in_case(id)")
        history = History("casework_casebefore", "id", on="UPDATE")
        title = _("Case files")
        t0 = "id ref organisation point created_at created_by in_escrow"
        t1 = ""
        t2 = "person kind title opened_on closed_on"
        merge, erase, export = "move", "rows", True
        protect = "own"
        forget = "przystan.casework.actions.protecting.keep_led"

    def __str__(self) -> str:
        return self.ref

    @property
    def tier(self) -> Tier:
        """How secret the file is."""
        return TIERS[CaseKind(self.kind)]

    @property
    def least_tier(self) -> Tier:
        """Even that there is a file tells something."""
        return self.tier

    def standing_of(self, actor: Actor) -> Standing:
        """TEAM for its members, EXCLUDED for those on the person's list; leading a point opens no file."""
        if self.organisation_id != actor.organisation_id:
            return Standing.ALIEN
        if self.team_of is not None and self.team_of == actor.user_id:
            return Standing.TEAM
        if self.person.standing_of(actor) is Standing.EXCLUDED:
            return Standing.EXCLUDED
        if self.closed_to != actor.user_id and type(self).objects.seen_by(actor).filter(pk=self.pk).exists():
            return Standing.TEAM
        return Standing.POINT if actor.works_at(self.point_id) else Standing.ELSEWHERE


class CaseMember(models.Model):
    """Somebody who works on a case, from one moment to another."""

    case = models.ForeignKey(CaseFile, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("colleague"))
    role = models.CharField(_("role"), max_length=8, choices=MemberRole, default=MemberRole.WORKS)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    glass = models.ForeignKey(Glass, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["user", "case"], name="case_team_of_user")]
        constraints = [
            models.UniqueConstraint(fields=["case", "user", "role"], name="case_member_once"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="case_member_ends_after_start"
            ),
        ]

    class Privacy:
        lock = Lock(
            f"{SOMEBODY} AND (user_id = (SELECT app_uid()) OR {OURS.format('case', 'case_id')})", SOMEBODY
        )  # who leads a new file is written before the file itself
        title = _("Who works on case files")
        t0 = "id case by glass"
        t1 = ""
        t2 = "user role starts_at ends_at"
        merge, erase, export = "keep", "rows", False
        protect = "keep"
        kept = "whoever is named for the person finds their files as they left them"
