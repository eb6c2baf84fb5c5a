"""A small centre to which things happen by chance: whatever may change a figure, written past the pages."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection

from przystan.access.actors import Actor, counter
from przystan.access.doors import door
from przystan.access.scope import acting
from przystan.funding.actions import keeping
from przystan.funding.enums import Breakdown
from przystan.funding.models import Allocation, Indicator, Programme, ResultAllocation
from przystan.people.actions import merge, undo_merge
from przystan.people.models import Citizenship, Dwelling, HouseholdMember, Merge, Person, TitleHeld
from przystan.reference.models import Place, ResidenceTitle
from przystan.results.models import Result
from przystan.support.models import Service, Support, SupportPerson
from tests import factories

START = date(2026, 1, 1)
WHERE: tuple[Any, ...] = (
    {"fact": "sex", "in": ["female"]},
    {"fact": "age", "at_least": 18},
    {"fact": "citizenship_class", "in": ["third_country"]},
    {"fact": "legal_stay", "is": True},
    {"fact": "household_size", "at_least": 2},
    {"fact": "household_has_minor", "is": True},
)
Act = Callable[["World"], None]
ACTS: dict[str, Act] = {}


def act(work: Act) -> Act:
    ACTS[work.__name__] = work
    return work


class World:
    """Two programmes, two services and points, a few people, and indicators of every kind."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self.organisation = factories.organisation()
        self.points = [factories.point(self.organisation) for _ in range(2)]
        self.services: list[Service] = [factories.service() for _ in range(2)]
        self.kinds = [factories.result_kind(), factories.result_kind("minutes", "institution")]
        self.schools = [factories.institution(self.organisation, f"School {number}") for number in (1, 2)]
        births = ("2009-03-01", "1990", "", "1950", "2010-05-05")
        self.people: list[Person] = [factories.person(self.points[0], sex="female", birth=birth) for birth in births]
        self.homes = [factories.household(*self.people[:2]), factories.household(self.people[2])]
        self.programmes: list[Programme] = [factories.programme(self.organisation, *self.services) for _ in range(2)]
        self.titles = list(ResidenceTitle.objects.order_by("pk")[:4])
        self.places = list(Place.objects.order_by("pk")[:2])
        self.merges: list[Merge] = []
        self._indicators()
        self.actor: Actor = factories.actor(self.organisation, "coordinator")

    def _indicators(self) -> None:
        first, second = self.programmes
        rules = iter(WHERE)
        for counted in ("people", "supports", "hours", "households"):
            by = [one.value for one in self.random.sample(list(Breakdown)[:6], 2)]
            factories.indicator(first, counted, breakdowns=by)
            factories.indicator(second, counted, self.services[0])
            factories.indicator(first, counted, where=next(rules))
        factories.indicator(second, "households", where=next(rules))
        factories.indicator(second, "supports", where={"fact": "point", "in": [self.points[0].code]})
        factories.indicator(second, "people", where={"all": [next(rules), {"fact": "service", "in": ["x"]}]})
        for counted in ("results", "achievers", "achiever_households", "institutions", "hours_given"):
            factories.indicator(first, counted, breakdowns=["point"])
        factories.indicator(second, "achievers", where=WHERE[0], breakdowns=["sex"])

    def one(self, rows: Sequence[Any]) -> Any:
        return self.random.choice(list(rows))

    def day(self) -> date:
        return START + timedelta(days=self.random.randrange(300))

    def support(self, paid: bool = True) -> Support | None:
        rows = Support.objects.filter(organisation=self.organisation, allocation__isnull=not paid)
        return self.random.choice(found) if (found := list(rows.order_by("pk"))) else None

    def happen(self, acts: int) -> list[str]:
        """So many things, one after another; their names."""
        names = [self.random.choice(sorted(ACTS)) for _ in range(acts)]
        for name in names:
            with door():
                ACTS[name](self)
        return names

    def keep(self) -> None:
        """What the job does."""
        keeping.forget_touched()
        for programme in self.programmes:
            with acting(counter(self.organisation.pk)):
                keeping.keep(programme=programme)


def _given(world: World, people: Sequence[Person], **values: Any) -> Support:
    made = factories.support(world.one(world.points), world.one(world.services), *people, day=world.day(), **values)
    if people and world.random.random() < 0.5:
        SupportPerson.objects.filter(support=made).update(household=world.one(world.homes))
    return factories.pay(made, world.one(world.programmes))


@act
def give(world: World) -> None:
    _given(world, [world.one(world.people)], language=world.one(["uk", "pl", ""]))


@act
def give_again(world: World) -> None:
    give(world)


@act
def give_many(world: World) -> None:
    people = world.random.sample(world.people, 2)
    _given(world, people, minutes=60, headcount=world.random.randrange(2, 5))


@act
def give_somebody_new(world: World) -> None:
    person = factories.person(world.one(world.points), sex="male", birth=world.one(["2000", "2012-01-01"]))
    Citizenship.objects.create(person=person, country=world.one(["UA", "PL"]))
    world.people = [*world.people[-7:], person]
    _given(world, [person])


@act
def give_unpaid_and_pay_late(world: World) -> None:
    if entry := world.support(paid=False):
        factories.pay(entry, world.one(world.programmes))
    factories.support(world.points[0], world.services[0], world.one(world.people), day=world.day())


@act
def take_back(world: World) -> None:
    entry = world.support()
    if entry and not entry.reverses_id and not Support.objects.filter(reverses=entry).exists():
        factories.reverse(entry, booked_on=entry.booked_on + timedelta(days=30))


@act
def amend(world: World) -> None:
    if entry := world.support():
        changes: list[dict[str, Any]] = [
            {"minutes": 77},
            {"service": world.one(world.services)},
            {"point": world.one(world.points)},
            {"language": "ru"},
            {"next_step": "nothing of this is counted"},
        ]
        Support.objects.filter(pk=entry.pk).update(**world.one(changes))


@act
def amend_people(world: World) -> None:
    if entry := world.support():
        person = world.one(world.people)
        if not SupportPerson.objects.filter(support=entry, person=person).exists():
            SupportPerson.objects.create(support=entry, person=person)
            Support.objects.filter(pk=entry.pk).update(headcount=entry.headcount + 1)
        elif SupportPerson.objects.filter(support=entry).count() > 1:
            SupportPerson.objects.filter(support=entry, person=person).delete()


@act
def other_household(world: World) -> None:
    if entry := world.support():
        SupportPerson.objects.filter(support=entry).update(household=world.one([*world.homes, None]))


@act
def pay_otherwise(world: World) -> None:
    if entry := world.support():
        Allocation.objects.filter(support=entry).update(programme=world.one(world.programmes))


@act
def nobody_pays(world: World) -> None:
    if entry := world.support():
        Allocation.objects.filter(support=entry).delete()


@act
def merge_two(world: World) -> None:
    there = [
        one for one in world.people if Person.objects.filter(pk=one.pk, protected=False, merged_into=None).exists()
    ]
    if len(there) > 3:
        kept, absorbed = (Person.objects.get(pk=one.pk) for one in world.random.sample(there, 2))
        world.merges.append(merge(by=world.actor, kept=kept, absorbed=absorbed))
        world.people = [one for one in world.people if one.pk != absorbed.pk]


@act
def undo_last_merge(world: World) -> None:
    if world.merges and not Person.objects.filter(pk=world.merges[-1].kept_id, protected=True).exists():
        world.people.append(undo_merge(by=world.actor, merge=world.merges.pop()))


@act
def protect(world: World) -> None:
    person = world.one(world.people)
    Person.objects.filter(pk=person.pk).update(protected=True, alias=f"P-{person.pk}")


@act
def protect_no_more(world: World) -> None:
    Person.objects.filter(pk__in=[one.pk for one in world.people]).update(protected=False, alias="")


@act
def erase(world: World) -> None:
    person = world.one(world.people)
    for rows in (Citizenship, TitleHeld, HouseholdMember):
        rows.objects.filter(person=person).delete()  # type: ignore[attr-defined]
    Person.objects.filter(pk=person.pk).update(birth="", sex="unknown")


@act
def learn_a_fact(world: World) -> None:
    person = world.one(world.people)
    Person.objects.filter(pk=person.pk).update(sex=world.one(["female", "male"]), birth=world.one(["1980", "2010"]))
    Citizenship.objects.create(person=person, country=world.one(["UA", "PL", "GE"]), valid_from=world.day())
    if world.titles:
        TitleHeld.objects.create(person=person, title=world.one(world.titles))
    if world.places:
        Dwelling.objects.create(person=person, place=world.one(world.places))


@act
def a_fact_ended(world: World) -> None:
    for rows in (Citizenship, TitleHeld, HouseholdMember):
        found = rows.objects.filter(person=world.one(world.people), valid_to=None)  # type: ignore[attr-defined]
        found.filter(valid_from=None).update(valid_to=world.day())


@act
def move_in(world: World) -> None:
    person = world.one(world.people)
    HouseholdMember.objects.filter(person=person).delete()
    HouseholdMember.objects.create(person=person, household=world.one(world.homes))


@act
def change_an_indicator(world: World) -> None:
    one = world.one(Indicator.objects.filter(programme__in=world.programmes).order_by("pk"))
    if one.counted in ("people", "supports", "hours", "households"):
        if world.random.random() < 0.5:
            one.services.set([world.one(world.services)])
        else:
            Indicator.objects.filter(pk=one.pk).update(where=world.one([None, *WHERE]))


@act
def come_of_it(world: World) -> None:
    person = world.one([*world.people, None])
    kind = world.kinds[0] if person else world.kinds[1]
    school = None if person else world.one(world.schools)
    home = world.one([*world.homes, None]) if person else None
    made = factories.result(
        world.points[0], kind, person, day=world.day(), institution=school, household=home, minutes=60
    )
    factories.count_for(made, world.programmes[0])


@act
def change_a_result(world: World) -> None:
    rows = Result.objects.filter(organisation=world.organisation).order_by("pk")
    if entry := rows.filter(institution=None).first():
        Result.objects.filter(pk=entry.pk).update(person=world.one(world.people))
    if entry := rows.filter(person=None).first():
        Result.objects.filter(pk=entry.pk).update(institution=world.one(world.schools), minutes=30)
    if entry := rows.last():
        ResultAllocation.objects.filter(result=entry).update(programme=world.one(world.programmes))


@act
def a_code_means_something_else(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reference_residencetitle SET legal_stay = NOT legal_stay WHERE id = %s", [
            world.titles[0].pk if world.titles else 0
        ])  # fmt: skip


@act
def keep(world: World) -> None:
    world.keep()


@act
def keep_again(world: World) -> None:
    world.keep()
