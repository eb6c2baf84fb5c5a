"""What sample keeps."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.decisions import Standing
from przystan.access.fields import SealedTextField
from przystan.access.models import User
from przystan.access.tiers import Tier
from przystan.kernel.refs import new_ref
from przystan.people.locks import of_person
from przystan.people.models import Person


class ItemQuerySet(models.QuerySet["Item"]):
    def seen_by(self, actor: Actor) -> Self:
        """Rows of people whose page the actor may open: as `decide` says for tier 1."""
        return self.filter(person__in=Person.objects.open_to(actor).values("pk"))


class Item(models.Model):
    """One row about a person. Give it the name of what it is. `reason` is more sensitive than the rest of the row."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sample")
    day = models.DateField(_("day"), default=timezone.localdate)
    title = models.CharField(_("title"), max_length=120)
    reason = SealedTextField(
        _("reason"), max_length=300, blank=True, holder=lambda item: (item.person.organisation_id, item.person.ref)
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day", "title"],
                name="sample_item_once",
                violation_error_message=_("This is there already."),
            )
        ]

    class Privacy:
        lock = of_person()  # a migration makes it; see docs/adding-a-module.md
        title = _("Sample")
        t0 = "id ref person by"
        t1 = "day title done_on"
        t2 = "reason"
        merge, erase, export = "move", "rows", True
        protect, sealed = "seal", "day title reason done_on by_id"

    def __str__(self) -> str:
        return self.ref

    @property
    def least_tier(self) -> Tier:
        """Of a protected person even that there is a row is secret."""
        return max(Tier.T1, self.person.least_tier)

    def standing_of(self, actor: Actor) -> Standing:
        return self.person.standing_of(actor)
