"""The register of what people asked about their data."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.fields import SealedTextField
from przystan.access.locks import SYSTEM, each_under, own
from przystan.access.models import User
from przystan.access.rights import AUDIT_READ
from przystan.kernel.refs import new_ref
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_ANSWER_ANYBODY
from przystan.team.models import Organisation

from ..enums import Delivery, RequestKind, RequestState


class RequestQuerySet(models.QuerySet["SubjectRequest"]):
    def seen_by(self, actor: Actor) -> Self:
        """Requests of people whose sensitive facts are open to the actor, and those whose person was erased; of who was
        protected, to who wrote it down and to the data protection officer.
        """
        people = Person.objects.worked_with_by(actor)
        gone = Q(person=None) | Q(person__erased_at__isnull=False)
        anybody = actor.can(PEOPLE_ANSWER_ANYBODY) or actor.is_system or actor.can(AUDIT_READ)
        if not anybody:
            people = people.filter(protected=True)
        if not actor.can(AUDIT_READ):
            gone &= Q(created_by=actor.user_id) | (Q(protected=False) if anybody else Q(pk=None))
        return self.filter(Q(person__in=people.values("pk")) | gone, organisation_id=actor.organisation_id)

    def late(self) -> Self:
        """Open beyond the day on which an answer was due."""
        return self.filter(state=RequestState.OPEN, due_on__lt=timezone.localdate())


class SubjectRequest(models.Model):
    """One request. `due_on`: a month after it came, two more with a reason (Art. 12(3) of the GDPR)."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("what they ask for"), max_length=10, choices=RequestKind)
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    due_on = models.DateField(_("answer due on"))
    extended = models.BooleanField(default=False)
    extension_reason = SealedTextField(
        _("why it takes longer"), max_length=300, blank=True, holder=lambda row: (row.organisation_id, row.ref)
    )
    note = SealedTextField(_("note"), max_length=600, blank=True, holder=lambda row: (row.organisation_id, row.ref))
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    delivery = models.CharField(_("how the answer reached them"), max_length=10, choices=Delivery, blank=True)
    protected = models.BooleanField(default=False, editable=False)  # was the person, once they are erased
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of a person")
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["organisation", "due_on"], name="request_due", condition=Q(state="open"))]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("received_on")), name="request_due_after_received"),
            models.CheckConstraint(
                condition=Q(state="open", answered_on__isnull=True) | ~Q(state="open") & Q(answered_on__isnull=False),
                name="request_answered_on_and_state",
            ),
        ]

    class Privacy:
        lock = own(f"({SYSTEM} OR person_id IS NULL OR {each_under('people_person', 'person_id').seen})")
        title = _("Requests about the data")
        t0 = (
            "id ref organisation kind received_on due_on extended state answered_on delivery protected created_at"
            " created_by"
        )
        t1 = "person"
        t2 = "extension_reason note"
        merge, erase, export = "move", "fields", True
        protect = "keep"
        kept = "its words are sealed; it shows to those named, who answer it"

    def __str__(self) -> str:
        return self.ref

    @property
    def is_late(self) -> bool:
        return self.state == RequestState.OPEN and self.due_on < timezone.localdate()
