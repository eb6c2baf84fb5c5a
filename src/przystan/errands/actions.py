"""Errands are asked for, run by a job, fetched, and thrown away after a day."""

import json
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.kernel.refs import new_ref

from . import order
from .enums import OPEN, ErrandState
from .models import Errand, ErrandQuerySet
from .queries import reach, same
from .runners import Result, Values, declared

KEPT = timedelta(hours=24)
MOST_OPEN = 5  # that an account has waiting or being made
MOST_KEPT = 20  # files that are kept for an account; what a page shows is small, and is not counted


class Outdated(Exception):
    """What was made is of before somebody was hidden or erased: it has to be made anew."""


class TooMany(ValidationError):
    """An account has as many errands as it may have."""


@transaction.atomic
def ask(*, by: Actor, code: str, values: Values, about: str = "") -> Errand:
    """Let the job `errands.run` do it. Asked again while it is under way, it is the same errand. Raises TooMany."""
    by.require(*declared()[code].rights)
    if found := same(by, code, values):
        return found
    _require_room(by)
    errand = Errand(organisation_id=by.organisation_id, runner=code, about=about[:200], by_id=by.user_id)
    errand.asked, errand.language = json.dumps(dict(values)), get_language() or "pl"
    errand.save()
    audit.record(by, "errand.ask", errand, purpose=code)
    app.configure_task(name="errands.run").defer(ref=errand.ref)
    return errand


@transaction.atomic
def fetch(*, by: Actor, errand: Errand) -> Result:
    """The finished file of one's own errand; fetching is written down.

    Forbidden without the rights that asking took; ValidationError where what the actor may see has changed since;
    Errand.DoesNotExist where it has been thrown away.
    """
    by.require(*declared()[errand.runner].rights)
    if errand.reach != reach(by):
        raise ValidationError(_("What you may see has changed since this was made. Ask for it again."))
    audit.record(by, "errand.fetch", errand, purpose=errand.runner)
    return Result(errand.content, errand.name, errand.type)


def begin(*, errand: Errand, reach: str) -> bool:
    """The job has it, and sees so much (`queries.reach`); whether it is still there. In a transaction that ends before
    anything is read for it, and waits for those who throw away: what is read then is what they left. For the job.
    """
    order.make(errand.organisation_id)
    errand.begun = new_ref()
    values = {"state": ErrandState.RUNNING, "begun": errand.begun, "reach": reach, "done": 0}
    return bool(Errand.objects.filter(pk=errand.pk, state__in=OPEN).update(**values))


def advance(*, errand: Errand, done: int, total: int) -> None:
    """How far it is. For the job."""
    Errand.objects.filter(pk=errand.pk, state__in=OPEN).update(done=done, total=total)


def finish(*, errand: Errand, result: Result) -> None:
    """Keep what came of it, last in the transaction that made it. For the job.

    Outdated where somebody was hidden or erased since it began, or is this moment: nothing of the transaction may stay.
    """
    if not order.may_keep(errand.organisation_id) or not _standing(errand).update(begun=""):
        raise Outdated
    errand.state, errand.done = ErrandState.DONE, F("total")  # which `advance` has written
    errand.name, errand.type, errand.content = result.name, result.type, result.content
    _end(errand, "done", "name", "type", "content")


def stands(errand: Errand) -> bool:
    """Whether nobody was hidden or erased since the job began it. For the job."""
    return _standing(errand).exists()


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


def give_up_lost() -> int:
    """Fail errands whose job is given up, as it took its worker down each time; returns how many. For the job."""
    jobs = ProcrastinateJob.objects.filter(task_name="errands.run", status__in=("todo", "doing"))
    refs = [values["ref"] for values in jobs.values_list("args", flat=True)]
    lost = list(Errand.objects.unopened().filter(state__in=OPEN).exclude(ref__in=refs))
    for errand in lost:
        fail(errand=errand, trouble="")
    return len(lost)


def throw_made(organisation_id: int, refs: object = None) -> None:
    """Somebody is hidden or erased, whoever it is: what was made before goes, and what is being made begins anew."""
    with acting(system(organisation_id, "copies.throw")):
        _throw(organisation_id, Errand.objects.filter(organisation_id=organisation_id))


def keep_still(organisation_id: int) -> None:
    """Nobody is hidden or erased from here to the end of this transaction, which must be near: for what writes of
    people whom it read long before."""
    order.make(organisation_id)


def forget_for_excluded(by: Actor, person: Any, user: User) -> None:
    """Whoever must not know of a person keeps no file that may tell of them."""
    with acting(system(by.organisation_id, "copies.throw")):
        _throw(by.organisation_id, Errand.objects.filter(organisation_id=by.organisation_id, by=user))


def _throw(organisation_id: int, errands: ErrandQuerySet) -> None:
    order.throw(organisation_id)
    errands.filter(state__in=OPEN).update(state=ErrandState.WAITING, begun="", done=0, about="")
    errands.exclude(state__in=OPEN).delete()


def _standing(errand: Errand) -> ErrandQuerySet:
    return Errand.objects.filter(pk=errand.pk, state=ErrandState.RUNNING, begun=errand.begun)


def _require_room(by: Actor) -> None:
    """ValidationError where an account has as much as one may have at a time."""
    order.ask(by.user_id)
    mine = Errand.objects.seen_by(by)
    if mine.filter(state__in=OPEN).count() >= MOST_OPEN:
        said = _("No more than %(n)d can be under way for one account. Wait until one is ready, then ask again.")
        raise TooMany(said % {"n": MOST_OPEN})
    if mine.filter(state=ErrandState.DONE).exclude(name="").count() >= MOST_KEPT:
        said = _("No more than %(n)d files are kept for one account. Each goes after a day: ask again then.")
        raise TooMany(said % {"n": MOST_KEPT})
