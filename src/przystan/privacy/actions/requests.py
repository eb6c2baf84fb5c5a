"""What people asked about their data: written down, answered in time."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_ANSWER

from ..enums import Delivery, RequestKind, RequestState
from ..models import SubjectRequest
from ..policies import require_answer
from ..rules.dates import answer_due


@transaction.atomic
def receive(*, by: Actor, person: Person, kind: RequestKind, received_on: date, note: str = "") -> SubjectRequest:
    """Write down that a person asks for something; an answer is due in a month. ValidationError for a day to come."""
    require_answer(by, person)
    if received_on > timezone.localdate():
        raise ValidationError({"received_on": _("This day has not come yet.")})
    made = SubjectRequest(
        organisation_id=by.organisation_id,
        person=person,
        kind=kind,
        received_on=received_on,
        due_on=answer_due(received_on),
        note=note,
        protected=person.protected,
        created_by_id=by.user_id,
    )
    made.save()
    audit.record(by, "request.receive", made, purpose=kind.value)
    return made


@transaction.atomic
def extend(*, by: Actor, request: SubjectRequest, reason: str) -> None:
    """Two more months, told to the person with the reason within the first (Art. 12(3))."""
    request = _open(by, request)
    if request.extended:
        raise ValidationError(_("It was extended already. The law allows it once."))
    if timezone.localdate() > request.due_on:
        raise ValidationError(_("Too late: the law allows it only within the first month."))
    request.extended, request.extension_reason = True, reason
    request.due_on = answer_due(request.received_on, extended=True)
    request.save(update_fields=["extended", "extension_reason", "due_on"])
    audit.record(by, "request.extend", request, ["due_on", "extension_reason"])


@transaction.atomic
def answer(*, by: Actor, request: SubjectRequest, state: RequestState, delivery: Delivery) -> None:
    """It was answered, or refused with reasons, and the answer has reached the person."""
    request = _open(by, request)
    request.state, request.delivery, request.answered_on = state, delivery, timezone.localdate()
    request.save(update_fields=["state", "delivery", "answered_on"])
    audit.record(by, "request.answer", request, ["state", "delivery"])


@transaction.atomic
def restrict(*, by: Actor, person: Person, restricted: bool) -> None:
    """Art. 18: keep, but do not use; or lift it. What was counted goes on being counted."""
    require_answer(by, person)
    person = Person.objects.get(pk=person.pk)
    person.restricted_on = timezone.localdate() if restricted else None
    person.save(update_fields=["restricted_on"])
    audit.record(by, "person.restrict" if restricted else "person.unrestrict", person, ["restricted_on"])


def _open(by: Actor, request: SubjectRequest) -> SubjectRequest:
    found = SubjectRequest.objects.select_for_update().get(pk=request.pk)
    if found.person:
        require_answer(by, found.person)
    else:
        by.require(PEOPLE_ANSWER)
    if found.state != RequestState.OPEN:
        raise ValidationError(_("This was decided already."))
    return found
