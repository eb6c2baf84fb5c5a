"""Facts about people: added, changed, ended, taken away, always with an audit row."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from przystan.access.actors import Actor, Forbidden
from przystan.access.models import AuditEntry
from przystan.people import actions
from przystan.people.models import (
    Channel,
    Citizenship,
    Consent,
    ConsentText,
    Dwelling,
    HouseholdMember,
    Person,
    PersonName,
    TitleHeld,
)
from przystan.reference.models import Place, ResidenceTitle
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return factories.person(factories.point(factories.organisation()))


@pytest.fixture
def adviser(person: Person) -> Actor:
    """Works with the person."""
    adviser = factories.actor(person.organisation)
    factories.work_with(person, adviser)
    return adviser


def test_a_name_is_kept_with_what_it_is_found_by(person: Person, adviser: Actor) -> None:
    actions.keep_name(by=adviser, fact=PersonName(person=person, text="  Szkrum   Оля "), fields=["text"])
    name = person.names.get(text="Szkrum Оля")
    assert (name.position, name.folded) == (1, "szkrum olya")
    assert name.keys
    name.text = "Шкрум"
    actions.keep_name(by=adviser, fact=name, fields=["text"])
    assert (name.script, name.folded) == ("cyrillic", "shkrum")
    assert AuditEntry.objects.filter(object_ref=person.ref, action="personname.change").get().fields == ["text"]


def test_the_last_name_stays(person: Person, adviser: Actor) -> None:
    with pytest.raises(ValidationError, match="keeps at least one name"):
        actions.remove_name(by=adviser, fact=person.names.get())


def test_a_stranger_changes_nothing(person: Person) -> None:
    stranger = factories.actor(factories.organisation())
    with pytest.raises(Forbidden):
        actions.keep(by=stranger, fact=Citizenship(person=person, country="UA"))
    with pytest.raises(Forbidden):
        actions.keep(by=factories.actor(person.organisation, "grant_officer"), fact=Citizenship(person=person))
    assert not person.citizenships.exists()


def test_a_citizenship_begins_and_ends(person: Person, adviser: Actor) -> None:
    actions.keep(by=adviser, fact=Citizenship(person=person, country="UA", valid_from=date(1987, 5, 3)))
    fact = person.citizenships.get()
    with pytest.raises(ValidationError, match="must not be after the last"):
        actions.end(by=adviser, fact=fact, day=date(1980, 1, 1))
    fact.refresh_from_db()
    actions.end(by=adviser, fact=fact, day=date(2024, 1, 31))
    with pytest.raises(ValidationError, match="ended already"):
        actions.end(by=adviser, fact=fact, day=date(2024, 2, 1))
    actions.remove(by=adviser, fact=fact)
    assert list(AuditEntry.objects.order_by("seq").values_list("action", flat=True)) == [
        "citizenship.add",
        "citizenship.end",
        "citizenship.remove",
    ]


def test_evidence_is_seen_by_somebody_on_a_day(person: Person, adviser: Actor) -> None:
    title = ResidenceTitle.objects.create(code="visa-d", names={"en": "Visa"}, title_class="visa")
    fact = TitleHeld(person=person, title=title, evidence="seen")
    actions.keep_title(by=adviser, fact=fact, fields=["title", "evidence"])
    assert fact.seen_by_id == adviser.user_id
    assert fact.seen_on
    fact.evidence = "none"
    actions.keep_title(by=adviser, fact=fact, fields=["evidence"])
    assert (fact.seen_by_id, fact.seen_on) == (None, None)


def test_a_phone_is_kept_as_given_and_found_by_digits(person: Person, adviser: Actor) -> None:
    fact = Channel(person=person, kind="phone", value="600 123 456", safety="neutral", hours_from=time(9))
    actions.keep_channel(by=adviser, fact=fact)
    assert (fact.value, fact.digits, fact.hours_from) == ("600 123 456", "48600123456", None)
    assert fact.confirmed_on
    with pytest.raises(ValidationError, match="between which hours"):
        actions.keep_channel(by=adviser, fact=Channel(person=person, kind="phone", value="1", safety="hours"))


def test_a_consent_is_withdrawn_and_given_anew(person: Person, adviser: Actor) -> None:
    text = ConsentText.objects.create(purpose="photo", version=1, names={"en": "Photo"})
    given = Consent(person=person, text=text, language="uk", given_on=date(2025, 1, 5))
    actions.answer(by=adviser, fact=given)
    with pytest.raises(ValidationError, match="there already"):
        actions.answer(by=adviser, fact=Consent(person=person, text=text, language="uk", given_on=date(2025, 2, 1)))
    with pytest.raises(ValidationError):
        actions.withdraw(by=adviser, fact=given, day=date(2024, 1, 1))
    given.refresh_from_db()
    with pytest.raises(ValidationError, match="not come yet"):
        actions.withdraw(by=adviser, fact=given, day=timezone.localdate() + timedelta(days=1))
    actions.withdraw(by=adviser, fact=given, day=date(2025, 3, 1))
    with pytest.raises(ValidationError, match="withdrawn already"):
        actions.withdraw(by=adviser, fact=given, day=date(2025, 3, 2))
    with pytest.raises(ValidationError, match="not come yet"):
        actions.answer(
            by=adviser,
            fact=Consent(person=person, text=text, language="uk", given_on=timezone.localdate() + timedelta(days=1)),
        )
    actions.answer(by=adviser, fact=Consent(person=person, text=text, language="uk", given_on=date(2025, 4, 1)))
    with pytest.raises(ValidationError, match="not changed"):
        actions.answer(by=adviser, fact=given)


def test_two_found_a_household_and_a_third_joins(person: Person, adviser: Actor) -> None:
    mother, child = (factories.person(person.point, team=[adviser]) for _ in range(2))
    actions.live_together(by=adviser, person=child, other=mother, role="child", since=date(2025, 1, 1))
    actions.live_together(by=adviser, person=person, other=child, role="partner")
    members = HouseholdMember.objects.filter(household=mother.households.get().household)
    assert {member.person_id for member in members} == {mother.pk, child.pk, person.pk}
    with pytest.raises(ValidationError, match="same household"):
        actions.live_together(by=adviser, person=person, other=mother)
    with pytest.raises(ValidationError, match="same person"):
        actions.live_together(by=adviser, person=person, other=person)
    actions.end(by=adviser, fact=person.households.get(), day=date(2026, 1, 1))
    alone = factories.person(person.point, team=[adviser])
    actions.live_together(by=adviser, person=person, other=alone)
    with pytest.raises(ValidationError, match="another household"):
        actions.live_together(by=adviser, person=child, other=alone)


def test_relatives_are_written_once(person: Person, adviser: Actor) -> None:
    child = factories.person(person.point, team=[adviser])
    actions.relate(by=adviser, person=person, other=child, kind="parent")
    with pytest.raises(ValidationError, match="already there"):
        actions.relate(by=adviser, person=person, other=child, kind="parent")
    with pytest.raises(ValidationError, match="own relative"):
        actions.relate(by=adviser, person=person, other=person, kind="parent")


def test_identity_takes_partial_dates(person: Person, adviser: Actor) -> None:
    person.birth, person.arrived = "1987-05", "2022"
    actions.change_identity(by=adviser, person=person, fields=["birth", "arrived"])
    person.refresh_from_db()
    assert (person.birth_from, person.birth_to) == (date(1987, 5, 1), date(1987, 5, 31))
    person.birth = "1987-13"
    with pytest.raises(ValidationError):
        actions.change_identity(by=adviser, person=person, fields=["birth"])


def test_towns_have_a_history(person: Person, adviser: Actor) -> None:
    town = Place.objects.create(code="tczew", name="Tczew", kind="municipality")
    actions.keep(by=adviser, fact=Dwelling(person=person, place=town, valid_to=date(2020, 1, 1)))
    assert person.dwellings.get().place == town
