"""Noting hours, taking them back by a counter-entry, and confirming them. Nothing here is edited or deleted."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor, Forbidden
from przystan.access.doors import door
from przystan.access.models import User
from przystan.access.saving import save
from przystan.kernel.refs import new_ref
from przystan.team.models import Point
from przystan.team.queries import colleagues, points_of

from ..enums import Confirmed, HourMode, Task
from ..models import Hour, Worker
from ..policies import may_confirm, may_note
from ..rules.hours import TooLong, minutes_between, overlap, span_of


@dataclass(frozen=True)
class Spent:
    """Time as somebody notes it: from and to (past midnight where `ends` is the earlier), or `minutes` alone."""

    day: date
    starts: time | None = None
    ends: time | None = None
    minutes: int | None = None
    task: Task = Task.INTERPRETING
    language: str = ""
    mode: HourMode = HourMode.IN_PERSON
    for_user: User | None = None
    for_point: Point | None = None


@transaction.atomic
def note_hour(*, by: Actor, worker: Worker, spent: Spent, form_token: UUID | None = None) -> Hour:
    """Note time of this worker: by themselves, or by who leads. The same form sent again returns what is there.

    ValidationError in words: a day to come, no time, time that overlaps with other noted time, nobody for whom it was.
    """
    if not may_note(by, worker):
        raise Forbidden("staff.hours")
    _hold(worker)
    if form_token and (first := Hour.objects.filter(worker=worker, form_token=form_token).first()):
        return first
    _require_ours(by, spent)
    made = Hour(
        **{name: getattr(spent, name) for name in Spent.__dataclass_fields__ if name != "minutes"},
        minutes=_minutes(spent),
        organisation_id=worker.organisation_id,
        worker=worker,
        booked_on=spent.day,
        noted_by_id=by.user_id,
        form_token=form_token,
    )
    _require_free(made)
    with door():
        save(made)
    audit.record(by, "staff.note_hour", made, ["day", "minutes"])
    return made


@transaction.atomic
def take_back_hour(*, by: Actor, hour: Hour) -> Hour:
    """A counter-entry, which is returned. What was confirmed is taken away from today's month, else from its own."""
    _hold(hour.worker)
    hour = _locked(by, hour)
    if hour.sign < 0 or Hour.objects.filter(reverses=hour).exists():
        raise ValidationError(_("This is taken back already."))
    if not may_note(by, hour.worker):
        raise Forbidden("staff.hours")
    counter = Hour.objects.get(pk=hour.pk)
    counter.pk, counter.ref, counter._state.adding, counter.form_token = None, new_ref(), True, None
    counter.sign, counter.reverses, counter.noted_at, counter.noted_by_id = -1, hour, timezone.now(), by.user_id
    counter.confirmed_at, counter.confirmed_by, counter.confirmed_how, counter.link = None, None, "", None
    if hour.confirmed_at:
        counter.booked_on = max(hour.booked_on, timezone.localdate())
    with door():
        save(counter)
        Hour.objects.filter(pk=hour.pk).update(link=None)  # nobody is asked about it any more
    audit.record(by, "staff.take_back_hour", hour, ["reversed_by"])
    return counter


@transaction.atomic
def confirm_hour(*, by: Actor, hour: Hour) -> None:
    """A second person says that it was so. Forbidden for who noted it, and for who has nothing to do with it."""
    hour = _locked(by, hour)
    if not may_confirm(by, hour):
        raise Forbidden("somebody else confirms")
    confirm(by, hour, Confirmed.ACCOUNT)


def confirm(by: Actor, hour: Hour, how: Confirmed) -> None:
    """Note that it was so, once. Who may say it is the caller's to know."""
    if not Hour.objects.waiting().filter(pk=hour.pk).exists():
        raise ValidationError(_("This needs no word any more: it was confirmed or taken back meanwhile."))
    hour.confirmed_at, hour.confirmed_how = timezone.now(), how
    hour.confirmed_by_id = by.user_id if how == Confirmed.ACCOUNT else None
    with door():
        hour.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_how"])
    audit.record(by, "staff.confirm_hour", hour, ["confirmed_at"], purpose=how)


def _hold(worker: Worker) -> None:
    """Whoever adds to the hours of one worker waits for the other. Forbidden once the worker was erased."""
    if not Worker.objects.select_for_update().filter(pk=worker.pk, erased_at=None):
        raise Forbidden("erased meanwhile")


def _locked(by: Actor, hour: Hour) -> Hour:
    """Its row, held until the transaction ends. Forbidden where it is not the actor's to see."""
    ours = Hour.objects.seen_by(by).select_for_update(of=("self",)).select_related("worker")
    found: Hour | None = ours.filter(pk=hour.pk).first()
    if found is None:
        raise Forbidden("not theirs")
    return found


def _minutes(spent: Spent) -> int:
    if spent.day > timezone.localdate():
        raise ValidationError({"day": _("This day has not come yet. Check the year.")})
    if spent.starts and spent.ends:
        try:
            return minutes_between(spent.day, spent.starts, spent.ends, timezone.get_current_timezone())
        except TooLong:
            raise ValidationError({"ends": _("That would be more than 16 hours. Check from and to.")}) from None
    if spent.minutes and not (spent.starts or spent.ends):
        return spent.minutes
    raise ValidationError({"minutes": _("Write from and to, or only the minutes.")})


def _require_ours(by: Actor, spent: Spent) -> None:
    if spent.for_user and not colleagues(by, everybody=True).filter(pk=spent.for_user.pk).exists():
        raise Forbidden("another organisation's colleague")
    if spent.for_point and not points_of(by).filter(pk=spent.for_point.pk).exists():
        raise Forbidden("another organisation's point")


def _require_free(made: Hour) -> None:
    """ValidationError where the same time is noted already: two colleagues may have written the same down."""
    span = _span(made)
    near = Hour.objects.standing().filter(worker=made.worker, starts__isnull=False)
    days = (made.day - timedelta(days=1), made.day + timedelta(days=1))
    for other in near.filter(day__range=days).order_by("day", "id"):
        theirs = _span(other)
        if span and theirs and overlap(span, theirs):
            said = {"starts": f"{other.starts:%H:%M}", "ends": f"{other.ends:%H:%M}"}
            raise ValidationError(
                {"starts": _("Noted already: that day from %(starts)s to %(ends)s. Take that back first.") % said}
            )


def _span(hour: Hour) -> tuple[datetime, datetime] | None:
    if not (hour.starts and hour.ends):
        return None
    return span_of(hour.day, hour.starts, hour.ends, timezone.get_current_timezone())
