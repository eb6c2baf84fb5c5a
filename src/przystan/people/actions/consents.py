"""Consents: answered by each signer to one version of a text, withdrawn at any time, with all that rests on them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.saving import save
from przystan.access.scope import acting

from ..models import Consent, Guardian, Person
from ..policies import require_fact, require_write
from ..queries.consents import depending, state_on
from ..rules.consents import State
from .facts import remove


@transaction.atomic
def answer(*, by: Actor, fact: Consent, fields: Iterable[str] = ()) -> None:
    """Write down what one signer answers. An answer is never changed: it is withdrawn and given anew.

    A no where the consent was given ends what rests on it, as a withdrawal does. ValidationError.
    """
    require_write(by, fact.person)
    if fact.pk:
        raise ValidationError(_("A consent is not changed. Withdraw it and write down the new one."))
    if fact.guardian and fact.guardian.person_id != fact.person_id:
        raise Guardian.DoesNotExist
    _require_come("given_on", fact.given_on)
    with _ending(by, fact, fact.given_on):
        same = fact.person.consents.filter(text__purpose=fact.text.purpose, guardian=fact.guardian)
        if same.filter(withdrawn_on=None).exists():
            raise ValidationError(_("This consent is there already. Withdraw the old one first."))
        fact.given_by_id = by.user_id
        save(fact)
    audit.record(by, "consent.give" if fact.agrees else "consent.refuse", fact.person, ["text", *fields])


@transaction.atomic
def withdraw(*, by: Actor, fact: Consent, day: date) -> None:
    """Take an answer back from this day on, and end what rests on the consent. ValidationError."""
    require_write(by, fact.person)
    if fact.withdrawn_on:
        raise ValidationError(_("This consent was withdrawn already."))
    _require_come("day", day)
    with _ending(by, fact, day):
        fact.withdrawn_on, fact.withdrawn_by_id = day, by.user_id
        save(fact)
    audit.record(by, "consent.withdraw", fact.person, ["withdrawn_on"])


@transaction.atomic
def remove_consent(*, by: Actor, fact: Consent) -> None:
    """Take away an answer that was written down by mistake, with all that rests on it."""
    require_write(by, fact.person)
    with _ending(by, fact, timezone.localdate()):
        remove(by=by, fact=fact)


@contextmanager
def _ending(by: Actor, fact: Consent, day: date) -> Iterator[None]:
    """What rests on a consent ends in the same transaction when it was given before and is not any more.

    Two who answer at once wait for each other.
    """
    person, purpose = fact.person, fact.text.purpose
    Person.objects.select_for_update().only("pk").get(pk=person.pk)
    before = state_on(person, purpose)
    yield
    if before != State.GIVEN or state_on(person, purpose) == State.GIVEN:
        return
    with acting(system(by.organisation_id, "consent.ended")) as machine:
        for one in depending():
            if one.purpose == purpose:
                one.ends(by=machine, person=person, purpose=purpose, day=day)


@transaction.atomic
def remove_guardian(*, by: Actor, fact: Guardian) -> None:
    """Take away somebody who was written down by mistake. Who has answered stays, and is ended. ValidationError."""
    require_fact(by, fact)
    if fact.answers.exists():
        raise ValidationError(_("They have answered a consent. Write down when they ceased to sign instead."))
    remove(by=by, fact=fact)


def _require_come(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("This day has not come yet.")})
