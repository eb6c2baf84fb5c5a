"""What people are told about their data when it is collected (Art. 13 of the GDPR), and that they have read it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.access.tiers import ForAll, Tier
from przystan.kernel.refs import new_ref
from przystan.links.locks import or_held
from przystan.links.models import Link
from przystan.people.locks import of_person
from przystan.people.models import Person
from przystan.reference.models import Dated, translated


class NoticeText(Dated):
    """A version of the information; `bodies` by language. A new wording is a new version, never an edit."""

    version = models.PositiveSmallIntegerField(unique=True)
    bodies = models.JSONField(default=dict)

    class Meta(Dated.Meta):
        ordering = ["-version"]

    class Privacy(ForAll):
        t0 = "id version bodies valid_from valid_to"

    @property
    def body(self) -> str:
        """The text in the language of the page, or the first there is."""
        return translated(self.bodies)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def seen_by(self, actor: Actor) -> Self:
        """Of people whose page the actor may open; to who holds a link, the row that it asks about."""
        if actor.held:
            return self.filter(link__digest=actor.held)
        return self.filter(person__in=Person.objects.open_to(actor).values("pk"))


class Notice(models.Model):
    """A person was asked by a link to read the information; once they said they did: which version and language."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    link = models.OneToOneField(Link, models.PROTECT, related_name="notice")
    text = models.ForeignKey(NoticeText, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(_("read in"), max_length=3, blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("information on data")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_on=None, text=None, language="")
                | Q(read_on__isnull=False, text__isnull=False) & ~Q(language=""),
                name="notice_read_all_or_nothing",
            )
        ]

    class Privacy:
        lock = or_held(of_person())
        title = _("Information on data that they have read")
        t0 = "id ref person link text"
        t1 = "language read_on"
        t2 = ""
        merge, erase, export = "move", "rows", True
        protect = "keep"
        kept = "what they have read says no word of them; behind the lock of their row"

    def __str__(self) -> str:
        return self.ref

    @property
    def least_tier(self) -> Tier:
        """Links about somebody end when they are protected, so to a bearer it is ordinary."""
        return Tier.T1

    def standing_of(self, actor: Actor) -> Standing:
        return self.link.standing_of(actor) if actor.held else self.person.standing_of(actor)
