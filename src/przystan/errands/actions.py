"""Errands are asked for, run by a job, fetched, and thrown away after a day."""

import json
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.models import User
from przystan.access.scope import acting

from .enums import OPEN, ErrandState
from .models import Errand
from .queries import reach, same
from .runners import Result, Values, declared

KEPT = timedelta(hours=24)


@transaction.atomic
def ask(*, by: Actor, code: str, values: Values, about: str = "") -> Errand:
    """Let the job `errands.run` do it. Asked again while it is under way, it is the same errand."""
    by.require(*declared()[code].rights)
    if found := same(by, code, values):
        return found
    errand = Errand(organisation_id=by.organisation_id, runner=code, about=about[:200], by_id=by.user_id)
    errand.asked, errand.language = json.dumps(dict(values)), get_language() or "pl"
    errand.save()
    audit.record(by, "errand.ask", errand, purpose=code)
    app.configure_task(name="errands.run").defer(ref=errand.ref)
    return errand


@transaction.atomic
def fetch(*, by: Actor, errand: Errand) -> Result:
    """The finished file of one's own errand; fetching is written down.

    Forbidden without the rights that asking took; ValidationError where what the actor may see has changed since.
    """
    by.require(*declared()[errand.runner].rights)
    if errand.reach != reach(by):
        raise ValidationError(_("What you may see has changed since this was made. Ask for it again."))
    audit.record(by, "errand.fetch", errand, purpose=errand.runner)
    return Result(errand.content, errand.name, errand.type)


def begin(*, errand: Errand, reach: str) -> None:
    """The job has it, and sees so much (`queries.reach`). For the job."""
    Errand.objects.filter(pk=errand.pk).update(state=ErrandState.RUNNING, reach=reach, done=0)


def advance(*, errand: Errand, done: int, total: int) -> None:
    """How far it is. For the job."""
    Errand.objects.filter(pk=errand.pk, state__in=OPEN).update(done=done, total=total)


def finish(*, errand: Errand, result: Result) -> None:
    """Keep what came of it, unless it was thrown away meanwhile: somebody in it may have been erased. For the job."""
    if found := Errand.objects.select_related("organisation").filter(pk=errand.pk, state__in=OPEN).first():
        found.state, found.done = ErrandState.DONE, found.total
        found.name, found.type, found.content = result.name, result.type, result.content
        _end(found, "done", "name", "type", "content")


def fail(*, errand: Errand, trouble: str) -> None:
    """Say why not; "" where it is a fault of ours. For the job."""
    if found := Errand.objects.select_related("organisation").filter(pk=errand.pk, state__in=OPEN).first():
        found.state, found.trouble = ErrandState.FAILED, trouble[:300]
        _end(found, "trouble")


def _end(errand: Errand, *fields: str) -> None:
    """Save it, and forget what was asked for this once."""
    runner = declared().get(errand.runner)
    if runner and runner.secrets:
        errand.asked = json.dumps({name: value for name, value in errand.values.items() if name not in runner.secrets})
        fields = (*fields, "asked")
    errand.save(update_fields=["state", *fields])


def throw_away() -> int:
    """Delete errands older than a day; returns how many. For the job."""
    return Errand.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def forget_for_excluded(by: Actor, person: Any, user: User) -> None:
    """Whoever must not know of a person keeps no file that may tell of them."""
    with acting(system(by.organisation_id, "copies.throw")):
        Errand.objects.filter(organisation_id=by.organisation_id, by=user).delete()
