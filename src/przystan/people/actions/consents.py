"""Consents: given to one version of a text in one language, withdrawn at any time."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.saving import save

from ..models import Consent
from ..policies import require_write


@transaction.atomic
def give(*, by: Actor, fact: Consent, fields: Iterable[str] = ()) -> None:
    """Write down a consent. A consent is never changed: it is withdrawn and given anew."""
    require_write(by, fact.person)
    if fact.pk:
        raise ValidationError(_("A consent is not changed. Withdraw it and write down the new one."))
    if fact.person.consents.filter(text__purpose=fact.text.purpose, withdrawn_on__isnull=True).exists():
        raise ValidationError(_("This consent is there already. Withdraw the old one first."))
    _require_come("given_on", fact.given_on)
    fact.given_by_id = by.user_id
    save(fact)
    audit.record(by, "consent.give", fact.person, ["text", *fields])


@transaction.atomic
def withdraw(*, by: Actor, fact: Consent, day: date) -> None:
    """Take a consent back from this day on."""
    require_write(by, fact.person)
    if fact.withdrawn_on:
        raise ValidationError(_("This consent was withdrawn already."))
    _require_come("day", day)
    fact.withdrawn_on, fact.withdrawn_by_id = day, by.user_id
    save(fact)
    audit.record(by, "consent.withdraw", fact.person, ["withdrawn_on"])


def _require_come(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("This day has not come yet.")})
