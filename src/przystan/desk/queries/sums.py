"""What a list of supports adds up to: by day, service, colleague or person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, QuerySet, Sum

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.people.models import Person
from przystan.support.models import Service, SupportPerson
from przystan.support.models.ledger import SupportQuerySet

from ..enums import Shown

Rows = QuerySet[Any, dict[str, Any]]
SORTS = {"entries": ("entries", "key"), "minutes": ("minutes", "key"), "last": ("last", "key")}
BY = {Shown.DAYS: "day", Shown.SERVICES: "service_id", Shown.COLLEAGUES: "staff_id"}


@dataclass(frozen=True)
class Summed:
    """A row of sums, counter-entries taken off. `of`: a day, service, colleague or person; None where not known.

    `narrows`: what the address takes so that the list shows these entries alone.
    """

    of: Any
    entries: int
    minutes: int
    last: date
    narrows: Mapping[str, str]

    @property
    def person(self) -> Person | None:
        return self.of if isinstance(self.of, Person) else None


def sums(actor: Actor, rows: SupportQuerySet, by: Shown) -> Rows:
    """Rows of `key`, `entries`, `minutes`, `last`; of people only those whom the actor may know of."""
    bare = rows.order_by().select_related(None).prefetch_related(None)
    if by != Shown.PEOPLE:
        return _added(bare.values(key=F(BY[by])), "")
    known = Person.objects.seen_by(actor).values("pk")
    received = SupportPerson.objects.filter(support__in=bare.values("pk"), person__in=known)
    return _added(received.order_by().values(key=F("person_id")), "support__")


def _added(rows: Any, at: str) -> Rows:
    sign = F(f"{at}sign")
    found: Rows = rows.annotate(entries=Sum(sign), minutes=Sum(sign * F(f"{at}minutes")), last=Max(f"{at}day"))
    return found


def named(actor: Actor, by: Shown, rows: Iterable[Mapping[str, Any]]) -> list[Summed]:
    """The same rows with what they are of. At most two statements."""
    rows = list(rows)
    found = NAMES[by](actor, [row["key"] for row in rows])
    return [
        Summed(found.get(row["key"]), row["entries"], row["minutes"], row["last"], _narrowing(by, row["key"]))
        for row in rows
        if by != Shown.PEOPLE or row["key"] in found
    ]


def _narrowing(by: Shown, key: Any) -> dict[str, str]:
    if key is None or by == Shown.PEOPLE:  # nothing about people stands in an address
        return {}
    if by == Shown.DAYS:
        return {"since": key.isoformat(), "until": key.isoformat()}
    return {"service" if by == Shown.SERVICES else "staff": str(key)}


def _people(actor: Actor, keys: list[int]) -> dict[Any, Any]:
    return Person.objects.named_for(actor).prefetch_related("names").in_bulk(keys)


NAMES: dict[Shown, Callable[[Actor, list[Any]], dict[Any, Any]]] = {
    Shown.DAYS: lambda actor, keys: {key: key for key in keys},
    Shown.SERVICES: lambda actor, keys: Service.objects.in_bulk(keys),
    Shown.COLLEAGUES: lambda actor, keys: User.objects.in_bulk([key for key in keys if key]),
    Shown.PEOPLE: _people,
}
