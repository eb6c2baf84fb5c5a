"""Small centres for tests: each function makes one thing, with the least that it needs."""

from datetime import date
from itertools import count
from typing import Any

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.people.actions.names import spell
from przystan.people.models import Household, HouseholdMember, Person, PersonName
from przystan.support.models import Service, ServiceLine, Topic
from przystan.team.models import Membership, Organisation, Point
from przystan.team.queries import actor_for

_numbers = count(1)


def organisation(name: str = "Centre") -> Organisation:
    return Organisation.objects.create(name=f"{name} {next(_numbers)}", short_name=name)


def point(of: Organisation, name: str = "Point", **values: Any) -> Point:
    return Point.objects.create(organisation=of, code=f"point-{next(_numbers)}", name=name, **values)


def user(of: Organisation, role: str = "adviser", at: Point | None = None, name: str = "Ala Nowak") -> User:
    """An account with one role; its password is "przystan"."""
    account = User(username=f"user{next(_numbers)}", full_name=name, language="en")
    account.set_password("przystan")
    account.save()
    Membership.objects.create(user=account, organisation=of, role=role, point=at)
    return account


def actor(of: Organisation, role: str = "adviser", at: Point | None = None) -> Actor:
    found = actor_for(user(of, role, at))
    assert found
    return found


def person(at: Point, name: str = "Олена Коваленко", **values: Any) -> Person:
    found = Person.objects.create(organisation=at.organisation, point=at, **values)
    spell(PersonName(person=found, text=name)).save()
    return found


def household(*people: Person, valid_from: date | None = None) -> Household:
    home = Household.objects.create(organisation=people[0].organisation)
    for member in people:
        HouseholdMember.objects.create(household=home, person=member, valid_from=valid_from)
    return home


def service(name: str = "Advice", minutes: int = 30, **values: Any) -> Service:
    number = next(_numbers)
    line = values.pop("line", None) or ServiceLine.objects.create(code=f"line-{number}", names={"en": f"Line {number}"})
    values = {"code": f"service-{number}", "names": {"en": name}, "unit": "consultation", **values}
    return Service.objects.create(line=line, default_minutes=minutes, **values)


def topic(of: Service, name: str = "Residence") -> Topic:
    found = Topic.objects.create(code=f"topic-{next(_numbers)}", names={"en": name})
    found.lines.add(of.line)
    return found
