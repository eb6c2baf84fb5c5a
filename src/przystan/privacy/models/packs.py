"""A copy of one person's data, ready to be handed over for a day."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.locks import mine
from przystan.access.models import User
from przystan.access.modules import holders, subjects
from przystan.access.subjects import Subject
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.team.models import Organisation

from .releases import Release

PERSON = Person._meta.label_lower


class PackQuerySet(models.QuerySet["Pack"]):
    def seen_by(self, actor: Actor) -> Self:
        """One's own only: who made it has seen its passphrase. Of a file: while one is in its team."""
        open_still = Q()
        for model, subject in subjects().items():
            theirs = subject.answered_by(actor)
            people = Q(release=None, person__in=theirs.values("pk"))
            open_still |= people if model == PERSON else Q(model=model, object_ref__in=theirs.values("ref"))
        for model, holder in holders().items():
            files = holder.table.objects.seen_by(actor).values("ref")
            open_still |= Q(release__model=model, release__object_ref__in=files)
        return self.filter(open_still, organisation_id=actor.organisation_id, by_id=actor.user_id)

    def about(self, row: Any) -> Self:
        """Of one of `access.subjects`, but for those of one file of theirs."""
        return self.filter(**named(row), release=None).defer("content")


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
        hangs_on = "model object_ref"
        protect = "rows"

    def __str__(self) -> str:
        return self.ref

    def whose(self) -> tuple[Subject, Any]:
        """Whose data it holds: their kind, and their row. `DoesNotExist` where they are gone."""
        subject = subjects()[self.model or PERSON]
        return subject, self.person or subject.table.objects.get(ref=self.object_ref)


def named(row: Any) -> dict[str, Any]:
    """The fields by which a copy says whose data it holds."""
    return {"person": row} if isinstance(row, Person) else {"model": row._meta.label_lower, "object_ref": row.ref}
