"""The twenty most important things that are done: each a function that prepares a centre and gives what is then tried.

What is tried looks its rows up anew each time, and runs as its own actor, in a transaction, like a request.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from przystan.access.actors import Actor
from przystan.access.keys import staff
from przystan.access.keys.unlocked import ring
from przystan.access.scope import acting
from przystan.casework import actions as casework
from przystan.casework.enums import CaseKind
from przystan.casework.models import CaseFile
from przystan.exchange import actions as exchange
from przystan.exchange.models import ImportBatch
from przystan.funding import actions as funding
from przystan.funding.models import Programme
from przystan.ledger import actions as ledgers
from przystan.ledger.models import Period
from przystan.people import actions as people
from przystan.people.actions.registration import NewName
from przystan.people.enums import NameKind
from przystan.people.models import Merge, Person
from przystan.privacy import actions as privacy
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure, RetentionRule
from przystan.reference.loading import load_reference
from przystan.support.models import Support
from przystan.support.rules import Entry
from przystan.team import actions as team
from przystan.team.models import Organisation, Point
from przystan.team.queries import actor_for
from tests import factories

Work = Callable[[], Any]
ROWS = "Imię;Nazwisko;Data ur.\nОлена;Коваленко;3.05.1990\nGiorgi;Beridze;1985\n"
WORDS = "cztery słowa których nikt"


class World:
    """A small centre with one person, one support, two programmes and everybody who works there."""

    def __init__(self) -> None:
        self.organisation: Organisation = factories.organisation()
        self.point: Point = factories.point(self.organisation)
        self.coordinator, self.adviser = self.actor("coordinator"), self.actor("adviser")
        self.service = factories.service()
        self.person = factories.person(self.point, team=[self.adviser, self.coordinator], birth="1987-05-03")
        self.programmes = [factories.programme(self.organisation, self.service) for _ in range(2)]
        self.support = factories.pay(
            factories.support(self.point, self.service, self.person, day=date(2026, 6, 1)), self.programmes[0]
        )

    def actor(self, role: str) -> Actor:
        return factories.actor(self.organisation, role, self.point if role == "adviser" else None)

    def entry(self, **values: Any) -> Entry:
        plain = Entry(service_id=self.service.pk, point_id=self.point.pk, day=timezone.localdate(), usual=True)
        return replace(plain, **values)


def as_(by: Actor, work: Callable[[Actor], Any]) -> Work:
    """The work in a transaction of this actor."""

    def done() -> None:
        with acting(by):
            work(by)

    return done


def register(world: World) -> Work:
    names = [NewName("Олена Коваленко", given="Олена", family="Коваленко"), NewName("Olena Kovalenko", NameKind.OTHER)]

    def work(by: Actor) -> None:
        newcomer = people.Newcomer(names=names, point=world.point, birth="1990", citizenships=["UA"], phone="600100200")
        people.register(by=by, newcomer=newcomer)

    return as_(world.adviser, work)


def log_support(world: World) -> Work:
    return as_(world.adviser, lambda by: funding.give(by=by, entry=world.entry(people=(world.person.ref,))))


def log_group(world: World) -> Work:
    entry = world.entry(people=(world.person.ref,), headcount=4)
    return as_(world.adviser, lambda by: funding.give_group(by=by, entry=entry, title="A lesson"))


def log_anonymous(world: World) -> Work:
    return as_(world.adviser, lambda by: funding.give(by=by, entry=world.entry(kind="contact", headcount=3)))


def counter_entry(world: World) -> Work:
    Period.objects.create(
        organisation=world.organisation, starts=date(2026, 6, 1), ends=date(2026, 6, 30), closed_by_id=None
    )

    def work(by: Actor) -> None:
        support = Support.objects.get(pk=world.support.pk)
        entry = world.entry(people=(world.person.ref,), day=support.day, minutes=45)
        funding.correct(by=by, support=support, reason="it was longer", entry=entry)

    return as_(world.coordinator, work)


def merge(world: World) -> Work:
    other = factories.person(world.point, "Olena Kowalenko", team=[world.coordinator])
    factories.support(world.point, world.service, other)

    def work(by: Actor) -> Merge:
        kept, absorbed = (Person.objects.get(pk=one.pk) for one in (world.person, other))
        return people.merge(by=by, kept=kept, absorbed=absorbed)

    return as_(world.coordinator, work)


def undo_merge(world: World) -> Work:
    merge(world)()
    return as_(world.coordinator, lambda by: people.undo_merge(by=by, merge=Merge.objects.get()))


def _batch(world: World) -> ImportBatch:
    """A file of people, ready to be imported."""
    load_reference()
    by = world.coordinator
    with acting(by):
        batch = exchange.take(by=by, kind="people", filename="old.csv", contents=[ROWS.encode()])
        exchange.read(by=by, batch=batch)
        mapping = {int(column): field for column, field in batch.mapping.items()}
        exchange.match_columns(by=by, batch=batch, mapping=mapping)
        exchange.check(by=by, batch=ImportBatch.objects.get(pk=batch.pk))
        exchange.start(by=by, batch=ImportBatch.objects.get(pk=batch.pk), choice="good")
    return batch


def run_import(world: World) -> Work:
    batch = _batch(world)
    return as_(world.coordinator, lambda by: exchange.run(by=by, batch=ImportBatch.objects.get(pk=batch.pk)))


def undo_import(world: World) -> Work:
    batch = _batch(world)
    as_(world.coordinator, lambda by: exchange.run(by=by, batch=batch))()
    return as_(world.coordinator, lambda by: exchange.undo(by=by, batch=ImportBatch.objects.get(pk=batch.pk)))


def protect(world: World) -> Work:
    manager = factories.user(world.organisation, "case_manager")
    staff.confirm(manager, staff.set_up(manager, WORDS))
    factories.work_with(world.person, manager)
    private, by = staff.by_passphrase(manager, WORDS), actor_for(manager)
    assert by

    def work() -> None:
        with ring(manager.pk, private), acting(by):
            people.protect(by=by, person=Person.objects.get(pk=world.person.pk))

    return work


def close_period(world: World) -> Work:
    starts = date(2026, 6, 1)
    return as_(world.coordinator, lambda by: ledgers.close_period(by=by, starts=starts, ends=date(2026, 6, 30)))


def change_payer(world: World) -> Work:
    def work(by: Actor) -> None:
        support = Support.objects.get(pk=world.support.pk)
        funding.choose_payer(by=by, support=support, payer=world.programmes[1].ref, reason="agreed with the city")

    return as_(world.coordinator, work)


def erase(world: World) -> Work:
    erasure = Erasure.objects.create(organisation=world.organisation, person=world.person, person_ref=world.person.ref)

    def work(by: Actor) -> None:
        privacy.carry_out(by=by, erasure=Erasure.objects.get(pk=erasure.pk))

    return as_(world.coordinator, work)


def add_member(world: World) -> Work:
    def work(by: Actor) -> None:
        team.add_member(by=by, full_name="Ewa Nowa", username="ewa-nowa", role="adviser", point=world.point)

    return as_(world.coordinator, work)


def reset_login(world: World) -> Work:
    teacher = factories.user(world.organisation, "teacher", world.point)

    def work(by: Actor) -> None:
        teacher.refresh_from_db()
        team.reset_login(by=by, user=teacher)

    return as_(world.coordinator, work)


def write_note(world: World) -> Work:
    with acting(world.adviser) as by:
        case = casework.open_case(by=by, person=world.person, kind=CaseKind.SUPPORT, title="Integration")

    def work(by: Actor) -> None:
        casework.write_note(by=by, case=CaseFile.objects.get(pk=case.pk), text="She has found work.")

    return as_(world.adviser, work)


def join_team(world: World) -> Work:
    colleague = factories.user(world.organisation, "adviser", world.point)

    def work(by: Actor) -> None:
        people.name(by=by, person=Person.objects.get(pk=world.person.pk), user=colleague)

    return as_(world.coordinator, work)


def change_key(world: World) -> Work:
    user = factories.user(world.organisation, "lawyer")
    staff.confirm(user, staff.set_up(user, WORDS))
    private, by = staff.by_passphrase(user, WORDS), actor_for(user)
    assert by
    return as_(by, lambda by: staff.change(user, private, f"{WORDS} nie zna"))


def edit_programme(world: World) -> Work:
    def work(by: Actor) -> None:
        programme = Programme.objects.get(pk=world.programmes[1].pk)
        programme.name = "Another name"
        funding.keep_programme(by=by, programme=programme, services=[factories.service()], territory=[])

    return as_(world.coordinator, work)


def change_retention(world: World) -> Work:
    load_retention()
    rule = RetentionRule.objects.filter(organisation=None, years__gt=1).order_by("pk").first()
    assert rule

    def work(by: Actor) -> None:
        shipped = RetentionRule.objects.get(pk=rule.pk)
        values = {
            "years": shipped.years - 1,
            "source": "agreed",
            "valid_from": timezone.localdate() - timedelta(days=1),
        }
        privacy.set_rule(by=by, rule=shipped, values=values)

    return as_(world.coordinator, work)


OPERATIONS: dict[str, Callable[[World], Work]] = {
    one.__name__: one
    for one in (
        *(register, log_support, log_group, log_anonymous, counter_entry, merge, undo_merge, run_import, undo_import),
        *(protect, close_period, change_payer, erase, add_member, reset_login, write_note, join_team, change_key),
        *(edit_programme, change_retention),
    )
}
