"""A copy of one person's data, ready to be handed over for a day."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.locks import mine
from przystan.access.models import User
from przystan.access.modules import holders, subjects
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.team.models import Organisation

from .releases import Release


class PackQuerySet(models.QuerySet["Pack"]):
    def seen_by(self, actor: Actor) -> Self:
        """One's own only: who made it has seen its passphrase. Of a file: while one is in its team."""
        people = Person.objects.worked_with_by(actor).values("pk")
        open_still = Q(release=None, person__in=people)
        for model, subject in subjects().items():
            open_still |= Q(model=model, object_ref__in=subject.answered_by(actor).values("ref"))
        for model, holder in holders().items():
            files = holder.table.objects.seen_by(actor).values("ref")
            open_still |= Q(release__model=model, release__object_ref__in=files)
        return self.filter(open_still, organisation_id=actor.organisation_id, by_id=actor.user_id)


class Pack(models.Model):
    """A ZIP closed by age with a passphrase that was shown once and is kept nowhere. Deleted after a day.

    `release`: of one file, made by who leads it; without: of all that the centre itself can open. `model` and
    `object_ref`: whose data it is where that is nobody who comes (access.subjects).
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    model = models.CharField(max_length=60, blank=True)
    object_ref = models.CharField(max_length=12, blank=True)
    release = models.ForeignKey(Release, models.CASCADE, null=True, blank=True, related_name="packs")
    language = models.CharField(max_length=8)
    content = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of a person's data")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, object_ref="") | Q(person=None, release=None) & ~Q(object_ref=""),
                name="pack_of_somebody",
            )
        ]

    class Privacy:
        lock = mine()
        title = _("Copies made for the person")
        t0 = "id ref organisation model object_ref language at by"
        t1 = "person"
        t2 = "content"
        t3 = "release"
        merge, erase, export = "keep", "rows", False
        protect = "rows"

    def __str__(self) -> str:
        return self.ref
