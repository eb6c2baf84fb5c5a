"""Who works here, with or without an account."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.institutions.models import Institution
from przystan.kernel.refs import new_ref
from przystan.reference.cldr import country_name, language_name
from przystan.reference.models import Dated
from przystan.team.models import Organisation, Point

from ..enums import Level, Skill, Tie
from ..locks import of_worker, of_workers, under_worker


def near(actor: Actor, worker: str = "") -> Q:
    """Condition on rows about workers: the actor's own, and those of whom the actor leads. `worker`: "worker__"."""
    ours = Q(**{f"{worker}organisation_id": actor.organisation_id})
    if actor.leads is None:
        return ours
    return ours & (Q(**{f"{worker}user_id": actor.user_id or 0}) | Q(**{f"{worker}point_id__in": actor.leads}))


class WorkerQuerySet(models.QuerySet["Worker"]):
    def seen_by(self, actor: Actor) -> Self:
        """Whose name and languages the actor may see: those of their points, of all points, and themselves."""
        ours = self.filter(organisation_id=actor.organisation_id, erased_at=None)
        if actor.points is None:
            return ours
        return ours.filter(Q(point_id__in=actor.points) | Q(point=None) | Q(user_id=actor.user_id or 0))

    def near(self, actor: Actor) -> Self:
        """Whose agreements and checks the actor may read: their own, and of those whom they lead."""
        return self.filter(near(actor), erased_at=None)


class Worker(models.Model):
    """Somebody who works here: employed, contracted, as a volunteer, or sent by a partner. Without a point: at all.

    `user`: their account, if they have one; `had_account`: whether they ever had. `told_on`: when they said in which
    countries they lived, and that these are all. `erased_at`: nameless since, and there for the confirmed hours alone.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="workers")
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("point"))
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="worker", editable=False)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    sent_by = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    with_minors = models.BooleanField(_("works with children"), default=False)
    had_account = models.BooleanField(default=False, editable=False)
    told_on = models.DateField(_("said it on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("somebody who works here")
        ordering = ["name", "id"]

    class Privacy:
        lock = of_workers()
        title = _("People who work here")
        t0 = "id ref organisation point user had_account sent_by created_at erased_at"
        t1 = "name phone email with_minors"
        t2 = "told_on"
        merge, erase, export = "move", "fields", True  # merge: of institutions
        protect, kept = "keep", "about somebody who works here, not about who comes"

    def __str__(self) -> str:
        return self.name

    @property
    def logs_in(self) -> bool:
        """Whether their word is given by their account, which a link never stands for: not after it was taken away."""
        return self.user_id is not None or self.had_account

    @property
    def least_tier(self) -> Tier:
        return Tier.T1

    def standing_of(self, actor: Actor) -> Standing:
        """TEAM: themselves. Who works at all points is of every point, and led by who leads all."""
        if self.organisation_id != actor.organisation_id or self.erased_at:
            return Standing.ALIEN
        if self.user_id is not None and self.user_id == actor.user_id:
            return Standing.TEAM
        if actor.leads_at(self.point_id):
            return Standing.LEAD
        return Standing.POINT if self.point_id is None or actor.works_at(self.point_id) else Standing.ELSEWHERE


class OfWorker(models.Model):
    """A row about a worker, for themselves and who leads their point."""

    worker: models.ForeignKey[Worker, Worker]

    class Meta:
        abstract = True

    @property
    def least_tier(self) -> Tier:
        return Tier.T2

    def standing_of(self, actor: Actor) -> Standing:
        return self.worker.standing_of(actor)


class CountryTie(OfWorker):
    """A country whose citizen somebody is, or where they lived. `last_year`: the last one there; empty: still."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="countries")
    country = models.CharField(_("country"), max_length=2)
    tie = models.CharField(_("what it is to them"), max_length=8, choices=Tie, default=Tie.CITIZEN)
    last_year = models.PositiveSmallIntegerField(_("last year there"), null=True, blank=True)

    class Meta:
        ordering = ["tie", "country", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "country", "tie"],
                name="staff_country_once",
                violation_error_message=_("This is there already."),
            )
        ]

    class Privacy:
        lock = of_worker(decides=True)
        title = _("Countries of people who work here")
        t0 = "id worker"
        t1 = ""
        t2 = "country tie last_year"
        merge, erase, export = "keep", "rows", True
        protect, kept = "keep", "about somebody who works here, not about who comes"

    @property
    def country_name(self) -> str:
        """In the page's language."""
        return country_name(self.country)


class WorkerLanguage(models.Model):
    """What somebody does in a language, and how well."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=8)
    skill = models.CharField(_("what they do"), max_length=12, choices=Skill, default=Skill.SPEAKS)
    level = models.CharField(_("level"), max_length=8, choices=Level, blank=True)

    class Meta:
        ordering = ["worker", "language", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "language", "skill"],
                name="staff_language_once",
                violation_error_message=_("This is there already."),
            )
        ]

    class Privacy:
        lock = under_worker()
        title = _("Languages of people who work here")
        t0 = "id worker"
        t1 = "language skill level"
        t2 = ""
        merge, erase, export = "keep", "rows", True
        protect, kept = "keep", "about somebody who works here, not about who comes"

    @property
    def language_name(self) -> str:
        """In the page's language."""
        return language_name(self.language)


class Availability(Dated):
    """When somebody can be asked, in a few words."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="availability")
    words = models.CharField(_("when"), max_length=200)

    class Meta(Dated.Meta):
        ordering = ["worker", "valid_from", "id"]

    class Privacy:
        lock = under_worker()
        title = _("Availability of people who work here")
        t0 = "id worker"
        t1 = "words valid_from valid_to"
        t2 = ""
        merge, erase, export = "keep", "rows", True
        protect, kept = "keep", "about somebody who works here, not about who comes"
