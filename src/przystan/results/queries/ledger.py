"""Lists of results."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from przystan.access.actors import Actor
from przystan.institutions.models import Institution
from przystan.people.models import Person
from przystan.people.policies import sensitive

from ..models import Result
from ..models.ledger import ResultQuerySet


@dataclass(frozen=True)
class Filters:
    """Which results; None or "" is any. Days are those of the result, both included."""

    since: date | None = None
    until: date | None = None
    kind_id: int | None = None
    point_id: int | None = None
    line: str = ""


def results(actor: Actor) -> ResultQuerySet:
    """Results the actor may see, with all that a line about one shows: a handful of queries for any number."""
    return with_person(actor, Result.objects.seen_by(actor))


def any_result(actor: Actor) -> ResultQuerySet:
    """Like `results`, with those noted elsewhere of people whom the actor works with: for the page of one."""
    return with_person(actor, Result.objects.open_to(actor))


def of_person(actor: Actor, person: Person) -> ResultQuerySet:
    """What came of a person's support: all of it for who works with them, else what was noted at the actor's points."""
    if sensitive(actor, person).allowed:
        rows = Result.objects.of_people_seen_by(actor)
    else:
        rows = Result.objects.seen_by(actor)
    return with_person(actor, rows.filter(person=person))


def of_institution(actor: Actor, institution: Institution) -> ResultQuerySet:
    """What came of working with an institution itself, the latest first: not of people who got something there."""
    rows = Result.objects.seen_by(actor).filter(institution=institution, person=None)
    return rows.select_related("kind", "point").order_by("-day", "-id")


def with_person(actor: Actor, rows: ResultQuerySet) -> ResultQuerySet:
    """With their kinds, and their people, each with `is_open`: whether their page is."""
    people = Person.objects.named_for(actor).prefetch_related("names")
    return rows.select_related("kind__scale", "institution", "point", "staff").prefetch_related(
        Prefetch("person", people)
    )


def filtered(actor: Actor, filters: Filters) -> ResultQuerySet:
    """`results` narrowed."""
    wanted = {
        "day__gte": filters.since,
        "day__lte": filters.until,
        "kind_id": filters.kind_id,
        "point_id": filters.point_id,
        "line": filters.line,
    }
    return results(actor).filter(**{name: value for name, value in wanted.items() if value})


def by_token(actor: Actor, token: UUID | None) -> Result | None:
    """The result written by the form with this token."""
    return Result.objects.seen_by(actor).filter(form_token=token).first() if token else None
