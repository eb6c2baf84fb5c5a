"""Consents of several signers: what their answers come to, and what ends when a consent does."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from przystan.access.actors import Actor, Forbidden, system
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.people import actions
from przystan.people.loading import load_consents
from przystan.people.models import Consent, ConsentSigner, ConsentText, FactBefore, Guardian, Person
from przystan.people.queries import consents, fact_key, person_page
from przystan.people.queries.consents import Depends, agreements_of, depending, follows, state_on
from przystan.people.rules.consents import NOBODY, PERSON, Answer, Asked, ConsentState, Seat, seats_of, state_of
from przystan.privacy import actions as privacy
from przystan.privacy.models import SubjectRequest
from przystan.privacy.queries.copying import copy_of
from przystan.team.models import Point
from tests import factories

TODAY = timezone.localdate()
YES, NO, BACK = True, False, None  # BACK: agreed, and took it back


def said(who: int, what: bool | None) -> Answer:
    return Answer(who, agrees=what is not False, withdrawn=what is None)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, ConsentState.WAITING),
        ({1: YES}, ConsentState.WAITING),
        ({1: YES, 2: YES}, ConsentState.GIVEN),
        ({1: YES, 2: NO}, ConsentState.CONFLICTING),
        ({1: NO}, ConsentState.REFUSED),
        ({1: NO, 2: NO}, ConsentState.REFUSED),
        ({1: YES, 2: BACK}, ConsentState.WITHDRAWN),
        ({1: BACK, 2: BACK}, ConsentState.WITHDRAWN),
        ({1: BACK}, ConsentState.WITHDRAWN),
        ({1: NO, 2: BACK}, ConsentState.REFUSED),
        ({1: YES, PERSON: YES}, ConsentState.WAITING),  # the child's yes is not the other parent's
        ({1: YES, 2: YES, PERSON: NO}, ConsentState.GIVEN),  # and is not asked here
    ],
)
def test_what_two_parents_come_to(answers: dict[int, bool | None], state: ConsentState) -> None:
    assert state_of([Seat(1), Seat(2)], [said(*one) for one in answers.items()]) is state


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, ConsentState.WAITING),
        ({1: YES}, ConsentState.GIVEN),
        ({2: YES}, ConsentState.GIVEN),
        ({1: YES, 2: BACK}, ConsentState.GIVEN),
        ({1: YES, 2: NO}, ConsentState.CONFLICTING),
        ({1: BACK}, ConsentState.WITHDRAWN),
        ({1: NO}, ConsentState.REFUSED),
    ],
)
def test_where_one_parent_is_enough(answers: dict[int, bool | None], state: ConsentState) -> None:
    seats = [Seat(1, alone=False), Seat(2, alone=False)]
    assert state_of(seats, [said(*one) for one in answers.items()]) is state


def test_the_last_answer_of_each_counts() -> None:
    assert state_of([Seat(1)], [said(1, BACK), said(1, YES)]) is ConsentState.GIVEN
    assert state_of([Seat(1)], [said(1, YES), said(1, BACK)]) is ConsentState.WITHDRAWN


PHOTO = [Asked("each_guardian", None, 17), Asked("person", 18, None), Asked("person", 13, 17)]


@pytest.mark.parametrize(
    ("asked", "age", "guardians", "seats"),
    [
        (PHOTO, 12, [5, 6], [Seat(5), Seat(6)]),
        (PHOTO, 13, [5], [Seat(5), Seat(PERSON)]),
        (PHOTO, 17, [], [Seat(NOBODY), Seat(PERSON)]),
        (PHOTO, 18, [5, 6], [Seat(PERSON)]),
        (PHOTO, None, [5], [Seat(PERSON)]),
        ([], 4, [5], [Seat(PERSON)]),
        ([Asked("one_guardian", None, 17)], 4, [5, 6], [Seat(5, alone=False), Seat(6, alone=False)]),
        ([Asked("one_guardian", None, 17)], 4, [], [Seat(NOBODY, alone=False)]),
    ],
)
def test_who_has_to_sign(asked: list[Asked], age: int | None, guardians: list[int], seats: list[Seat]) -> None:
    assert seats_of(asked, age, guardians) == seats


@pytest.fixture
def point(db: None) -> Point:
    load_consents()
    return factories.point(factories.organisation())


@pytest.fixture
def child(point: Point) -> Person:
    return factories.person(point, "Данило Шевчук", birth=str(TODAY.year - 9))


@pytest.fixture
def adviser(child: Person) -> Iterator[Actor]:
    adviser = factories.actor(child.organisation, at=child.point)
    factories.work_with(child, adviser)
    with acting(adviser):
        yield adviser


@pytest.fixture
def parents(child: Person, adviser: Actor) -> list[Guardian]:
    made = [Guardian(person=child, name=name) for name in ("Oksana", "Petro")]
    for one in made:
        actions.keep(by=adviser, fact=one, fields=["name"])
    return made


def answer(by: Actor, child: Person, who: Guardian | None, purpose: str, agrees: bool = True, **values: Any) -> Consent:
    text = ConsentText.objects.filter(purpose=purpose).latest("version")
    day = values.pop("on", TODAY)
    made = Consent(person=child, guardian=who, text=text, agrees=agrees, language="uk", given_on=day, **values)
    actions.answer(by=by, fact=made)
    return made


def test_every_purpose_says_who_signs(db: None) -> None:
    load_consents()
    load_consents()  # the second time there is nothing to add
    purposes = set(ConsentText.objects.order_by().values_list("purpose", flat=True))
    assert set(ConsentSigner.objects.order_by().values_list("purpose", flat=True)) == purposes
    assert not ConsentSigner.objects.filter(source="").exists()
    rows = list(ConsentSigner.objects.order_by("id"))
    assert len({(row.purpose, row.signers, row.age_from) for row in rows}) == len(rows)


def test_two_parents_sign_one_after_the_other(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    assert state_on(child, "photo") is ConsentState.WAITING
    answer(adviser, child, parents[0], "photo")
    assert state_on(child, "photo") is ConsentState.WAITING
    second = answer(adviser, child, parents[1], "photo", agrees=False)
    assert state_on(child, "photo") is ConsentState.CONFLICTING
    actions.withdraw(by=adviser, fact=second, day=TODAY)
    answer(adviser, child, parents[1], "photo")
    assert state_on(child, "photo") is ConsentState.GIVEN


def deeds(person: Person) -> list[str]:
    rows = AuditEntry.objects.filter(object_ref=person.ref, action__startswith="consent.").order_by("seq")
    return list(rows.values_list("action", flat=True))


def test_each_answer_leaves_its_deed(point: Point) -> None:
    grown = factories.person(point)
    adviser = factories.actor(point.organisation, at=point)
    factories.work_with(grown, adviser)
    with acting(adviser):
        refused = answer(adviser, grown, None, "photo", agrees=False)
        actions.withdraw(by=adviser, fact=refused, day=TODAY)
        answer(adviser, grown, None, "photo")
    with acting(adviser):
        actions.remove_consent(by=adviser, fact=grown.consents.get(withdrawn_on=None))
    assert deeds(grown) == ["consent.refuse", "consent.withdraw", "consent.give", "consent.remove"]


def test_the_rules_and_the_age_of_the_day_count(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    for parent in parents:
        answer(adviser, child, parent, "photo", on=TODAY - timedelta(400))
    assert state_on(child, "photo") is ConsentState.GIVEN
    later = TODAY.replace(year=TODAY.year + 10, day=1)
    assert state_on(child, "photo", later) is ConsentState.WAITING  # grown up: now it is theirs to say
    assert (
        state_on(child, "photo", TODAY.replace(year=TODAY.year + 5, day=1)) is ConsentState.WAITING
    )  # 13: asked as well
    with acting(system(0, "tests")):
        ConsentSigner.objects.filter(purpose="photo").update(valid_from=TODAY + timedelta(1))
    assert state_on(child, "photo") is ConsentState.WAITING  # without a rule, the person alone


def test_who_no_longer_signs_does_not_count(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    answer(adviser, child, parents[0], "photo")
    actions.end(by=adviser, fact=parents[1], day=TODAY - timedelta(1))
    assert state_on(child, "photo") is ConsentState.GIVEN
    with pytest.raises(ValidationError, match="have answered a consent"):
        actions.remove_guardian(by=adviser, fact=parents[0])
    actions.remove_guardian(by=adviser, fact=parents[1])
    assert list(child.guardians.all()) == [parents[0]]


def test_who_no_longer_signs_is_not_offered(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    actions.end(by=adviser, fact=parents[1], day=TODAY - timedelta(1))
    assert consents.may_sign(child) == [parents[0]]


def test_nobody_signs_for_somebody_elses_child(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    other = factories.person(child.point, team=[adviser])
    with pytest.raises(Guardian.DoesNotExist):
        answer(adviser, other, parents[0], "photo")
    answer(adviser, child, parents[0], "photo")
    with pytest.raises(ValidationError, match="there already"):
        answer(adviser, child, parents[0], "photo")


class Shared:
    """Something that rests on a consent, as a module would have it."""

    def __init__(self, purpose: str = "photo", breaks: bool = False) -> None:
        self.ended: list[tuple[str, date, bool]] = []
        self.breaks = breaks
        self.depends = Depends(purpose, lambda person: ["The picture of the summer comes off the wall."], self.ends)

    def ends(self, *, by: Actor, person: Person, purpose: str, day: date) -> None:
        if self.breaks:
            raise ValidationError("The wall cannot be reached.")
        self.ended.append((person.ref, day, by.is_system))


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Shared:
    made = Shared()
    monkeypatch.setattr(consents, "depending", lambda: (made.depends,))
    monkeypatch.setattr("przystan.people.actions.resting.depending", lambda: (made.depends,))
    return made


def test_a_withdrawal_names_what_rests_on_it_and_ends_it(
    child: Person, parents: list[Guardian], adviser: Actor, shared: Shared
) -> None:
    first, second = (answer(adviser, child, parent, "photo") for parent in parents)
    assert follows(child, first) == ["The picture of the summer comes off the wall."]
    assert shared.ended == []
    actions.withdraw(by=adviser, fact=first, day=TODAY)
    assert shared.ended == [(child.ref, TODAY, True)]
    assert follows(child, second) == []  # nothing rests on it any more
    actions.withdraw(by=adviser, fact=second, day=TODAY)
    assert len(shared.ended) == 1


@pytest.mark.parametrize("how", ["no", "mistake"])
def test_a_later_no_or_a_mistake_taken_away_ends_it_too(
    child: Person, parents: list[Guardian], adviser: Actor, shared: Shared, how: str
) -> None:
    answer(adviser, child, parents[0], "contact_messages")
    shared.depends = Depends("contact_messages", shared.depends.told, shared.ends)
    if how == "no":
        answer(adviser, child, parents[1], "contact_messages", agrees=False)
    else:
        actions.remove_consent(by=adviser, fact=child.consents.get())
    assert [row[0] for row in shared.ended] == [child.ref]


def test_what_was_not_given_ends_nothing(
    child: Person, parents: list[Guardian], adviser: Actor, shared: Shared
) -> None:
    only = answer(adviser, child, parents[0], "photo")
    assert follows(child, only) == []
    actions.withdraw(by=adviser, fact=only, day=TODAY)
    assert shared.ended == []


def test_where_one_parent_is_enough_the_other_ends_nothing(
    child: Person, parents: list[Guardian], adviser: Actor, shared: Shared
) -> None:
    shared.depends = Depends("contact_messages", shared.depends.told, shared.ends)
    own = answer(adviser, child, None, "contact_messages", agrees=False)  # at nine it is not asked
    first, second = (answer(adviser, child, parent, "contact_messages") for parent in parents)
    assert follows(child, own) == follows(child, first) == []
    actions.withdraw(by=adviser, fact=first, day=TODAY)
    assert shared.ended == []
    assert follows(child, second) != []
    actions.withdraw(by=adviser, fact=second, day=TODAY)
    assert len(shared.ended) == 1


def test_both_or_neither(child: Person, parents: list[Guardian], adviser: Actor, shared: Shared) -> None:
    first, _second = (answer(adviser, child, parent, "photo") for parent in parents)
    shared.breaks = True
    with pytest.raises(ValidationError, match="cannot be reached"):
        actions.withdraw(by=adviser, fact=first, day=TODAY)
    assert Consent.objects.get(pk=first.pk).withdrawn_on is None
    assert state_on(child, "photo") is ConsentState.GIVEN


def test_sensitive_data_are_asked_to_be_erased(point: Point) -> None:
    """What privacy declares: whoever withdraws need not have the right to answer such requests."""
    grown = factories.person(point)
    adviser = factories.actor(point.organisation, at=point)
    factories.work_with(grown, adviser)
    with acting(adviser):
        given = answer(adviser, grown, None, "data_processing_sensitive")
        assert follows(grown, given) == [
            "A request to erase sensitive data is written down, to be answered within a month."
        ]
        actions.withdraw(by=adviser, fact=given, day=TODAY)
    [request] = SubjectRequest.objects.all()
    assert (request.person, request.kind, request.received_on) == (grown, "erase", TODAY)
    assert request.due_on > TODAY + timedelta(27)


def test_who_does_not_work_with_the_child_sees_that_somebody_signs_not_who(
    child: Person, parents: list[Guardian], adviser: Actor, client: Client
) -> None:
    answer(adviser, child, parents[0], "photo")
    answer(adviser, child, parents[1], "photo", agrees=False)
    desk = factories.user(child.organisation, "reception", at=child.point)
    client.force_login(desk)
    page = client.get(reverse("desk:person", args=[child.ref])).content.decode()
    assert "they answered differently" in page
    assert "Oksana" not in page
    assert "Add a parent or guardian" not in page
    for name in ("fact_change", "fact_end", "fact_remove"):
        address = reverse(f"people:{name}", args=[child.ref, "guardians", fact_key(parents[0])])
        assert client.get(address).status_code == 404
    receptionist = factories.actor(child.organisation, "reception", at=child.point)
    with acting(receptionist), pytest.raises(Forbidden):
        actions.keep(by=receptionist, fact=Guardian(person=child, name="Somebody"))


def test_the_page_tells_who_signed_who_not_yet_and_what_follows(
    child: Person, parents: list[Guardian], adviser: Actor, client: Client
) -> None:
    client.force_login(factories.user(child.organisation, "coordinator", at=child.point))
    there = reverse("desk:person", args=[child.ref])
    add = reverse("people:fact_add", args=[child.ref, "consents"])
    text = ConsentText.objects.filter(purpose="photo").latest("version")
    form = {"text": text.pk, "guardian": parents[0].pk, "agrees": "yes", "language": "uk", "given_on": str(TODAY)}
    assert client.post(add, form | {"how": "paper"}).status_code == 302
    page = client.get(there).content.decode()
    assert "somebody has not answered yet" in page
    assert "parent: Oksana" in page
    assert "signed on paper" in page
    assert client.post(add, form | {"guardian": parents[1].pk, "agrees": "no", "how": "spoken"}).status_code == 302
    page = client.get(there).content.decode()
    assert "One says yes, one says no. Until they agree, or a court decides, it counts as not given" in page
    assert client.post(add, form | {"how": "link"}).status_code == 200  # nobody writes down what came by itself


def test_the_page_of_a_child_without_parents_says_who_is_missing(child: Person, adviser: Actor, client: Client) -> None:
    client.force_login(factories.user(child.organisation, "coordinator", at=child.point))
    page = client.get(reverse("desk:person", args=[child.ref])).content.decode()
    assert "Nobody is written down yet." in page
    answer(adviser, child, None, "photo")
    page = client.get(reverse("desk:person", args=[child.ref])).content.decode()
    assert "a parent or guardian, not written down yet" in page
    assert "need not sign" in page


def test_the_withdrawal_shows_what_ends_before(point: Point, client: Client) -> None:
    grown = factories.person(point)
    lead = factories.user(point.organisation, "coordinator", at=point)
    client.force_login(lead)
    text = ConsentText.objects.filter(purpose="data_processing_sensitive").latest("version")
    given = Consent.objects.create(person=grown, text=text, language="uk", given_on=TODAY)
    for name in ("fact_end", "fact_remove"):
        page = client.get(reverse(f"people:{name}", args=[grown.ref, "consents", fact_key(given)])).content.decode()
        assert "This ends with it:" in page
        assert "A request to erase sensitive data" in page


def test_agreements_tell_each_signer(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    first = answer(adviser, child, parents[0], "photo", on=TODAY - timedelta(9))
    actions.withdraw(by=adviser, fact=first, day=TODAY - timedelta(5))
    again = answer(adviser, child, parents[0], "photo", on=TODAY - timedelta(2))
    own = answer(adviser, child, None, "photo")
    [found] = agreements_of(person_page(adviser, child))
    told = [(one.guardian, one.answer, one.counts) for one in found.signers]
    assert told == [(parents[0], again, True), (parents[1], None, True), (None, own, False)]
    assert found.earlier == [first]
    assert (found.state, found.tone, found.words) == (ConsentState.WAITING, "wait", "somebody has not answered yet")


def test_guardians_follow_a_merge_and_come_back(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    answer(adviser, child, parents[0], "photo")
    twin = factories.person(child.point, "Danylo Szewczuk", birth=child.birth)
    lead = factories.actor(child.organisation, "coordinator")
    with acting(lead):
        merged = actions.merge(by=lead, kept=twin, absorbed=child)
        assert [one.name for one in twin.guardians.order_by("pk")] == ["Oksana", "Petro"]  # sealed under the other key
        assert twin.consents.get().guardian_id == parents[0].pk
        actions.undo_merge(by=lead, merge=merged)
        assert [one.name for one in child.guardians.order_by("pk")] == ["Oksana", "Petro"]


def test_the_name_is_sealed_and_its_changes_are_kept(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    parents[0].name = "Oksana Maria"
    actions.keep(by=adviser, fact=parents[0], fields=["name"])
    assert FactBefore.objects.filter(person=child, table="people_guardian").count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_guardian WHERE person_id = %s", [child.pk])
        assert all(b"Oksana" not in bytes(row[0]) and b"Petro" not in bytes(row[0]) for row in cursor.fetchall())


def test_the_copy_tells_who_signed_and_what_they_said(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    answer(adviser, child, parents[1], "photo", agrees=False)
    with acting(system(child.organisation_id, "copy.make")) as machine, translation.override("en"):
        sections = {section.title: section.rows for section in copy_of(child, machine)}
    assert [row for row in sections["Who signs for them"] if "Petro" in row]
    [row] = sections["Consents"]
    assert "parent" in row


def test_erasing_takes_guardians_and_answers_along(child: Person, parents: list[Guardian], adviser: Actor) -> None:
    answer(adviser, child, parents[0], "photo")
    asker, second = (factories.actor(child.organisation, "coordinator") for _ in range(2))
    with acting(asker):
        asked = privacy.ask_erasure(by=asker, person=child)
    with acting(second):
        privacy.confirm_erasure(by=second, erasure=asked)
    assert not Guardian.objects.exists()
    assert not Consent.objects.exists()


def test_of_a_protected_child_only_those_named_know_who_signs(child: Person, parents: list[Guardian]) -> None:
    lead = factories.actor(child.organisation, "coordinator")
    child.protected, child.alias = True, "Bez-7F3K-Q2"
    child.save()
    with acting(lead):
        assert not Guardian.objects.exists()  # the database says so
        assert not Consent.objects.exists()


SENSITIVE = "data_processing_sensitive"  # one guardian is enough; from 13 on the child as well


@pytest.fixture
def mother(child: Person, adviser: Actor) -> Guardian:
    made = Guardian(person=child, name="Oksana")
    actions.keep(by=adviser, fact=made, fields=["name"])
    return made


def second_parent(child: Person, mother: Guardian, by: Actor, name: str = "Petro") -> None:
    actions.keep(by=by, fact=Guardian(person=child, name=name), fields=["name"])


def grows_up(child: Person, mother: Guardian, by: Actor) -> None:
    child.birth = str(TODAY.year - 14)
    child.save()
    child.refresh_from_db()


def ceases_to_sign(child: Person, mother: Guardian, by: Actor) -> None:
    actions.end(by=by, fact=mother, day=TODAY - timedelta(1))


@pytest.mark.parametrize(
    ("meanwhile", "purpose"), [(second_parent, "photo"), (grows_up, SENSITIVE), (ceases_to_sign, "photo")]
)
def test_a_consent_that_ceased_to_be_given_by_itself_still_ends_when_it_is_taken_back(
    child: Person, mother: Guardian, adviser: Actor, shared: Shared, meanwhile: Any, purpose: str
) -> None:
    shared.depends = Depends(purpose, shared.depends.told, shared.ends)
    yes = answer(adviser, child, mother, purpose)
    meanwhile(child, mother, adviser)
    assert state_on(child, purpose) is ConsentState.WAITING
    assert shared.ended == []
    assert follows(child, yes) != []
    actions.withdraw(by=adviser, fact=yes, day=TODAY)
    assert len(shared.ended) == 1


def test_what_rests_on_a_consent_ends_once(child: Person, mother: Guardian, adviser: Actor, shared: Shared) -> None:
    yes = answer(adviser, child, mother, "photo")
    second_parent(child, mother, adviser)
    father = child.guardians.latest("pk")
    no = answer(adviser, child, father, "photo", agrees=False)
    assert len(shared.ended) == 1
    assert follows(child, yes) == []
    actions.withdraw(by=adviser, fact=no, day=TODAY)
    actions.withdraw(by=adviser, fact=yes, day=TODAY)
    assert len(shared.ended) == 1
    for one in (mother, father):  # given anew: something may rest on it again
        last = answer(adviser, child, one, "photo")
    second_parent(child, mother, adviser, "Ihor")
    answer(adviser, child, child.guardians.latest("pk"), "photo", agrees=False)
    actions.withdraw(by=adviser, fact=last, day=TODAY)
    assert len(shared.ended) == 2


def test_a_yes_that_is_not_enough_ends_nothing(child: Person, mother: Guardian, adviser: Actor, shared: Shared) -> None:
    answer(adviser, child, mother, "photo")
    for name in ("Petro", "Ihor"):
        second_parent(child, mother, adviser, name)
    answer(adviser, child, child.guardians.latest("pk"), "photo")
    assert state_on(child, "photo") is ConsentState.WAITING
    assert shared.ended == []
    assert not FactBefore.objects.filter(table="people_consent").exists()  # that it is relied on is nobody's wording


@pytest.mark.parametrize("last", [NO, YES])
def test_of_two_records_that_become_one_the_later_answer_stands(point: Point, shared: Shared, last: bool) -> None:
    lead = factories.actor(point.organisation, "coordinator")
    kept, twin = factories.person(point), factories.person(point)
    with acting(lead):
        earlier = answer(lead, kept, None, "photo", agrees=not last, on=TODAY - timedelta(10))
        later = answer(lead, twin, None, "photo", agrees=last)
        merged = actions.merge(by=lead, kept=kept, absorbed=twin)
        assert list(kept.consents.filter(withdrawn_on=None)) == [later]
        assert state_on(kept, "photo") is (ConsentState.GIVEN if last else ConsentState.REFUSED)
        assert len(shared.ended) == (0 if last else 1)
        actions.undo_merge(by=lead, merge=merged)
        assert [kept.consents.get(withdrawn_on=None), twin.consents.get(withdrawn_on=None)] == [earlier, later]


def test_an_answer_is_withdrawn_once_and_not_brought_back(child: Person, mother: Guardian, adviser: Actor) -> None:
    """As whoever waited for another: their rows say what was true before."""
    yes = answer(adviser, child, mother, "photo", on=TODAY - timedelta(20))
    first, second, third = (Consent.objects.get(pk=yes.pk) for _ in range(3))
    actions.withdraw(by=adviser, fact=first, day=TODAY - timedelta(10))
    with pytest.raises(ValidationError, match="withdrawn already"):
        actions.withdraw(by=adviser, fact=second, day=TODAY)
    assert Consent.objects.get().withdrawn_on == TODAY - timedelta(10)
    actions.remove_consent(by=adviser, fact=first)
    with pytest.raises(ValidationError, match="taken this answer away"):
        actions.withdraw(by=adviser, fact=third, day=TODAY)
    with pytest.raises(ValidationError, match="taken this answer away"):
        actions.remove_consent(by=adviser, fact=third)
    assert not Consent.objects.exists()


def test_who_was_taken_away_meanwhile_answers_nothing(child: Person, mother: Guardian, adviser: Actor) -> None:
    stale = Guardian.objects.get(pk=mother.pk)
    actions.remove_guardian(by=adviser, fact=mother)
    with pytest.raises(Guardian.DoesNotExist):
        answer(adviser, child, stale, "photo")


# Records that become one: whoever signs for both is one signer.


@pytest.fixture
def twins(child: Person, parents: list[Guardian], adviser: Actor) -> Iterator[tuple[Person, Person, Actor]]:
    """A record of the child that is kept, and another, with the same mother under another spelling and a curator."""
    twin = factories.person(child.point, "Danylo Szewczuk", birth=child.birth)
    lead = factories.actor(child.organisation, "coordinator")
    with acting(lead):
        for kind, name in (("parent", "Оксана"), ("curator", "Petro")):
            actions.keep(by=lead, fact=Guardian(person=twin, kind=kind, name=name), fields=["name"])
        yield child, twin, lead


def signing(person: Person) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in person.guardians.order_by("pk")]


def test_who_signs_for_both_is_one_after_the_merge_and_two_again(twins: tuple[Person, Person, Actor]) -> None:
    kept, twin, lead = twins
    before = signing(kept), signing(twin)
    first, second = kept.guardians.earliest("pk"), twin.guardians.earliest("pk")
    yes, no = answer(lead, kept, first, "photo", on=TODAY - timedelta(3)), answer(lead, twin, second, "photo", False)
    merged = actions.merge(by=lead, kept=kept, absorbed=twin)
    assert signing(kept) == [("parent", "Oksana"), ("parent", "Petro"), ("curator", "Petro")], (
        "of another kind: another"
    )
    assert list(kept.consents.filter(withdrawn_on=None).values_list("pk", "guardian")) == [(no.pk, first.pk)]
    [agreement] = agreements_of(person_page(lead, kept))
    assert [one.answer.pk for one in agreement.signers if one.answer] == [no.pk], "their later answer, once"
    actions.undo_merge(by=lead, merge=merged)
    assert (signing(kept), signing(twin)) == before
    assert list(Consent.objects.order_by("pk").values_list("pk", "person", "guardian", "withdrawn_on")) == [
        (yes.pk, kept.pk, first.pk, None),
        (no.pk, twin.pk, second.pk, None),
    ]


def test_what_one_parent_said_of_both_records_is_enough_together(twins: tuple[Person, Person, Actor]) -> None:
    """Each record had one yes of two; as two rows the mother would be asked again."""
    kept, twin, lead = twins
    actions.end(by=lead, fact=twin.guardians.latest("pk"), day=TODAY - timedelta(1))
    answer(lead, twin, twin.guardians.earliest("pk"), "photo")
    answer(lead, kept, kept.guardians.latest("pk"), "photo")
    assert state_on(kept, "photo") is ConsentState.WAITING
    actions.merge(by=lead, kept=kept, absorbed=twin)
    assert state_on(kept, "photo") is ConsentState.GIVEN


@pytest.mark.parametrize("kept_took_back", [True, False])
def test_a_yes_taken_back_on_one_record_is_not_given_by_the_other(
    twins: tuple[Person, Person, Actor], kept_took_back: bool
) -> None:
    """She agreed for both, and yesterday took it back where she was asked: her older, later given yes is no answer."""
    kept, twin, lead = twins
    took, left = (kept, twin) if kept_took_back else (twin, kept)
    for one in twin.guardians.all()[1:]:
        actions.end(by=lead, fact=one, day=TODAY - timedelta(9))
    back = answer(lead, took, took.guardians.earliest("pk"), "photo", on=TODAY - timedelta(8))
    stands = answer(lead, left, left.guardians.earliest("pk"), "photo", on=TODAY - timedelta(5))
    answer(lead, kept, kept.guardians.latest("pk"), "photo", on=TODAY - timedelta(5))
    actions.withdraw(by=lead, fact=back, day=TODAY - timedelta(1))
    merged = actions.merge(by=lead, kept=kept, absorbed=twin)
    assert state_on(kept, "photo") is ConsentState.WITHDRAWN
    actions.undo_merge(by=lead, merge=merged)
    stands.refresh_from_db()
    assert stands.stands


def test_a_yes_given_after_it_was_taken_back_stands(twins: tuple[Person, Person, Actor]) -> None:
    kept, twin, lead = twins
    actions.end(by=lead, fact=twin.guardians.latest("pk"), day=TODAY - timedelta(9))
    back = answer(lead, twin, twin.guardians.earliest("pk"), "photo", on=TODAY - timedelta(8))
    actions.withdraw(by=lead, fact=back, day=TODAY - timedelta(6))
    for parent in kept.guardians.all():
        answer(lead, kept, parent, "photo", on=TODAY - timedelta(5))
    actions.merge(by=lead, kept=kept, absorbed=twin)
    assert state_on(kept, "photo") is ConsentState.GIVEN


def test_who_signs_no_more_is_not_taken_for_who_does(twins: tuple[Person, Person, Actor]) -> None:
    kept, twin, lead = twins
    actions.end(by=lead, fact=kept.guardians.earliest("pk"), day=TODAY - timedelta(1))
    actions.merge(by=lead, kept=kept, absorbed=twin)
    assert ("parent", "Оксана") in signing(kept), "or nobody would sign"


def test_what_was_answered_since_stays_with_the_kept_record(twins: tuple[Person, Person, Actor]) -> None:
    kept, twin, lead = twins
    merged = actions.merge(by=lead, kept=kept, absorbed=twin)
    mother = kept.guardians.earliest("pk")
    since = answer(lead, kept, mother, "photo")
    actions.undo_merge(by=lead, merge=merged)
    assert list(kept.consents.all()) == [since]
    assert not twin.consents.exists()


# What rests on one consent in several modules ends together.


def declaring(monkeypatch: pytest.MonkeyPatch, *several: Shared) -> None:
    """As if so many modules had a `consents.py`."""
    files = {f"przystan.module{number}": SimpleNamespace(DEPENDS=[one.depends]) for number, one in enumerate(several)}
    monkeypatch.setattr(consents, "each", lambda name: files if name == "consents" else {})
    depending.cache_clear()


@pytest.fixture
def undeclared(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    depending.cache_clear()


def test_a_withdrawal_ends_what_two_modules_decided_by_it(
    child: Person, parents: list[Guardian], adviser: Actor, undeclared: pytest.MonkeyPatch
) -> None:
    wall, paper, other = Shared(), Shared(), Shared("contact_messages")
    declaring(undeclared, wall, paper, other)
    first, _second = (answer(adviser, child, parent, "photo") for parent in parents)
    assert len(follows(child, first)) == 2, "both are named before"
    actions.withdraw(by=adviser, fact=first, day=TODAY)
    assert wall.ended == paper.ended == [(child.ref, TODAY, True)]
    assert other.ended == [], "which rests on something else"


def test_if_one_of_two_modules_cannot_nothing_is_withdrawn_in_the_other(
    child: Person, parents: list[Guardian], adviser: Actor, undeclared: pytest.MonkeyPatch
) -> None:
    class Noting(Shared):
        def ends(self, *, by: Actor, person: Person, purpose: str, day: date) -> None:
            Guardian.objects.filter(pk=parents[1].pk).update(valid_to=day)  # anything that it keeps

    declaring(undeclared, Noting(), Shared(breaks=True))
    first, _second = (answer(adviser, child, parent, "photo") for parent in parents)
    with pytest.raises(ValidationError, match="cannot be reached"):
        actions.withdraw(by=adviser, fact=first, day=TODAY)
    assert Guardian.objects.get(pk=parents[1].pk).valid_to is None
    assert state_on(child, "photo") is ConsentState.GIVEN
