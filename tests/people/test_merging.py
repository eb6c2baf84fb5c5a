"""Two records, one person: everything moves, and can go back exactly."""

from datetime import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import User
from przystan.access.moving import links_to
from przystan.ledger.models import Period
from przystan.people import actions
from przystan.people.models import Channel, Merge, PairVerdict, Person, Relation
from przystan.people.queries import person_seen, suspected_pairs
from przystan.people.rules.channels import NEVER, Rule, strictest
from przystan.support.models import SupportPerson
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def coordinator(point: Point) -> Actor:
    return factories.actor(point.organisation, "coordinator")


@pytest.fixture
def pair(point: Point) -> tuple[Person, Person]:
    """Two records with a bit of everything, some of it the same in both."""
    kept = factories.person(point, "Олена Коваленко")
    absorbed = factories.person(point, "Olena Kovalenko", birth="1987", sex="female", centre_reference="A/1")
    child = factories.person(point, "Іван Коваленко")
    for person in (kept, absorbed):
        Relation.objects.create(person=person, other=child, kind="parent")
    Relation.objects.create(person=kept, other=absorbed, kind="sibling")
    Channel.objects.create(person=absorbed, kind="phone", value="600", digits="600")
    factories.household(absorbed, child)
    service = factories.service()
    factories.support(point, service, kept, absorbed)
    factories.support(point, service, absorbed)
    return kept, absorbed


def everything(*people: Person) -> list[Any]:
    """All rows that point to these people, and the people themselves."""
    rows: list[Any] = []
    for model, field in links_to(Person):
        for row in model._base_manager.filter(**{f"{field}__in": people}).order_by("pk"):
            rows.append((model._meta.label, field, row.pk, model_to_dict(row)))
    rows += [model_to_dict(Person.objects.get(pk=person.pk)) for person in people]
    rows += list(PairVerdict.objects.order_by("pk").values("first", "second", "state"))
    return rows


def test_links_are_found_in_every_module() -> None:
    labels = {model._meta.label for model, _field in links_to(Person)}
    assert {"people.PersonName", "people.Relation", "support.SupportPerson"} <= labels
    assert "people.Merge" not in labels


def test_everything_moves_and_comes_back(pair: tuple[Person, Person], coordinator: Actor) -> None:
    kept, absorbed = pair
    actions.suspect(by=coordinator, one=kept, other=absorbed, score=0.9)
    before = everything(kept, absorbed)
    merge = actions.merge(by=coordinator, kept=kept, absorbed=absorbed)
    kept.refresh_from_db()
    assert {name.text for name in kept.names.all()} == {"Олена Коваленко", "Olena Kovalenko"}
    assert (kept.birth, kept.sex, kept.centre_reference) == ("1987", "female", "A/1")
    assert kept.received.count() == 2
    assert not SupportPerson.objects.filter(person=absorbed).exists()
    assert kept.relations.count() == 1
    assert not suspected_pairs(coordinator).exists()
    assert person_seen(coordinator, absorbed.ref) == kept
    actions.undo_merge(by=coordinator, merge=merge)
    assert everything(kept, absorbed) == before
    assert person_seen(coordinator, absorbed.ref) == absorbed


def test_undo_keeps_what_came_after(pair: tuple[Person, Person], coordinator: Actor) -> None:
    kept, absorbed = pair
    merge = actions.merge(by=coordinator, kept=kept, absorbed=absorbed)
    kept.refresh_from_db()
    kept.birth = "1988"
    kept.save()
    Channel.objects.create(person=kept, kind="phone", value="700", digits="700")
    actions.undo_merge(by=coordinator, merge=merge)
    kept.refresh_from_db()
    assert (kept.birth, kept.sex) == ("1988", "unknown")
    assert [channel.value for channel in kept.channels.all()] == ["700"]
    with pytest.raises(ValidationError, match="undone already"):
        actions.undo_merge(by=coordinator, merge=merge)


def test_a_chain_is_undone_from_its_end(point: Point, coordinator: Actor) -> None:
    one, two, three = (factories.person(point, name) for name in ("Anna", "Hanna", "Ганна"))
    first = actions.merge(by=coordinator, kept=two, absorbed=three)
    with pytest.raises(ValidationError, match="merged already"):
        actions.merge(by=coordinator, kept=one, absorbed=three)
    second = actions.merge(by=coordinator, kept=one, absorbed=two)
    assert person_seen(coordinator, three.ref) == one
    assert one.names.count() == 3
    with pytest.raises(ValidationError, match="Undo that merge first"):
        actions.undo_merge(by=coordinator, merge=first)
    actions.undo_merge(by=coordinator, merge=second)
    actions.undo_merge(by=coordinator, merge=first)
    assert [person.names.count() for person in (one, two, three)] == [1, 1, 1]


def test_closed_periods_stay_as_they_were_counted(pair: tuple[Person, Person], coordinator: Actor) -> None:
    kept, absorbed = pair
    days = sorted(support.day for support in absorbed.supports.all())
    Period.objects.create(organisation=kept.organisation, starts=days[0], ends=days[-1])
    merge = actions.merge(by=coordinator, kept=kept, absorbed=absorbed)
    assert SupportPerson.objects.filter(person=absorbed).count() == 1  # the support that both have already
    actions.undo_merge(by=coordinator, merge=merge)
    assert absorbed.received.count() == 2


def test_only_one_s_own_people(pair: tuple[Person, Person], coordinator: Actor) -> None:
    kept, absorbed = pair
    stranger = factories.person(factories.point(factories.organisation()))
    with pytest.raises(Forbidden):
        actions.merge(by=coordinator, kept=kept, absorbed=stranger)
    with pytest.raises(Forbidden):
        actions.merge(by=factories.actor(kept.organisation), kept=kept, absorbed=absorbed)
    with pytest.raises(ValidationError, match="two different people"):
        actions.merge(by=coordinator, kept=kept, absorbed=Person.objects.get(pk=kept.pk))
    assert not Merge.objects.exists()


def test_not_the_same_person_is_remembered(pair: tuple[Person, Person], coordinator: Actor) -> None:
    kept, absorbed = pair
    actions.mark_different(by=coordinator, one=absorbed, other=kept)
    actions.suspect(by=coordinator, one=kept, other=absorbed, score=1.0)
    assert PairVerdict.objects.get().state == "different"
    assert not suspected_pairs(coordinator).exists()


def test_sealed_words_open_after_a_merge_and_after_its_undoing(coordinator: Actor, point: Point) -> None:
    kept, absorbed = factories.person(point, "Олена Коваль"), factories.person(point, "Olena Koval")
    channel = Channel.objects.create(person=absorbed, kind="phone", value="600 1", shared_with="brother")
    done = actions.merge(by=coordinator, kept=kept, absorbed=absorbed)
    moved = Channel.objects.get(pk=channel.pk)
    assert (moved.person_id, moved.shared_with) == (kept.pk, "brother")
    actions.undo_merge(by=coordinator, merge=done)
    back = Channel.objects.get(pk=channel.pk)
    assert (back.person_id, back.shared_with) == (absorbed.pk, "brother")


@pytest.mark.parametrize(
    ("ours", "theirs", "take", "birth"),
    [
        ("1992", "1992-07-07", (), "1992-07-07"),
        ("1992-07-07", "1992", (), "1992-07-07"),
        ("1992-07", "1992-07-07", (), "1992-07-07"),
        ("1991", "1992-07-07", (), "1991"),
        ("1991", "1992-07-07", ("birth",), "1992-07-07"),
        ("1991", "", ("birth",), "1991"),
    ],
)
def test_the_more_exact_of_two_dates_stays_and_else_who_merges_says(
    point: Point, coordinator: Actor, ours: str, theirs: str, take: tuple[str, ...], birth: str
) -> None:
    kept, absorbed = factories.person(point, "Anna", birth=ours), factories.person(point, "Hanna", birth=theirs)
    merge = actions.merge(by=coordinator, kept=kept, absorbed=absorbed, take=take)
    kept.refresh_from_db()
    assert kept.birth == birth
    actions.undo_merge(by=coordinator, merge=merge)
    kept.refresh_from_db()
    assert kept.birth == ours


def test_what_contradicts_is_asked_on_the_page(point: Point, coordinator: Actor, client: Client) -> None:
    one = factories.person(point, "Anna", birth="1991", sex="female", arrived="2020")
    two = factories.person(point, "Hanna", birth="1992", sex="female", arrived="2020-05")
    client.force_login(User.objects.get(pk=coordinator.user_id))
    page = client.get(reverse("people:compare", args=[one.ref, two.ref])).content.decode()
    assert page.count('name="take-birth" required') == 2
    assert "take-sex" not in page
    assert "take-arrived" not in page
    client.post(reverse("people:merge", args=[one.ref]), {"absorbed": two.ref, "take-birth": "other"})
    one.refresh_from_db()
    assert (one.birth, one.arrived) == ("1992", "2020-05")


@pytest.mark.parametrize(
    ("ours", "theirs", "holds"),
    [("yes", "no", "no"), ("no", "yes", "no"), ("yes", "not_asked", "yes"), ("neutral", "yes", "neutral")],
)
def test_one_number_has_one_rule_the_stricter(
    pair: tuple[Person, Person], coordinator: Actor, client: Client, ours: str, theirs: str, holds: str
) -> None:
    kept, absorbed = pair
    rules = {kept: ours, absorbed: theirs}
    for person, safety in rules.items():
        Channel.objects.create(person=person, kind="phone", value="700 100 200", digits="48700100200", safety=safety)
    client.force_login(User.objects.get(pk=coordinator.user_id))
    page = client.post(reverse("people:merge", args=[kept.ref]), {"absorbed": absorbed.ref}, follow=True)
    assert {one.safety for one in kept.channels.filter(digits="48700100200")} == {holds}
    assert "One number had two rules" in page.content.decode()
    actions.undo_merge(by=coordinator, merge=Merge.objects.get())
    assert [one.channels.get(digits="48700100200").safety for one in pair] == [ours, theirs]


NINE, TEN, NOON, SIX, EIGHT = (time(hour) for hour in (9, 10, 12, 18, 20))


@pytest.mark.parametrize(
    ("rules", "holds"),
    [
        ((Rule("hours", NINE, NOON), Rule("hours", SIX, EIGHT)), NEVER),
        ((Rule("hours", NINE, NOON), Rule("hours", NOON, SIX)), NEVER),
        ((Rule("hours", NINE, NOON), Rule("hours", TEN, EIGHT)), Rule("hours", TEN, NOON)),
        ((Rule("hours", EIGHT, NINE), Rule("hours", NOON, time(21))), Rule("hours", EIGHT, time(21))),
        ((Rule("hours", EIGHT, TEN), Rule("hours", SIX, NINE)), Rule("hours", EIGHT, NINE)),
        ((Rule("hours", EIGHT, NINE), Rule("hours", TEN, NOON)), NEVER),
        ((Rule("hours", NINE, EIGHT), Rule("hours", TEN, NOON), Rule("hours", NOON, SIX)), NEVER),
        ((Rule("only_by", only_by_id=1), Rule("only_by", only_by_id=2)), NEVER),
        ((Rule("only_by", only_by_id=1), Rule("only_by", only_by_id=1)), Rule("only_by", only_by_id=1)),
        ((Rule("neutral"), Rule("hours", NINE, NOON)), NEVER),
        ((Rule("only_by", only_by_id=1), Rule("hours", NINE, NOON)), NEVER),
        ((Rule("yes"), Rule("hours", NINE, NOON), Rule("not_asked")), Rule("hours", NINE, NOON)),
    ],
)
def test_the_rule_that_holds_allows_what_all_allow(rules: tuple[Rule, ...], holds: Rule) -> None:
    assert strictest(rules) == holds
    assert strictest(reversed(rules)) == holds


def test_hours_that_differ_allow_neither(pair: tuple[Person, Person], coordinator: Actor) -> None:
    hours = [(NINE, NOON), (SIX, EIGHT)]
    for person, (start, end) in zip(pair, hours, strict=True):
        Channel.objects.create(
            person=person, kind="phone", value="1", digits="48700100200", safety="hours", hours_from=start, hours_to=end
        )
    merge = actions.merge(by=coordinator, kept=pair[0], absorbed=pair[1])
    said = Channel.objects.filter(digits="48700100200").order_by("pk")
    assert set(said.values_list("person", "safety", "hours_from")) == {(pair[0].pk, "no", None)}
    actions.undo_merge(by=coordinator, merge=merge)
    assert list(said.values_list("hours_from", "hours_to")) == hours
