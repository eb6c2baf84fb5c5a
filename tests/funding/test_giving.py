"""One way to record and pay: what a group costs, and that it is paid for as its people one after another would be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.funding import actions
from przystan.funding.enums import LimitKind
from przystan.funding.models import Allocation, Limit, Programme, TargetRule
from przystan.ledger.actions import LoggedAlready
from przystan.people.models import Citizenship, Person
from przystan.reference.models import Place
from przystan.support.models import Gathering, Service, Support
from przystan.support.rules import Entry
from przystan.team.models import Organisation, Point
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db
UKRAINIANS = {"fact": "citizenship", "in": ["UA"]}


@dataclass
class House:
    """A centre where groups meet, and programmes that pay for them."""

    organisation: Organisation = field(default_factory=factories.organisation)

    def __post_init__(self) -> None:
        self.point: Point = factories.point(self.organisation)
        self.service: Service = factories.service()
        self.adviser: Actor = factories.actor(self.organisation, "adviser", self.point)

    def people(self, number: int, *, citizens: str = "UA", **values: Any) -> list[Person]:
        found = [factories.person(self.point, f"Person {at}", **values) for at in range(number)]
        Citizenship.objects.bulk_create(Citizenship(person=one, country=citizens) for one in found)
        return found

    def programme(self, rank: int, tree: Any = None, limits: dict[str, int] | None = None) -> Programme:
        found = factories.programme(self.organisation, self.service, rank=rank, name=f"Rank {rank}", tree=tree)
        for kind, value in (limits or {}).items():
            Limit.objects.create(programme=found, kind=kind, value=value)
        return found

    def entry(self, people: list[Person], **values: Any) -> Entry:
        plain = Entry(service_id=self.service.pk, point_id=self.point.pk, day=timezone.localdate(), kind="group")
        return replace(plain, people=tuple(one.ref for one in people), minutes=30, **values)


@pytest.fixture
def house() -> House:
    return House()


def payers(given: list[actions.Given]) -> list[tuple[str, ...]]:
    """Of each support: its people, its payer or why there is none, and the sentences about every programme."""
    return [
        (
            *(person.ref for person in one.people),
            one.payer.name if one.payer else str(one.unpaid),
            *(f"{each.programme.name} {each.word} {each.suggested} {each.reasons}" for each in one.ranked),
        )
        for one in given
    ]


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["group", "full"])
@given(data=st.data())
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_many_get_what_each_alone_would_get(house: House, kind: str, data: st.DataObject) -> None:
    """Rules, and limits of every kind, some used up before, some by people who come again or are protected.

    In a group nobody is protected: a lesson would tell who they are.
    """
    if kind == "full":
        house.adviser = factories.actor(house.organisation, "case_manager")  # advisers know of nobody protected
    with taken_back():
        people = people_of_all_kinds(house, data.draw, hidden=kind == "full")
        paid_before(house, data.draw, people)
        unnamed = data.draw(st.integers(0, 3)) if kind == "group" else 0
        parts = [replace(house.entry([one]), kind=kind) for one in data.draw(st.permutations(people))]
        parts += [replace(house.entry([]), headcount=unnamed)] if unnamed else []
        with acting(house.adviser):
            with taken_back():
                alone = payers([actions.give(by=house.adviser, entry=part) for part in parts])
            with taken_back():
                together = payers(all_at_once(house, parts))
    assert together == alone


def people_of_all_kinds(house: House, draw: Any, *, hidden: bool) -> list[Person]:
    """Some with whom the adviser works, some strangers, some protected."""
    mine = house.people(draw(st.integers(1, 3)), team=[house.adviser])
    strangers = house.people(draw(st.integers(0, 3)), citizens=draw(st.sampled_from(["UA", "DE"])))
    most = draw(st.integers(0, 2)) if hidden else 0
    alias = iter(["P-7f3k-q2mz", "P-8f3k-q2mz"])
    return [
        *mine,
        *strangers,
        *(house.people(1, team=[house.adviser], protected=True, alias=next(alias))[0] for _ in range(most)),
    ]


def paid_before(house: House, draw: Any, people: list[Person]) -> None:
    """Three programmes, what they take and how much, and some of it used up."""
    kinds = st.dictionaries(st.sampled_from(list(LimitKind.values)), st.integers(0, 4), max_size=3)
    rules = st.sampled_from([None, UKRAINIANS])
    programmes = [house.programme(rank, draw(rules), draw(kinds)) for rank in range(1, 4)]
    for one in draw(st.lists(st.sampled_from(people), max_size=4)):
        before = factories.support(house.point, house.service, one, day=timezone.localdate(), minutes=60)
        factories.pay(before, draw(st.sampled_from(programmes)))


def all_at_once(house: House, parts: list[Entry]) -> list[actions.Given]:
    if parts[0].kind == "full":
        return actions.give_all(by=house.adviser, entries=parts, wishes=[actions.SUGGESTED] * len(parts))
    people = tuple(ref for part in parts for ref in part.people)
    entry = replace(parts[0], people=people, headcount=sum(part.headcount for part in parts))
    return list(actions.give_group(by=house.adviser, entry=entry).given)


@pytest.mark.parametrize(("kind", "value", "paid"), [("people", 3, 3), ("hours", 2, 4), ("supports_per_person", 1, 5)])
def test_what_one_uses_up_is_gone_for_the_next(house: House, kind: str, value: int, paid: int) -> None:
    programme, people = house.programme(1, limits={kind: value}), house.people(5)
    with acting(house.adviser):
        group = actions.give_group(by=house.adviser, entry=house.entry(people), title="A lesson")
    assert [one.payer for one in group.given] == [programme] * paid + [None] * (5 - paid)
    assert {one.unpaid for one in group.given[paid:]} <= {actions.Unpaid.NONE_FITS}
    assert [one.people for one in group.given] == [(person,) for person in people]
    assert Allocation.objects.filter(programme=programme).count() == paid
    assert Gathering.objects.get() == group.gathering
    deeds = AuditEntry.objects.exclude(action="read").order_by("seq").values_list("action", "object_ref")
    written = [("support.record", one.support.ref) for one in group.given]
    assert list(deeds) == written + [("funding.attribute", one.support.ref) for one in group.given[:paid]]


@pytest.mark.parametrize("kind", ["people", "hours"])
def test_who_is_protected_uses_up_no_total(house: House, kind: str) -> None:
    """A total that went down would tell of them."""
    house.adviser = factories.actor(house.organisation, "case_manager")
    house.programme(1, limits={kind: 1})
    hidden = house.people(1, team=[house.adviser], protected=True, alias="P-7f3k-q2mz")
    parts = [replace(house.entry([one]), kind="full", minutes=60) for one in [*hidden, *house.people(2)]]
    with acting(house.adviser):
        found = actions.give_all(by=house.adviser, entries=parts, wishes=[actions.SUGGESTED] * 3)
    assert [bool(one.payer) for one in found] == [True, True, False]


def test_a_group_sent_twice_is_written_once(house: House) -> None:
    house.programme(1)
    entry = replace(house.entry(house.people(2)), form_token=uuid4())
    with acting(house.adviser):
        actions.give_group(by=house.adviser, entry=entry)
    with pytest.raises(LoggedAlready) as again, transaction.atomic(), acting(house.adviser):
        actions.give_group(by=house.adviser, entry=entry)
    assert again.value.token == entry.form_token
    assert (Gathering.objects.count(), Support.objects.count(), Allocation.objects.count()) == (1, 2, 2)


def test_what_was_paid_before_it_came_here_asks_the_rule_alone(house: House) -> None:
    """An old file: a limit is no matter of it, a rule that refuses is, and so is one who pays elsewhere."""
    by = factories.actor(house.organisation, "coordinator")
    paid, refusing = house.programme(1, limits={"people": 0}), house.programme(2, {"any": []})
    outside = factories.programme(house.organisation, house.service, outside=True)
    entries = [house.entry(house.people(1))] * 4
    wishes = [actions.Wish(one.ref, "told", settled=True) for one in (paid, refusing, outside)] + [actions.NOT_ASKED]
    with acting(by):
        found = actions.give_all(by=by, entries=entries, wishes=wishes)
    assert [one.payer for one in found] == [paid, None, None, None]
    none_fits, not_asked = actions.Unpaid.NONE_FITS, actions.Unpaid.NOT_ASKED
    assert [one.unpaid for one in found] == [None, none_fits, none_fits, not_asked]
    assert Allocation.objects.get().reason == "told"
    with pytest.raises(Forbidden), transaction.atomic(), acting(house.adviser):
        actions.give_all(by=house.adviser, entries=entries[:1], wishes=wishes[:1])


@pytest.mark.parametrize("number", [1, 12, 40])
def test_a_group_takes_as_many_statements_for_many_as_for_one(house: House, number: int) -> None:
    """Gathering, what is known, entries with their parts, what decides, limits, payers, audit rows."""
    house.programme(1, UKRAINIANS, limits={"people": 30, "hours_per_person": 9})
    house.programme(2)
    entry = house.entry(house.people(number))
    with queries_of_view(7), acting(house.adviser):
        actions.give_group(by=house.adviser, entry=entry)
    assert Allocation.objects.count() == number


@pytest.mark.parametrize("number", [1, 12])
def test_a_group_is_logged_in_few_statements(house: House, number: int) -> None:
    """All that there is: BEGIN and COMMIT (here savepoints), who acts (here also who did before), the seven, and three
    that begin and end counting. A request adds its session, twice, and its account: sixteen.
    """
    house.programme(1, UKRAINIANS, limits={"people": 30})
    entry, seen = house.entry(house.people(number)), CaptureQueriesContext(connection)
    with acting(house.adviser):
        actions.give_group(by=house.adviser, entry=entry)  # from here on the end of the audit log is known
    with seen, acting(house.adviser):
        actions.give_group(by=house.adviser, entry=entry)
    statements = [query["sql"] for query in seen.captured_queries]
    assert len(statements) == 14, "\n".join(sql[:120] for sql in statements)


def of_many_kinds(house: House) -> list[Entry]:
    """Two days, services, points and people in all combinations, and an anonymous contact for each."""
    today = timezone.localdate()
    towns = [Place.objects.create(code=f"town-{at}", name=f"Town {at}", kind="municipality") for at in range(2)]
    for town in towns:
        Place.objects.filter(pk=town.pk).update(path=[town.code])
    points = [house.point, factories.point(house.organisation, place=towns[0]), factories.point(house.organisation)]
    services, people = [house.service, factories.service("Course")], [*house.people(2), *house.people(1, citizens="DE")]
    away = house.programme(1, limits={"hours": 2})
    away.territory.add(towns[0])
    ended = house.programme(2)
    Programme.objects.filter(pk=ended.pk).update(ends=today - timedelta(days=3))
    changed = factories.programme(house.organisation, *services, rank=3, name="Rule changes", tree=UKRAINIANS)
    changed.rules.update(valid_to=today - timedelta(days=2))
    TargetRule.objects.create(programme=changed, tree={"all": []}, valid_from=today - timedelta(days=1))
    courses = factories.programme(house.organisation, *services, rank=4, name="Courses")
    few = Limit(programme=courses, kind="supports_per_person", value=1, service=services[1])
    few.valid_from = today - timedelta(days=4)
    few.save()
    chosen = product((today, today - timedelta(days=5)), services, points, [*people, None])
    return [
        Entry(
            kind="full" if person else "contact",
            service_id=service.pk,
            point_id=point.pk,
            day=day,
            people=(person.ref,) if person else (),
            minutes=30,
        )
        for day, service, point, person in chosen
    ]


def test_any_mixture_gets_what_each_alone_would_get(house: House) -> None:
    """Of many days, services and points at once: dates, rules of the day, territory and limits are each one's own."""
    entries, by = of_many_kinds(house), factories.actor(house.organisation, "coordinator")
    with acting(by):
        with taken_back():
            alone = payers([actions.give(by=by, entry=entry) for entry in entries])
        with taken_back():
            together = payers(actions.give_all(by=by, entries=entries, wishes=[actions.SUGGESTED] * len(entries)))
    assert together == alone
    assert {name for row in alone for name in row[:2]} >= {"Rank 1", "Rank 2", "Rule changes", "Courses"}


def test_any_mixture_takes_as_many_statements_as_one(house: House) -> None:
    """What is known, entries with their parts, what decides, limits, payers, audit rows; three for counting."""
    entries, by = of_many_kinds(house), factories.actor(house.organisation, "coordinator")
    with acting(by):
        actions.give(by=by, entry=entries[0])  # the organisation's key is made once
    counts = []
    for some in ([one for one in entries if one.people][:1], entries):
        with CaptureQueriesContext(connection) as seen, acting(by), taken_back():
            actions.give_all(by=by, entries=some, wishes=[actions.SUGGESTED] * len(some))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1] <= 16


def test_nothing_of_a_group_stays_when_one_is_refused(house: House) -> None:
    stranger = factories.person(factories.point(factories.organisation()))
    with pytest.raises(ValidationError), transaction.atomic():
        actions.give_group(by=house.adviser, entry=house.entry([*house.people(2), stranger]))
    assert not Gathering.objects.exists()
    assert not Support.objects.exists()
