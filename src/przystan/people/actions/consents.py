"""Consents: answered by each signer to one version of a text, withdrawn at any time, with all that rests on them."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save

from ..models import Consent, Guardian
from ..policies import require_fact, require_write
from .facts import remove
from .resting import ending, hold


@transaction.atomic
def answer(*, by: Actor, fact: Consent, fields: Iterable[str] = ()) -> None:
    """Write down what one signer answers. An answer is never changed: it is withdrawn and given anew.

    A no where the consent was given ends what rests on it, as a withdrawal does. ValidationError.
    """
    require_write(by, fact.person)
    if fact.pk:
        raise ValidationError(_("A consent is not changed. Withdraw it and write down the new one."))
    _require_come("given_on", fact.given_on)
    hold(fact.person)
    if fact.guardian_id:
        fact.guardian = fact.person.guardians.get(pk=fact.guardian_id)
    with ending(by, fact.person, fact.text.purpose, fact.given_on, against=not fact.agrees):
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
    _require_come("day", day)
    _hold(fact)
    if fact.withdrawn_on:
        raise ValidationError(_("This consent was withdrawn already."))
    with ending(by, fact.person, fact.text.purpose, day, against=fact.stands):
        fact.withdrawn_on, fact.withdrawn_by_id = day, by.user_id
        save(fact)
    audit.record(by, "consent.withdraw", fact.person, ["withdrawn_on"])


@transaction.atomic
def remove_consent(*, by: Actor, fact: Consent) -> None:
    """Take away an answer that was written down by mistake, with all that rests on it."""
    require_write(by, fact.person)
    _hold(fact)
    with ending(by, fact.person, fact.text.purpose, timezone.localdate(), against=fact.stands):
        remove(by=by, fact=fact)


@transaction.atomic
def remove_guardian(*, by: Actor, fact: Guardian) -> None:
    """Take away somebody who was written down by mistake. Who has answered stays, and is ended. ValidationError."""
    require_fact(by, fact)
    hold(fact.person)
    if fact.answers.exists():
        raise ValidationError(_("They have answered a consent. Write down when they ceased to sign instead."))
    remove(by=by, fact=fact)


def _hold(fact: Consent) -> None:
    """Hold the person and read the answer anew: somebody may have withdrawn it or taken it away. ValidationError."""
    hold(fact.person)
    try:
        fact.refresh_from_db(from_queryset=Consent.objects.filter(person=fact.person_id))
    except Consent.DoesNotExist as error:
        raise ValidationError(_("Somebody has taken this answer away. There is nothing to do any more.")) from error


def _require_come(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("This day has not come yet.")})
