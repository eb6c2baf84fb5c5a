"""Supports and results that look for a payer, and what is read of them: in one statement for any number of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from przystan.access import audit
from przystan.access.actors import Actor
from przystan.people.models import Person
from przystan.people.policies import sensitive
from przystan.people.rules.known import Facts
from przystan.results.models import Result, ResultKind
from przystan.rules.facts import Situation
from przystan.support.facts import Given
from przystan.support.models import Service, Support
from przystan.team.models import Point

from .limits import Load
from .offers import Occasion, Offers

TOLD = ("citizenships", "titles", "household")  # facts of tier 2 that rules ask


@dataclass(frozen=True, kw_only=True)
class Case:
    """A support, or a result, that looks for a payer. `of`: its service, or its kind.

    No people: nothing is known of the person. `headcount`: everybody who received it, the unnamed too. `support_id`:
    the support, when it is in the ledger already (its own hours do not count against limits).
    """

    people: Sequence[Person]
    of: Service | ResultKind
    day: date
    point: Point
    minutes: int = 0
    headcount: int = 1
    support_id: int | None = None

    @property
    def load(self) -> Load:
        """What it takes of a limit."""
        hidden = any(person.protected for person in self.people)
        return Load(tuple(person.pk for person in self.people), self.minutes, self.headcount, hidden)

    @property
    def occasion(self) -> Occasion:
        """What decides on the offers, but for the people."""
        return Occasion(self.of, self.day, self.point)

    def situation(self, person: Facts) -> Situation:
        """What rules may ask of the case, for one of its people."""
        service = self.of.code if isinstance(self.of, Service) else ""
        return Situation(self.day, {"person": person, "support": Given(service, self.point.code)})


@dataclass(frozen=True)
class Surroundings:
    """What programmes offer on some occasions, what is known of everybody there, and whose facts the actor may know."""

    offers: Offers
    open: frozenset[int]


def surroundings_of(actor: Actor, cases: Sequence[Case], *, hold: bool) -> Surroundings:
    """What decides on cases, however many. See `Offers`; that facts were read is noted."""
    people = {person.pk: person for case in cases for person in case.people}
    may_know = frozenset(pk for pk, person in people.items() if sensitive(actor, person).allowed)
    there = [(person, case.day) for case in cases for person in case.people]
    occasions = list(dict.fromkeys(case.occasion for case in cases))
    offers = Offers(actor, occasions, there, mine=len(may_know) == len(people), hold=hold)
    _note(actor, [people[pk] for pk in dict.fromkeys(pk for pk, _ in offers.known)])
    return Surroundings(offers, may_know)


def _note(actor: Actor, people: Sequence[Person]) -> None:
    """Even a bare yes or no tells a sensitive fact of whoever's facts were read; a job tells nobody."""
    if not actor.is_system:
        for person in people:
            audit.read(actor, person, TOLD)


def case_of(support: Support, people: Sequence[Person]) -> Case:
    """An entry of the ledger, given to these people, as a support that looks for its payer."""
    return Case(
        people=people,
        of=support.service,
        day=support.day,
        point=support.point,
        minutes=support.minutes,
        headcount=support.headcount,
        support_id=support.pk,
    )


def case_of_result(result: Result) -> Case:
    """An entry of the ledger of results as one that looks for its payer; its person as the actor knows them."""
    people = [result.person] if result.person else []
    return Case(people=people, of=result.kind, day=result.day, point=result.point)


def people_of(actor: Actor, support: Support) -> tuple[Person, ...]:
    """Who received an entry of the ledger, of those whom the actor knows. One query."""
    return tuple(Person.objects.seen_by(actor).filter(supports=support).order_by("pk"))
