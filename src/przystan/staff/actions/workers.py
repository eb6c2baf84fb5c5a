"""Who works here, what they speak, when they can be asked, and whose account is theirs."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import door
from przystan.access.models import User
from przystan.access.saving import save
from przystan.team.queries import colleagues

from ..models import Availability, CountryTie, Hour, Worker, WorkerLanguage
from ..policies import require_leading
from ..rights import STAFF_WRITE

Rows = Iterable[Mapping[str, Any]]


@transaction.atomic
def save_worker(*, by: Actor, worker: Worker, changed: list[str]) -> Worker:
    """Add or change somebody who works where the actor leads; nobody changes what is written about themselves."""
    by.require(STAFF_WRITE)
    if worker.pk:
        locked(by, worker)
    worker.organisation_id = by.organisation_id
    require_leading(by, worker)
    save(worker, only=changed if worker.pk else None)
    audit.record(by, "staff.save", worker, changed)
    return worker


@transaction.atomic
def join_account(*, by: Actor, worker: Worker, user: User | None) -> None:
    """Say whose account is this worker's (None: none): they read what is written about them, and note own hours.

    Whoever logs in confirms by that: links that ask them lead nowhere any more.
    """
    found = locked(by, worker)
    if user and user.pk == by.user_id:
        raise ValidationError(_("Somebody else must say that this is you: whoever also leads here."))
    if user and not colleagues(by, everybody=True).filter(pk=user.pk).exists():
        raise Forbidden("another organisation's account")
    if user and Worker.objects.filter(user=user).exclude(pk=worker.pk).exists():
        raise ValidationError(_("This account belongs to somebody else who works here."))
    found.had_account = found.logs_in or user is not None
    found.user = user
    save(found, only=["user", "had_account"])
    if user:
        with door():
            Hour.objects.filter(worker=found, confirmed_at=None).exclude(link=None).update(link=None)
    worker.user, worker.had_account = found.user, found.had_account
    audit.record(by, "staff.join_account", found, ["user"])


@transaction.atomic
def save_languages(*, by: Actor, worker: Worker, rows: Rows) -> None:
    """Replace what they speak by these rows (language, skill, level)."""
    _replace(by, worker, WorkerLanguage, rows, "languages")


@transaction.atomic
def save_availability(*, by: Actor, worker: Worker, rows: Rows) -> None:
    """Replace when they can be asked by these rows (words, valid_from, valid_to)."""
    _replace(by, worker, Availability, rows, "availability")


@transaction.atomic
def save_countries(*, by: Actor, worker: Worker, rows: Rows, told_on: date | None) -> None:
    """Replace their countries by these rows (country, tie, last_year); `told_on`: when they said that these are all."""
    if told_on and told_on > timezone.localdate():
        raise ValidationError(_("This day has not come yet. Check the year."))
    _replace(by, worker, CountryTie, rows, "countries")
    worker.told_on = told_on
    save(worker, only=["told_on"])


def _replace(by: Actor, worker: Worker, model: Any, rows: Rows, name: str) -> None:
    locked(by, worker)
    model.objects.filter(worker=worker).delete()
    for row in rows:
        save(model(worker=worker, **row))
    audit.record(by, "staff.save", worker, [name])


def locked(by: Actor, worker: Worker) -> Worker:
    """Their row as it is now, held until the transaction ends. Forbidden unless the actor leads them, and once they
    were erased."""
    found: Worker | None = Worker.objects.seen_by(by).select_for_update(of=("self",)).filter(pk=worker.pk).first()
    if found is None:
        raise Forbidden("another organisation's, or point's")
    require_leading(by, found)
    return found
