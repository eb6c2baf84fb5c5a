"""Supports with their payers: for the list, the page of one, and Today."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from przystan.access.actors import Actor
from przystan.funding.models import Allocation, Programme
from przystan.support.models import Support
from przystan.support.models.ledger import SupportQuerySet
from przystan.support.queries import Filters, any_support, filtered, supports
from przystan.support.queries.history import CHANGED

from ..enums import Step

NOBODY = "none"
UNPAID_BACK = timedelta(days=60)  # what nobody pays for, and is older, was looked at often enough
YEAR = timedelta(days=365)  # what is late for longer is history, not work


def with_payer(rows: SupportQuerySet) -> SupportQuerySet:
    """The same supports, with the payer at hand."""
    return rows.select_related("allocation__programme")


def listed(actor: Actor, filters: Filters, payer: str = "") -> SupportQuerySet:
    """Supports by filters and payer: the reference of a programme, NOBODY for none."""
    rows = with_payer(filtered(actor, filters)).select_related("reversed_by")
    if payer == NOBODY:
        return unpaid(rows)
    if payer:
        programmes = Programme.objects.seen_by(actor).filter(ref=payer).values("pk")
        rows = rows.filter(allocation__programme__in=list(programmes.values_list("pk", flat=True)))
    return rows


def unpaid(rows: SupportQuerySet) -> SupportQuerySet:
    """Entries that count and that nobody pays for yet."""
    # NOT EXISTS, not a join: a join to nothing misleads the planner into reading the whole ledger.
    return rows.standing().filter(~Exists(Allocation.objects.filter(support=OuterRef("pk"))))


def unpaid_since(actor: Actor, since: date) -> SupportQuerySet:
    """What anybody gave since a day and nobody pays for yet, of what the actor may see."""
    return unpaid(Support.objects.seen_by(actor).filter(day__gte=since))


def with_step(rows: SupportQuerySet, which: Step, day: date) -> SupportQuerySet:
    """Entries with a next step that is not done and has a day; late ones: due before `day`."""
    if which == Step.ANY:
        return rows
    rows = rows.standing().filter(next_step_done_at__isnull=True, next_step_on__gte=day - YEAR)
    return rows.filter(next_step_on__lt=day) if which == Step.LATE else rows


def late_steps(actor: Actor, day: date) -> SupportQuerySet:
    """Next steps of the whole team that are late on a day."""
    return with_step(Support.objects.seen_by(actor), Step.LATE, day)


def unpaid_of(actor: Actor, since: date) -> SupportQuerySet:
    """What the actor gave since a day and nobody pays for yet; newest first."""
    mine = Q(staff_id=actor.user_id, day__gte=since)
    return unpaid(with_payer(supports(actor))).filter(mine).order_by("-day", "-id")


def supports_of(actor: Actor, first: date, last: date) -> SupportQuerySet:
    """What the actor gave on these days, with payers."""
    return with_payer(supports(actor)).filter(staff_id=actor.user_id, day__range=(first, last))


def whole(actor: Actor) -> SupportQuerySet:
    """Supports with everything that the page of one shows, and `was_changed`: whether it said something else once."""
    rows = with_payer(any_support(actor)).select_related(
        "allocation__suggested", "allocation__by", "created_by", "next_step_done_by", "service__line"
    )
    rows = rows.select_related("gathering", "reverses", "reversed_by")
    return rows.prefetch_related("efforts__topic", "recipients__household").annotate(was_changed=CHANGED)


def programmes_for_filter(actor: Actor) -> list[tuple[str, str]]:
    """(reference, name) of the programmes that can have paid."""
    rows = Programme.objects.seen_by(actor).filter(outside=False).order_by("-starts", "id")
    return [(programme.ref, str(programme)) for programme in rows]


def one(actor: Actor, ref: str) -> Support:
    """The support with this reference; Support.DoesNotExist."""
    found: Support = whole(actor).get(ref=ref)
    return found
