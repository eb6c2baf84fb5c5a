"""Lists of supports, and what they add up to."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, Sum
from django.utils.timezone import make_aware

from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.policies import sensitive

from ..models import Support, SupportPerson
from ..models.ledger import SupportQuerySet

PAGE = 50


@dataclass(frozen=True)
class Filters:
    """Which supports; None or "" is any. Days are those of the support, both included."""

    since: date | None = None
    until: date | None = None
    service_id: int | None = None
    staff_id: int | None = None
    point_id: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class Slice:
    """A piece of a long list, newest first. `after`: reference to go on from, "" at the end."""

    items: list[Support]
    after: str


@dataclass(frozen=True)
class Net:
    """What entries add up to when counter-entries are taken off; `rows`: how many they are, counter-entries too.

    `people`: counted once for each support that they received.
    """

    supports: int
    minutes: int
    people: int
    rows: int


def supports(actor: Actor) -> SupportQuerySet:
    """Supports the actor may see, with all that a line about one shows: a handful of queries for any number."""
    return with_people(actor, Support.objects.seen_by(actor))


def any_support(actor: Actor) -> SupportQuerySet:
    """Like `supports`, with those given elsewhere to people whom the actor works with: for the page of one."""
    return with_people(actor, Support.objects.open_to(actor))


def of_person(actor: Actor, person: Person) -> SupportQuerySet:
    """What a person received, bare: all of it for who works with them, else what was given at the actor's points."""
    if sensitive(actor, person).allowed:
        rows = Support.objects.of_people_seen_by(actor)
    else:
        rows = Support.objects.seen_by(actor)
    return rows.filter(recipients__person=person)


def with_people(actor: Actor, rows: SupportQuerySet) -> SupportQuerySet:
    """With people whom the actor may know of, each with `is_open`: whether their page is."""
    people = Person.objects.named_for(actor)
    recipients = SupportPerson.objects.filter(person__in=Person.objects.seen_by(actor).values("pk"))
    return rows.select_related("service", "point", "staff").prefetch_related(
        Prefetch("recipients", recipients), Prefetch("recipients__person", people), "recipients__person__names"
    )


def filtered(actor: Actor, filters: Filters) -> SupportQuerySet:
    """`supports` narrowed."""
    wanted = {
        "day__gte": filters.since,
        "day__lte": filters.until,
        "service_id": filters.service_id,
        "staff_id": filters.staff_id,
        "point_id": filters.point_id,
        "kind": filters.kind,
    }
    return supports(actor).filter(**{name: value for name, value in wanted.items() if value})


def keyset(rows: SupportQuerySet, after: str = "", size: int = PAGE) -> Slice:
    """The next `size` rows after the one with this reference: as quick on page 20,000 as on the first."""
    mark = rows.filter(ref=after).values_list("day", "pk").first() if after else None
    if mark:
        day, pk = mark
        rows = rows.filter(Q(day__lt=day) | Q(pk__lt=pk), day__lte=day)
    items = list(rows.order_by("-day", "-id")[: size + 1])
    return Slice(items[:size], items[size - 1].ref if len(items) > size else "")


def of_day(actor: Actor, day: date) -> SupportQuerySet:
    """What the actor gave on a day, or wrote on it about the two weeks before."""
    midnight = make_aware(datetime.combine(day, time.min))
    mine = Q(staff_id=actor.user_id, day=day) | Q(created_by_id=actor.user_id, created_at__gte=midnight)
    return supports(actor).filter(mine, day__range=(day - timedelta(days=14), day)).order_by("-id")


def open_steps(actor: Actor, until: date, mine: bool = True) -> SupportQuerySet:
    """Next steps due by a day and not done, the oldest first; those of the actor, or of everybody."""
    rows = supports(actor).standing().filter(next_step_on__lte=until, next_step_done_at__isnull=True)
    if mine:
        rows = rows.filter(staff_id=actor.user_id)
    return rows.order_by("next_step_on", "id")


def by_token(actor: Actor, token: UUID | None) -> Support | None:
    """The entry written by the form with this token."""
    return Support.objects.seen_by(actor).filter(form_token=token).first() if token else None


def net(rows: SupportQuerySet) -> Net:
    """Supports, minutes and people, counter-entries taken off. One statement."""
    bare = rows.order_by().select_related(None).prefetch_related(None)
    sums = bare.aggregate(
        supports=Sum("sign"),
        minutes=Sum(F("sign") * F("minutes")),
        people=Sum(F("sign") * F("headcount")),
        rows=Count("pk"),
    )
    return Net(**{name: value or 0 for name, value in sums.items()})
