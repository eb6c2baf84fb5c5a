"""Small centres for tests: each function makes one thing, with the least that it needs."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.access.keys import escrow
from przystan.access.models import Escrow, User
from przystan.drafts.models import Draft
from przystan.errands.models import Errand
from przystan.errands.queries import reach
from przystan.funding.models import Allocation, Funder, Indicator, Programme, ResultAllocation, TargetRule
from przystan.institutions.models import Institution, InstitutionKind, InstitutionName
from przystan.people.actions.names import spell
from przystan.people.enums import TeamSource
from przystan.people.models import Household, HouseholdMember, Person, PersonName, TeamMember
from przystan.results.models import Result, ResultKind, Scale
from przystan.support.models import Service, ServiceLine, Support, SupportPerson, Topic
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


def emergency_key(of: Organisation, custodians: list[int], needed: int = 1) -> Escrow:
    """An emergency key that two directors have agreed on."""
    made = escrow.plan(of.pk, custodians, needed, asked_by=user(of, "director").pk)
    escrow.confirm(made, user(of, "director").pk)
    return made


def actor(of: Organisation, role: str = "adviser", at: Point | None = None) -> Actor:
    found = actor_for(user(of, role, at))
    assert found
    return found


def person(at: Point, name: str = "Олена Коваленко", team: Sequence[User | Actor] = (), **values: Any) -> Person:
    """Somebody with a name; `team`: who works with them."""
    found = Person.objects.create(organisation=at.organisation, point=at, **values)
    spell(PersonName(person=found, text=name)).save()
    work_with(found, *team)
    return found


def work_with(who: Person, *users: User | Actor) -> None:
    """Let accounts, or whom actors stand for, into a person's team, since long ago."""
    since = datetime(2020, 1, 1, tzinfo=UTC)
    TeamMember.objects.bulk_create(
        TeamMember(person=who, user_id=_id(user), source=TeamSource.NAMED, starts_at=since) for user in users
    )


def _id(user: User | Actor) -> int | None:
    return user.user_id if isinstance(user, Actor) else user.pk


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


def programme(of: Organisation, *services: Service, tree: Any = None, **values: Any) -> Programme:
    """A programme that runs for ever and takes whom `tree` says; by default everyone."""
    number = next(_numbers)
    funder = values.pop("funder", None) or Funder.objects.create(
        code=f"funder-{number}", names={"en": f"Funder {number}"}
    )
    values = {"key": f"programme-{number}", "name": f"Programme {number}", **values}
    found = Programme.objects.create(organisation=of, funder=funder, **values)
    found.services.set(services)
    TargetRule.objects.create(programme=found, tree=tree or {"all": []})
    return found


def support(at: Point, of: Service, *people: Person, day: date | None = None, **values: Any) -> Support:
    """An entry of the ledger, as it stands after logging."""
    day = day or date(2026, 6, 1)
    values = {"booked_on": day, "minutes": 30, "headcount": max(len(people), 1), **values}
    with door():
        made = Support.objects.create(organisation=at.organisation, point=at, service=of, day=day, **values)
        SupportPerson.objects.bulk_create(SupportPerson(support=made, person=one) for one in people)
    return made


def pay(entry: Support, by: Programme) -> Support:
    """The same entry, with a payer."""
    with door():
        Allocation.objects.create(support=entry, programme=by)
    return entry


def reverse(entry: Support, booked_on: date) -> Support:
    """A counter-entry of an entry, with its figures, people and payer."""
    people = [recipient.person for recipient in entry.recipients.order_by("id")]
    copied = {name: getattr(entry, name) for name in ("day", "kind", "minutes", "headcount", "language")}
    made = support(entry.point, entry.service, *people, sign=-1, reverses=entry, booked_on=booked_on, **copied)
    paid = Allocation.objects.filter(support=entry).select_related("programme").first()
    return pay(made, paid.programme) if paid else made


def result_kind(shape: str = "yes", of: str = "person", **values: Any) -> ResultKind:
    """Something that can come of support; one with levels has A1, A2 and B1."""
    number = next(_numbers)
    if shape == "levels" and "scale" not in values:
        values["scale"] = Scale.objects.create(code=f"scale-{number}", levels=["A1", "A2", "B1"])
    values = {"code": f"kind-{number}", "names": {"en": f"Kind {number}"}, **values}
    return ResultKind.objects.create(shape=shape, of=of, **values)


def errand(of: Organisation, by: User | None = None, content: bytes = b"", **asked: Any) -> Errand:
    """A finished file, as `by` with their reach of now would have it."""
    found = actor_for(by) if by else None
    made = Errand(organisation=of, by=by, runner="reports.file", state="done", name="report.csv", type="text/csv")
    made.asked, made.content, made.reach = json.dumps(asked), content, reach(found) if found else ""
    made.save()
    return made


def draft(of: Organisation, by: User | None) -> Draft:
    """Something that `by` has typed and not saved."""
    return Draft.objects.create(organisation=of, by=by, form="x" * 32, content='{"name 0": "Olena"}')


def institution(of: Organisation, name: str = "School 912") -> Institution:
    """A school of the register."""
    kind = InstitutionKind.objects.get_or_create(code="school", defaults={"names": {"en": "School"}})[0]
    made = Institution.objects.create(organisation=of, kind=kind, name=name)
    InstitutionName.objects.create(institution=made, text=name, folded=name.lower())
    return made


def result(at: Point, of: ResultKind, person: Person | None = None, day: date | None = None, **values: Any) -> Result:
    """An entry of the ledger of results, as it stands after noting."""
    day = day or date(2026, 6, 1)
    values = {"booked_on": day, **values}
    with door():
        return Result.objects.create(organisation=at.organisation, point=at, kind=of, person=person, day=day, **values)


def count_for(entry: Result, by: Programme) -> Result:
    """The same result, with the programme that counts it."""
    with door():
        ResultAllocation.objects.create(result=entry, programme=by)
    return entry


def reverse_result(entry: Result, booked_on: date) -> Result:
    """A counter-entry of a result, with its figures, person and payer."""
    copied = {name: getattr(entry, name) for name in ("day", "before", "after", "minutes", "household", "institution")}
    made = result(entry.point, entry.kind, entry.person, sign=-1, reverses=entry, booked_on=booked_on, **copied)
    paid = ResultAllocation.objects.filter(result=entry).select_related("programme").first()
    return count_for(made, paid.programme) if paid else made


def indicator(of: Programme, counted: str = "people", *services: Service, **values: Any) -> Indicator:
    """Something that the programme's funder counts."""
    number = next(_numbers)
    values = {"code": f"indicator-{number}", "names": {"en": f"Indicator {number}"}, **values}
    kinds = values.pop("kinds", [])
    made = Indicator.objects.create(programme=of, counted=counted, **values)
    made.kinds.set(kinds)
    made.services.set(services)
    return made
