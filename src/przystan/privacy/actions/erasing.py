"""Erasing a person, a file or who works here: asked by one, confirmed by another, written down without names."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.modules import holders, subjects
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.people.models import Person

from ..enums import Cause, ErasureState, Scope
from ..models import Erasure, SubjectRequest
from ..policies import may_confirm, require_answer
from ..queries.due import still_due
from ..queries.holds import hold_of
from ..queries.plans import plan_for_sensitive, plan_of
from .wiping import Report, forget_erased, wipe, wipe_rows


@transaction.atomic
def ask_erasure(*, by: Actor, person: Person, request: SubjectRequest | None = None) -> Erasure:
    """Ask a second person to confirm that everything about a person is erased. Asking again changes nothing.

    ValidationError under a legal hold, with the day until which it lasts.
    """
    require_answer(by, person)
    refuse_held(person)
    found = Erasure.objects.filter(person=person, scope=Scope.PERSON, state=ErasureState.WAITING).first()
    if found:
        return found
    asked = Erasure.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        person_ref=person.ref,
        protected=person.protected,
        request=request,
        asked_by_id=by.user_id,
    )
    audit.record(by, "erasure.ask", person)
    return asked


@transaction.atomic
def withdraw_erasure(*, by: Actor, erasure: Erasure) -> None:
    """It was a mistake: nothing is erased."""
    if by.user_id != erasure.asked_by_id and not may_confirm(by, erasure):
        raise Forbidden("erasure")
    erasure = _waiting(erasure)
    erasure.state = ErasureState.WITHDRAWN
    erasure.save(update_fields=["state"])
    audit.record(by, "erasure.withdraw", erasure)


@transaction.atomic
def confirm_erasure(*, by: Actor, erasure: Erasure, day: date | None = None) -> Erasure:
    """The second person agrees, and it is done at once. ValidationError as of `carry_out`."""
    erasure = _waiting(erasure)
    if not may_confirm(by, erasure):
        raise Forbidden("erasure")
    audit.record(by, "erasure.confirm", erasure)
    done = carry_out(by=by, erasure=erasure, day=day)
    forget_erased()
    return done


@transaction.atomic
def carry_out(*, by: Actor, erasure: Erasure, day: date | None = None) -> Erasure:
    """Erase what was agreed, or what a rule lets go without asking (then `by` is the system). `day`: today.

    ValidationError under a legal hold, and where the rule that listed it would not on `day`: since it did, the time to
    keep it has begun anew.
    """
    with acting(system(erasure.organisation_id, "erasure")) as machine:
        report = _done(machine, erasure, day or timezone.localdate())
    erasure.state, erasure.report = ErasureState.DONE, report
    erasure.confirmed_at, erasure.confirmed_by_id = timezone.now(), by.user_id
    erasure.save(update_fields=["state", "report", "protected", "confirmed_at", "confirmed_by"])
    audit.record(by, "erasure.done", erasure, purpose=erasure.scope)
    erasure.refresh_from_db()  # the person may be gone
    return erasure


def _require_due(erasure: Erasure, day: date) -> None:
    """Asked as the system, of what is held already: what was written before it is seen, and nothing comes after."""
    if erasure.cause == Cause.RETENTION and not still_due(erasure, day):
        raise ValidationError(_("Nothing was erased: the time to keep it is not over any more. Withdraw this."))


def refuse_held(person: Person, day: date | None = None) -> None:
    """Raise ValidationError while the law forbids erasing."""
    hold = hold_of(person, day)
    if hold and hold.ends_on:
        raise ValidationError(_("Nothing may be erased until %(day)s: there is a legal hold.") % {"day": hold.ends_on})
    if hold:
        raise ValidationError(_("Nothing may be erased: there is a legal hold. End it first, if its reason is gone."))


def _waiting(erasure: Erasure) -> Erasure:
    found = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if found.state != ErasureState.WAITING:
        raise ValidationError(_("This was decided already."))
    return found


def _done(by: Actor, erasure: Erasure, day: date) -> Report:
    if erasure.scope == Scope.HELD:
        return _file_gone(by, erasure, day)
    if erasure.scope == Scope.SUBJECT:
        return _subject_gone(by, erasure, day)
    person = Person.objects.select_for_update().filter(ref=erasure.person_ref, erased_at=None).first()
    if person is None:
        return {}
    refuse_held(person, day)
    _require_due(erasure, day)
    if person.protected:  # since it was asked, maybe
        erasure.protected = True
        SubjectRequest.objects.filter(person=person).update(protected=True)
    if erasure.scope == Scope.SENSITIVE:
        return wipe(plan_for_sensitive(person), by=by, whole=False, least=Tier.T2)
    return wipe(plan_of(person), by=by, whole=True)


def _subject_gone(by: Actor, erasure: Erasure, day: date) -> Report:
    subject = subjects()[erasure.model]
    row = subject.table._base_manager.select_for_update().filter(ref=erasure.object_ref).first()
    if row is None:
        return {}
    _require_due(erasure, day)
    return wipe(plan_of(row), by=by, whole=True)


def _file_gone(by: Actor, erasure: Erasure, day: date) -> Report:
    table = holders()[erasure.model].table
    row = table._base_manager.select_for_update().filter(ref=erasure.object_ref).first()
    if row is None:
        return {}
    refuse_held(row.person, day)
    _require_due(erasure, day)
    return wipe_rows({table: {row.pk}}, by=by)
