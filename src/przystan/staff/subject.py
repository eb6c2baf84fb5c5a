"""Those who work here, as people with rights over their own data (`access.subjects`)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.access.holders import Holding
from przystan.access.subjects import Over, Subject
from przystan.drafts.actions import forget_of

from .enums import Confirmed, KeptAs
from .models import Agreement, AgreementRule, Hour, Worker
from .queries.rules import rules_of
from .rights import STAFF_WRITE


class Workers(Subject):
    """Over: who has worked here by agreements that have ended, and logs in no more; or was written down, and no more.

    Each agreement is kept by the rule of its kind on the day on which it began. What was done, or written down, outside
    of any agreement is kept as of people without one.
    """

    model = "staff.worker"
    one = _("one who works here")
    unnamed = _("somebody who works here")
    preface = (
        _(
            "This is what the centre keeps about you as somebody who works here (General Data Protection Regulation, "
            "Art. 15). Other people are not named."
        ),
    )
    holdings = tuple(Holding(one.value, one.label) for one in KeptAs)

    def answered_by(self, actor: Actor) -> "QuerySet[Worker]":
        if actor.can(STAFF_WRITE):
            return Worker.objects.near(actor)
        return Worker.objects.near(actor).filter(user_id=actor.user_id or 0)

    def is_self(self, actor: Actor, row: Any) -> bool:
        return row.user_id is not None and row.user_id == actor.user_id

    def address(self, actor: Actor, row: Any) -> str:
        return reverse("staff:mine") if self.is_self(actor, row) else reverse("staff:worker", args=[row.ref])

    def over(self, organisation_id: int, day: date) -> Iterator[Over]:
        yield from _over(Worker.objects.filter(organisation_id=organisation_id), day)

    def times(self, row: Any, day: date) -> Over | None:
        return next(_over(Worker.objects.filter(pk=row.pk), day), None)

    def forget(self, row: Any) -> None:
        """Their account is named beside no hour that stays, and joined to nobody; what they had begun to write goes."""
        if row.user_id:
            forget_of(user_id=row.user_id)
            with door():
                theirs = Hour.objects.filter(worker=row)
                theirs.filter(noted_by=row.user_id).update(noted_by=None)
                theirs.filter(confirmed_by=row.user_id).update(confirmed_by=None, confirmed_how=Confirmed.ERASED)
        Worker.objects.filter(pk=row.pk).update(user=None, sent_by=None, erased_at=timezone.now())


def _over(among: "QuerySet[Worker]", day: date) -> Iterator[Over]:
    going_on = Agreement.objects.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day))
    rows = among.filter(erased_at=None).exclude(user__is_active=True).exclude(pk__in=going_on.values("worker"))
    workers = list(rows.annotate(last_hour=Max("hours__day")).order_by("pk"))
    kept = _agreements(workers)
    for worker in workers:
        ended = kept[worker.pk]
        last: date | None = worker.last_hour
        loose = last or timezone.localdate(worker.created_at)
        if not ended or (last and last > max(day for _code, day in ended)):
            ended = [*ended, (KeptAs.NONE.value, loose)]
        yield Over(worker, tuple(ended))


def _agreements(workers: Sequence[Worker]) -> dict[int, list[tuple[str, date]]]:
    """Worker -> (kept as what, last day) of each agreement."""
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    rules = {one: rules_of(AgreementRule, one) for one in {worker.organisation_id for worker in workers}}
    for row in Agreement.objects.standing().filter(worker__in=workers).select_related("worker").order_by("pk"):
        first = row.valid_from or date.min
        ours = rules[row.worker.organisation_id]
        codes = [rule.kept_as for rule in ours if rule.kind_id == row.kind_id and rule.holds_on(first)]
        if row.valid_to:
            found[row.worker_id] += [(code, row.valid_to) for code in codes or [KeptAs.EMPLOYED.value]]
    return found


WORKERS = Workers()
