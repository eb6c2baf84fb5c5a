"""What reports leave out: numbers of protected people, for those who work with them (decision 18)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.access.tiers import Tier
from przystan.funding.models import Programme
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_PROTECT
from przystan.results.models import Result
from przystan.support.models import Support, SupportPerson

from ..rules import Period


@dataclass(frozen=True)
class Received:
    """One entry of either ledger (`of`) and one protected person.

    `hidden`: the whole entry is in no number of a report.
    """

    of: type[Support | Result]
    programme_id: int | None
    entry_id: int
    person_id: int
    sign: int
    minutes: int
    hidden: bool


@dataclass
class LeftOut:
    """What a programme's numbers lack (None: entries that nobody pays for). `minutes`: times everybody who came.

    People are in no number at all; of a group with others only they are left out, the entry and its hours count.
    """

    programme: Programme | None
    supports: int = 0
    minutes: int = 0
    results: int = 0
    net: dict[int, int] = field(default_factory=dict)
    reached: dict[int, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """Each once whose entries of support outweigh the counter-entries."""
        return sum(net > 0 for net in self.net.values())

    @property
    def achievers(self) -> int:
        """People whose results outweigh what was taken back, each once."""
        return sum(net > 0 for net in self.reached.values())

    @property
    def hours(self) -> float:
        return self.minutes / 60


def left_out(actor: Actor, period: Period) -> list[LeftOut]:
    """For each programme what its reports lack, of the actor's own protected people; nothing of anybody else's.

    Needs the right to protect people. That these people were counted is noted, one row for each.
    """
    actor.require(PEOPLE_PROTECT)
    people = {person.pk: person for person in Person.objects.worked_with_by(actor).filter(protected=True)}
    rows = list(_received(people, period))
    for pk in sorted({row.person_id for row in rows}):
        audit.read(actor, people[pk], ["protected"], tier=Tier.T4, purpose="report")
    return _summed(rows, Programme.objects.seen_by(actor).order_by("rank", "name", "id"))


def _received(people: Iterable[int], period: Period) -> Iterable[Received]:
    ids, days = list(people), (period.first or date.min, period.last or date.max)
    rows = SupportPerson.objects.filter(person__in=ids, support__booked_on__range=days)
    names = ("allocation__programme", "id", "sign", "minutes", "headcount", "protected")
    found = rows.order_by("id").values_list("person", *(f"support__{name}" for name in names))
    for person, programme, entry, sign, minutes, headcount, hidden in found:
        yield Received(Support, programme, entry, person, sign, minutes * headcount, hidden)
    results = Result.objects.filter(person__in=ids, booked_on__range=days).order_by("id")
    for person, programme, entry, sign, hidden in results.values_list(
        "person", "allocation__programme", "id", "sign", "protected"
    ):
        yield Received(Result, programme, entry, person, sign, 0, hidden)


def _summed(rows: Iterable[Received], programmes: Iterable[Programme]) -> list[LeftOut]:
    """In the order of the programmes; without those that lack nothing."""
    found: dict[int | None, LeftOut] = {one.pk: LeftOut(one) for one in programmes} | {None: LeftOut(None)}
    entries: set[int] = set()
    for row in rows:
        one = found[row.programme_id]
        net = one.reached if row.of is Result else one.net
        net[row.person_id] = net.get(row.person_id, 0) + row.sign
        if row.of is Result:
            one.results += row.sign
        elif row.hidden and row.entry_id not in entries:  # of several protected people, once
            entries.add(row.entry_id)
            one.supports += row.sign
            one.minutes += row.sign * row.minutes
    return [one for one in found.values() if one.people or one.supports or one.minutes or one.results]
