"""A protected person: sealed, called by an alias, in no list and no number of others; and back again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access import scope
from przystan.access.actors import Actor, Forbidden, system
from przystan.access.keys import staff
from przystan.access.keys.data import Locked, NoKey
from przystan.access.keys.unlocked import ring
from przystan.access.models import AuditEntry, User
from przystan.casework.models import CaseFile, CaseMember
from przystan.errands.models import Errand
from przystan.people import actions
from przystan.people.models import (
    Channel,
    FactBefore,
    Household,
    HouseholdMember,
    Merge,
    Person,
    PersonName,
    Relation,
    TeamMember,
)
from przystan.people.queries import search
from przystan.people.queries.known import PEOPLE, asked, known_from
from przystan.privacy.actions import gather
from przystan.privacy.models import SubjectRequest
from przystan.privacy.subject import PEOPLE as SUBJECT
from przystan.support.models import Support
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "cztery słowa których nikt"


@contextmanager
def working(user: User, *, unlocked: bool = True) -> Iterator[Actor]:
    actor = actor_for(user)
    assert actor
    with ring(user.pk, staff.by_passphrase(user, WORDS) if unlocked else None), scope.acting(actor):
        yield actor


@pytest.fixture
def person() -> Person:
    found = factories.person(factories.point(factories.organisation()), "Квітослава Перепелиця", birth="1987-05-03")
    Channel.objects.create(person=found, kind="phone", value="600 123 456", digits="48600123456", shared_with="husband")
    found.centre_reference = "GD/77"
    found.save()
    return found


def protector(person: Person, *, team: bool = True) -> User:
    user = factories.user(person.organisation, "case_manager")
    staff.confirm(user, staff.set_up(user, WORDS))
    if team:
        TeamMember.objects.create(person=person, user=user, source="registered")
    return user


@pytest.fixture
def manager(person: Person) -> User:
    return protector(person)


def protected(person: Person, by: User) -> Person:
    with working(by) as actor:
        return actions.protect(by=actor, person=person)


def test_names_and_contacts_are_in_no_table(person: Person, manager: User) -> None:
    protected(person, manager)
    assert not PersonName.objects.filter(person=person).exists()
    assert not Channel.objects.filter(person=person).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM people_person p WHERE id = %s", [person.pk])
        row = cursor.fetchone()[0]
    for word in ("Перепелиця", "GD/77", "1987-05", "600123456"):
        assert word not in row
        assert word.encode().hex() not in row


def test_no_earlier_wording_stays(person: Person, manager: User) -> None:
    PersonName.objects.filter(person=person).update(text="Квітослава Інша")
    assert FactBefore.objects.filter(person=person).exists()
    protected(person, manager)
    assert not FactBefore.objects.exists()


def test_what_was_merged_and_what_was_taken_out_go_too(person: Person, manager: User) -> None:
    twin = factories.person(person.point, "Квітка Перепелиця", birth="1987-05-04", centre_reference="GD/78")
    coordinator = factories.actor(person.organisation, "coordinator")
    actions.merge(by=coordinator, kept=person, absorbed=twin)
    factories.errand(person.organisation, None, b"GD/78")
    with working(manager) as by:
        actions.protect(by=by, person=person)
    twin.refresh_from_db()
    assert (twin.birth, twin.centre_reference, twin.protected) == ("", "", True)
    assert not Merge.objects.exists()
    assert not Errand.objects.exists()


def test_only_the_team_knows(person: Person, manager: User) -> None:
    others = [
        factories.user(person.organisation, role) for role in ("adviser", "coordinator", "case_manager", "lawyer")
    ]
    protected(person, manager)
    for other in others:
        actor = actor_for(other)
        assert actor
        with scope.acting(actor):
            assert not Person.objects.seen_by(actor).filter(pk=person.pk).exists()
            assert not Person.objects.filter(pk=person.pk).exists()  # the database says the same
            for words in ("Перепелиця", "Perepelyca", "600123456", "GD/77", "1987"):
                assert search(actor, words) == []
    with working(manager) as actor:
        found = Person.objects.seen_by(actor).get(pk=person.pk)
        assert actions.identity_of(found)["names"][0]["text"] == "Квітослава Перепелиця"
        assert found.display_name == found.alias
    with working(manager, unlocked=False) as actor, pytest.raises(Locked):
        actions.identity_of(Person.objects.seen_by(actor).get(pk=person.pk))


def test_what_was_and_is_given_is_marked(person: Person, manager: User) -> None:
    service = factories.service()
    before = factories.support(person.point, service, person)
    group = factories.support(person.point, service, person, factories.person(person.point, "Ktoś Inny"))
    protected(person, manager)
    after = factories.support(person.point, service, person)
    marked = {entry.pk: entry.protected for entry in Support.objects.all()}
    assert marked == {before.pk: True, group.pk: False, after.pk: True}
    adviser = actor_for(factories.user(person.organisation, "coordinator"))
    assert adviser
    with scope.acting(adviser):
        assert set(Support.objects.seen_by(adviser).values_list("pk", flat=True)) == {group.pk}
        assert set(Support.objects.values_list("pk", flat=True)) == {group.pk}
        assert [row.person_id for row in group.recipients.all()] != [person.pk]
        assert group.recipients.count() == 1


def test_the_protection_ends_and_everything_is_back(person: Person, manager: User) -> None:
    entry = factories.support(person.point, factories.service(), person)
    protected(person, manager)
    with working(manager) as actor:
        actions.unprotect(by=actor, person=person)
    person.refresh_from_db()
    assert person.birth == "1987-05-03"
    assert person.centre_reference == "GD/77"
    assert person.display_name == "Квітослава Перепелиця"
    assert person.channels.get().shared_with == "husband"
    assert not Support.objects.get(pk=entry.pk).protected
    actor = actor_for(factories.user(person.organisation, "adviser"))
    assert actor
    assert [one.person.pk for one in search(actor, "Perepelyca")] == [person.pk]


def test_a_colleague_is_named_and_let_go(person: Person, manager: User) -> None:
    second, without_key = protector(person, team=False), factories.user(person.organisation, "lawyer")
    protected(person, manager)
    with working(manager) as actor:
        actions.name_protector(by=actor, person=person, user=second)
        for wrong in (without_key, factories.user(person.organisation, "adviser")):
            with pytest.raises(ValidationError):
                actions.name_protector(by=actor, person=person, user=wrong)
    with working(second) as actor:
        assert actions.identity_of(Person.objects.seen_by(actor).get(pk=person.pk))["birth"] == "1987-05-03"
    with working(manager) as actor:
        actions.drop_protector(by=actor, person=person, user=second)
    with working(second) as actor:
        assert not Person.objects.seen_by(actor).filter(pk=person.pk).exists()


def test_who_may_not_protect(person: Person, manager: User) -> None:
    for user in (protector(person, team=False), factories.user(person.organisation, "coordinator")):
        actor = actor_for(user)
        assert actor
        with pytest.raises(Forbidden):
            actions.protect(by=actor, person=person)
    keyless = factories.user(person.organisation, "case_manager")
    TeamMember.objects.create(person=person, user=keyless, source="registered")
    with scope.acting(actor_for(keyless)) as actor, pytest.raises(NoKey):  # type: ignore[arg-type]
        actions.protect(by=actor, person=person)
    assert not Person.objects.get(pk=person.pk).protected
    assert person.names.exists()


def test_the_page_by_persona(person: Person, manager: User, client) -> None:  # type: ignore[no-untyped-def]
    there = reverse("people:protection", args=[person.ref])
    for user, status in (
        (manager, 200),
        (protector(person, team=False), 404),
        (factories.user(person.organisation, "coordinator"), 404),
        (factories.user(factories.organisation(), "case_manager"), 404),
    ):
        client.force_login(user)
        assert client.get(there).status_code == status
    client.force_login(manager)
    client.post(reverse("keys:unlock"), {"passphrase": WORDS})
    client.post(reverse("people:protect", args=[person.ref]))
    person = Person.objects.get(pk=person.pk)
    assert person.protected
    assert person.alias in client.get(there).content.decode()


def test_the_page_tells_the_team_who_it_is(person: Person, manager: User, client) -> None:  # type: ignore[no-untyped-def]
    hidden = protected(person, manager)
    there = reverse("desk:person", args=[person.ref])
    client.force_login(manager)
    client.cookies["django_language"] = "en"
    locked = client.get(there).content.decode()
    assert hidden.alias in locked
    assert "Перепелиця" not in locked
    client.post(reverse("keys:unlock"), {"passphrase": WORDS})
    page = client.get(there).content.decode()
    assert "Квітослава Перепелиця" in page
    assert "600 123 456" in page
    assert AuditEntry.objects.filter(object_ref=person.ref, action="read", tier=4).count() == 1
    client.force_login(factories.user(person.organisation, "coordinator"))
    assert client.get(there).status_code == 404


def at_home(*members: tuple[Person, str]) -> None:
    home = Household.objects.create(organisation=members[0][0].organisation)
    for who, role in members:
        HouseholdMember.objects.create(household=home, person=who, role=role)


def test_nobody_at_home_is_called_what_tells_that_somebody_is_missing(person: Person, manager: User) -> None:
    husband, child = factories.person(person.point, "Ostap Ktoś"), factories.person(person.point, "Ivan Ktoś")
    at_home((person, "head"), (husband, "partner"), (child, "child"))
    protected(person, manager)
    assert [husband.households.get().role, child.households.get().role] == ["other", "child"]
    assert person.households.get().role == "head"
    with working(manager) as actor:
        actions.unprotect(by=actor, person=person)
    assert [husband.households.get().role, child.households.get().role] == ["partner", "child"]


def test_what_is_over_at_home_tells_nothing_either(person: Person, manager: User) -> None:
    """Neither in the copy that who stays may ask for, nor in what their rows said before."""
    husband = factories.person(person.point, "Ostap Ktoś")
    at_home((person, "head"), (husband, "partner"))
    HouseholdMember.objects.update(valid_from=date(2020, 1, 1), valid_to=date(2022, 5, 31))
    for role in ("child", "partner"):  # somebody corrected it once
        husband.households.update(role=role)
    assert FactBefore.objects.filter(person=husband, before__role="partner").exists()
    coordinator = factories.actor(person.organisation, "coordinator")
    told = [
        one
        for one in gather(by=coordinator, subject=SUBJECT, row=husband, language="en")
        if one.model == "people.householdmember"
    ]
    assert "partner" in str(told)
    protected(person, manager)
    told = [
        one
        for one in gather(by=coordinator, subject=SUBJECT, row=husband, language="en")
        if one.model == "people.householdmember"
    ]
    assert told
    assert "partner" not in str(told)
    assert not FactBefore.objects.filter(person=husband, before__has_key="role").exists()


@pytest.mark.parametrize(
    ("mother_there", "husband_until", "role"),
    [
        ((None, None), None, "partner"),
        ((None, date(2021, 1, 1)), None, "other"),
        ((None, date(2021, 1, 1)), date(2020, 1, 1), "partner"),
        ((date(2023, 1, 1), None), date(2022, 1, 1), "other"),
    ],
)
def test_an_adult_beside_them_on_the_last_day_keeps_the_role(
    person: Person,
    manager: User,
    mother_there: tuple[date | None, date | None],
    husband_until: date | None,
    role: str,
) -> None:
    husband, mother = factories.person(person.point, "Ostap Ktoś"), factories.person(person.point, "Maria Ktoś")
    at_home((person, "head"), (husband, "partner"), (mother, "head"))
    mother.households.update(valid_from=mother_there[0], valid_to=mother_there[1])
    husband.households.update(valid_to=husband_until)
    protected(person, manager)
    assert husband.households.get().role == role


def test_the_household_of_who_stays_is_no_larger_by_them(person: Person, manager: User) -> None:
    """Whoever counts: the system sees the protected person's row, and leaves them out all the same."""
    husband = factories.person(person.point, "Ostap Ktoś")
    at_home((person, "head"), (husband, "partner"))
    assert [size_of(husband), size_of(person)] == [2, 2]
    protected(person, manager)
    assert [size_of(husband), size_of(person)] == [1, 2]


def size_of(person: Person) -> int:
    with scope.acting(system(person.organisation_id, "test")), connection.cursor() as cursor:
        cursor.execute(f"SELECT {PEOPLE}", asked([(person, timezone.localdate())]))
        (found,) = known_from(cursor.fetchone()[0])
    assert found.facts.household
    return found.facts.household.size


def test_the_page_of_who_stays_tells_of_no_household(person: Person, manager: User, client: Client) -> None:
    husband = factories.person(person.point, "Ostap Ktoś")
    at_home((person, "head"), (husband, "partner"))
    Relation.objects.create(person=person, other=husband, kind="partner")
    client.force_login(factories.user(person.organisation, "coordinator"))
    client.cookies["django_language"] = "en"
    there = reverse("desk:person", args=[husband.ref])
    assert "partner" in client.get(there).text
    protected(person, manager)
    page = client.get(there).text
    assert "partner" not in page
    assert "No household written down." in page


def test_what_they_asked_is_answered_by_who_knows_of_them(person: Person, manager: User, client: Client) -> None:
    asked = SubjectRequest.objects.create(
        organisation=person.organisation, person=person, kind="copy", due_on=timezone.localdate()
    )
    protected(person, manager)
    register = reverse("privacy:register")
    client.force_login(manager)
    assert asked in client.get(register).context["page"].items
    answer = {"state": "answered", "delivery": "hand"}
    assert client.get(reverse("privacy:person", args=[person.ref])).status_code == 200
    client.force_login(factories.user(person.organisation, "coordinator"))
    assert asked not in client.get(register).context["page"].items
    assert client.post(reverse("privacy:answer", args=[asked.ref]), answer).status_code == 404
    asked.refresh_from_db()
    assert asked.state == "open"


@pytest.mark.parametrize(("kind", "leads"), [("support", True), ("legal", False)])
def test_their_file_goes_on_and_only_those_named_see_it(person: Person, manager: User, kind: str, leads: bool) -> None:
    author = factories.user(person.organisation, "lawyer", name="Ewa Prawnik")
    case = CaseFile.objects.create(organisation=person.organisation, point=person.point, person=person, kind=kind)
    CaseMember.objects.create(case=case, user=author, role="lead")
    protected(person, manager)
    assert sees(author, case) is False
    assert sees(manager, case) is leads
    with working(manager) as actor:
        staff.confirm(author, staff.set_up(author, WORDS))
        actions.name_protector(by=actor, person=person, user=author)
    assert sees(author, case) is True


def sees(user: User, case: CaseFile) -> bool:
    actor = actor_for(user)
    assert actor
    with scope.acting(actor):
        return CaseFile.objects.seen_by(actor).filter(pk=case.pk).exists()


def test_the_page_says_who_is_let_go(person: Person, manager: User, client: Client) -> None:
    adviser = factories.user(person.organisation, "adviser", name="Ewa Odchodzi")
    TeamMember.objects.create(person=person, user=adviser, source="named")
    client.force_login(manager)
    assert "Ewa Odchodzi" in client.get(reverse("people:protection", args=[person.ref])).text
