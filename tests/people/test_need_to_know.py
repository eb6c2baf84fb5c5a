"""Who sees what of a person: the lists, the pages and the search say what `decide` says."""

import random
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.decisions import Standing, decide
from przystan.access.models import AuditEntry, User
from przystan.people import actions
from przystan.people.models import Citizenship, Exclusion, Person, TeamMember
from przystan.people.policies import sensitive
from przystan.people.queries import person_seen, search
from przystan.people.queries.many import alike_many
from przystan.people.queries.visible import OPEN, SEEN, about
from przystan.people.rights import PEOPLE_READ
from przystan.people.rules.same_person import Described
from przystan.support.actions import record
from przystan.support.rules import Entry
from przystan.team.models import Organisation, Point
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


@pytest.fixture
def here(centre: Organisation) -> Point:
    return factories.point(centre, "Here")


@pytest.fixture
def there(centre: Organisation) -> Point:
    return factories.point(centre, "There")


@pytest.fixture
def user(centre: Organisation, here: Point) -> User:
    return factories.user(centre, "adviser", here)


@pytest.fixture
def adviser(user: User) -> Actor:
    found = actor_for(user)
    assert found
    return found


@pytest.fixture
def person(here: Point) -> Person:
    found = factories.person(here, "Олена Коваленко", birth="1987-05-03")
    Citizenship.objects.create(person=found, country="UA")
    return found


def login(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def page_of(person: Person) -> str:
    return reverse("desk:person", args=[person.ref])


def reads(person: Person) -> int:
    return AuditEntry.objects.filter(action="read", object_ref=person.ref).count()


def test_a_colleague_of_the_point_sees_no_citizenship_until_they_work_together(person: Person, user: User) -> None:
    client = login(user)
    html = client.get(page_of(person)).content.decode()
    assert "Олена" in html
    assert "Ukraine" not in html
    assert "Sensitive facts are for those who work with this person" in html
    assert reads(person) == 0
    add = reverse("people:fact_add", args=[person.ref, "citizenships"])
    assert client.get(add).status_code == 404
    joined = client.post(reverse("people:work_with", args=[person.ref]), {"reason": "came"})
    assert joined["Location"] == page_of(person)
    assert AuditEntry.objects.get(action="team.join").purpose == "came"
    assert "Ukraine" in client.get(page_of(person)).content.decode()
    assert reads(person) == 1
    assert client.get(add).status_code == 200


def test_it_needs_a_reason_and_lasts_seven_days(person: Person, adviser: Actor) -> None:
    with pytest.raises(ValidationError):
        actions.join(by=adviser, person=person, reason="curious")
    actions.join(by=adviser, person=person, reason="cover")
    member = TeamMember.objects.get()
    assert member.ends_at
    assert (member.ends_at - timezone.now()).days in (6, 7)
    TeamMember.objects.update(ends_at=timezone.now())
    assert Person.objects.get(pk=person.pk).standing_of(adviser) is Standing.POINT


def test_nobody_joins_from_another_point(there: Point, user: User, adviser: Actor) -> None:
    other = factories.person(there, "Giorgi")
    with pytest.raises(Forbidden):
        actions.join(by=adviser, person=other, reason="came")
    assert login(user).post(reverse("people:work_with", args=[other.ref]), {"reason": "came"}).status_code == 404
    assert not TeamMember.objects.exists()


def test_another_point_sees_a_name_and_the_point_only(there: Point, user: User, adviser: Actor) -> None:
    other = factories.person(there, "Giorgi Beridze", birth="1990-02-01", centre_reference="R/77")
    client = login(user)
    html = client.post(reverse("people:search"), {"q": "Giorgi Beridze 1990"}).content.decode()
    assert "Giorgi Beridze" in html
    assert "There" in html
    assert reverse("privacy:ask", args=["people.person", other.ref]) in html
    assert page_of(other) not in html
    assert "R/77" not in html
    assert "1990" not in html.replace("Giorgi Beridze 1990", "")
    assert client.get(page_of(other)).status_code == 404
    for text in ("R/77", "01.02.1990", other.ref):
        assert not search(adviser, text), "found by what the actor may not know"
    wrong, right = (search(adviser, f"Giorgi Beridze {year}") for year in (1970, 1990))
    assert [(one.score, one.codes) for one in wrong] == [(one.score, one.codes) for one in right]


def test_phones_of_another_point_find_nobody(there: Point, here: Point, adviser: Actor) -> None:
    for point in (here, there):
        newcomer = actions.Newcomer([actions.NewName(f"Giorgi {point.name}")], point, phone="600 123 456")
        actions.register(by=factories.actor(point.organisation, "coordinator"), newcomer=newcomer)
    assert [one.person.point for one in search(adviser, "600123456")] == [here]
    assert len(alike_many(adviser, [Described(phones=("48600123456",))])[0]) == 1


def test_who_is_on_the_list_finds_nothing_anywhere(person: Person, user: User, adviser: Actor) -> None:
    factories.work_with(person, user)
    entry = factories.support(person.point, factories.service(), person, next_step="Ring the landlord")
    Exclusion.objects.create(person=person, user=user)
    assert not search(adviser, "Олена Коваленко")
    assert alike_many(adviser, [Described(("Олена Коваленко",))]) == [[]]
    client = login(user)
    assert client.get(page_of(person)).status_code == 404
    assert client.get(reverse("desk:support", args=[entry.ref])).status_code == 404
    assert "Олена" not in client.get(reverse("desk:supports")).content.decode()
    assert decide(adviser, PEOPLE_READ, person).reason.endswith("excluded")


def test_who_leads_names_ends_and_excludes(person: Person, user: User, centre: Organisation) -> None:
    lead = login(factories.user(centre, "coordinator", person.point))
    page = reverse("people:access", args=[person.ref])
    assert login(user).get(page).status_code == 404
    assert login(factories.user(centre, "coordinator", factories.point(centre))).get(page).status_code == 404
    lead.post(page, {"what": "name", "user": user.pk})
    actor = actor_for(user)
    assert actor
    assert sensitive(actor, Person.objects.get(pk=person.pk)).allowed
    assert user.full_name in lead.get(page).content.decode()
    lead.post(reverse("people:team_end", args=[person.ref, user.ref]))
    assert sensitive(actor, Person.objects.get(pk=person.pk)).masked
    lead.post(page, {"what": "exclude", "user": user.pk})
    with pytest.raises(Person.DoesNotExist):
        person_seen(actor, person.ref)
    again = lead.post(page, {"what": "name", "user": user.pk})
    assert again.status_code == 200, "who is on the list is not offered"
    lead.post(reverse("people:readmit", args=[person.ref, user.ref]))
    assert person_seen(actor, person.ref) == person
    told = set(AuditEntry.objects.filter(object_ref=person.ref).values_list("action", flat=True))
    assert {"team.name", "team.end", "exclusion.add", "exclusion.remove"} <= told


def test_registering_and_logging_let_into_the_team(here: Point, person: Person, adviser: Actor) -> None:
    new = actions.register(by=adviser, newcomer=actions.Newcomer([actions.NewName("Nino")], here, citizenships=["GE"]))
    assert sensitive(adviser, new).allowed
    entry = Entry(
        service_id=factories.service().pk, day=timezone.localdate(), point_id=here.pk, minutes=30, people=(person.ref,)
    )
    record(by=adviser, entry=entry)
    assert TeamMember.objects.get(person=person).source == "support"
    assert sensitive(adviser, Person.objects.get(pk=person.pk)).allowed


def test_nobody_logs_their_way_to_people_of_another_point(here: Point, there: Point, adviser: Actor) -> None:
    other = factories.person(there)
    entry = Entry(
        service_id=factories.service().pk, day=timezone.localdate(), point_id=here.pk, minutes=30, people=(other.ref,)
    )
    with pytest.raises(ValidationError, match="not known here"):
        record(by=adviser, entry=entry)


def test_a_relative_who_must_not_be_seen_does_not_show(person: Person, user: User) -> None:
    sister = factories.person(person.point, "Зоряна Винниченко", team=[user])
    factories.work_with(person, user)
    coordinator = factories.actor(person.organisation, "coordinator")
    actions.relate(by=coordinator, person=person, other=sister, kind="sibling")
    actions.live_together(by=coordinator, person=person, other=sister)
    client = login(user)
    assert "Зоряна" in client.get(page_of(person)).content.decode()
    Exclusion.objects.create(person=sister, user=user)
    assert "Зоряна" not in client.get(page_of(person)).content.decode()


@pytest.mark.parametrize("seed", range(6))
def test_lists_and_decisions_agree(seed: int) -> None:
    """In a world thrown by dice: what a list holds is what `decide` allows, for each of its members and no other."""
    dice = random.Random(seed)
    centres = [factories.organisation() for _ in range(2)]
    points = [factories.point(centre) for centre in centres for _ in range(2)]
    users = [
        factories.user(point.organisation, dice.choice(["adviser", "coordinator"]), dice.choice([point, None]))
        for point in points
    ]
    for number in range(12):
        point = dice.choice(points)
        found = factories.person(point, f"Person {number}", protected=dice.random() < 0.3)
        factories.work_with(found, *(one for one in users if dice.random() < 0.2))
        for one in users:
            if dice.random() < 0.15:
                Exclusion.objects.create(person=found, user=one)
    for actor in filter(None, map(actor_for, users)):
        everybody = list(Person.objects.all())
        opened = {one for one in everybody if decide(actor, PEOPLE_READ, one).allowed}
        known = opened | {one for one in everybody if decide(actor, PEOPLE_READ, one).masked}
        assert set(Person.objects.seen_by(actor)) == known
        assert set(Person.objects.open_to(actor)) == opened
        assert {one for one in Person.objects.named_for(actor) if one.is_open} == opened
        assert set(Person.objects.worked_with_by(actor)) == {one for one in everybody if sensitive(actor, one).allowed}
        assert _by_sql(actor, SEEN) == known
        assert _by_sql(actor, f"{SEEN} AND {OPEN}") == opened


def _by_sql(actor: Actor, condition: str) -> set[Person]:
    sql = f"SELECT p.* FROM people_person p WHERE p.organisation_id = %(organisation)s AND {condition}"
    return set(Person.objects.raw(sql, about(actor) | {"organisation": actor.organisation_id}))
