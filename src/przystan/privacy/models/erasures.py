"""Erasures: asked for by one, confirmed by another, and what was done."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from przystan.access.locks import SYSTEM, own, same, signed
from przystan.access.models import User
from przystan.access.modules import Words, holders, subjects
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.team.models import Organisation

from ..enums import Cause, ErasureState, Scope
from .requests import SubjectRequest
from .retention import RetentionRule


class Erasure(models.Model):
    """`model` and `object_ref`: the one file that it is about (access.holders), or who it is about where that is nobody
    who comes (access.subjects); empty where it is about the person.

    `protected`: was the person? Then it shows to who asked and to the data protection officer alone.

    `report` counts what went and what stayed, by table; it names nobody:

    {"deleted": {"people.personname": 2}, "emptied": {...}, "kept": {...}, "keys": 3}
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    person_ref = models.CharField(max_length=12)
    model = models.CharField(max_length=60, blank=True)
    object_ref = models.CharField(max_length=12, blank=True)
    request = models.ForeignKey(SubjectRequest, models.SET_NULL, null=True, related_name="+")
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.PERSON)
    cause = models.CharField(max_length=10, choices=Cause, default=Cause.REQUEST)
    state = models.CharField(max_length=10, choices=ErasureState, default=ErasureState.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    report = models.JSONField(default=dict)
    protected = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("erasure")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_ref", "object_ref", "scope"], condition=Q(state="waiting"), name="erasure_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(asked_by=None) | Q(confirmed_by=None) | ~Q(asked_by=F("confirmed_by")),
                name="erasure_by_two_people",
            ),
        ]

    class Privacy:
        lock = own(
            added=f"{SYSTEM} OR (asked_by_id = (SELECT app_uid()) AND confirmed_at IS NULL AND state = 'waiting')",
            removed=SYSTEM,
            changed=(
                f"{SYSTEM} OR ({same('person_ref', 'model', 'object_ref', 'scope', 'cause')}"
                f" AND {signed('confirmed_by_id', 'asked_by_id', at='confirmed_at')}"
                f" AND ({same('state')} OR (OLD.state = 'waiting'"
                " AND (NEW.state <> 'done' OR NEW.confirmed_by_id = app_uid()))))"
            ),
        )
        title = _("Erasures")
        t0 = (
            "id ref organisation person person_ref model object_ref request scope cause state asked_at asked_by"
            " confirmed_at confirmed_by report protected"
        )
        t1 = t2 = ""
        merge, erase, export = "move", "keep", False
        protect = "keep"

    def __str__(self) -> str:
        return self.ref

    @property
    def about(self) -> Words:
        """What goes, in words: "one case file"."""
        named = holders().get(self.model) or subjects().get(self.model)  # none where a module has gone since
        return named.one if named else Scope(self.scope).label

    def is_hastened_by(self, user_id: int | None) -> bool:
        """Whether a rule lets this go, and this account made a rule of the organisation shorter."""
        if self.cause != Cause.RETENTION or user_id is None:
            return False
        return RetentionRule.objects.filter(organisation=self.organisation_id, shortened_by=user_id).exists()
