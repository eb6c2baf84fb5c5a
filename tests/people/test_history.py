"""What was corrected can be read as it was, by who may see what is sensitive; nothing is kept of who is protected."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from przystan.access import scope
from przystan.access.actors import Actor
from przystan.access.models import AuditEntry, User
from przystan.people import actions
from przystan.people.models import (
    Channel,
    Citizenship,
    Dwelling,
    Exclusion,
    FactBefore,
    Person,
    PersonLanguage,
    PersonName,
    Relation,
    TitleHeld,
)
from przystan.people.queries.changes import Change, Line
from przystan.people.queries.history import history_of, told
from przystan.privacy.actions import ask_erasure, confirm_erasure
from przystan.reference.models import Place, ResidenceTitle
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db


def timeline(actor: Actor, person: Person) -> list[Change]:
    return told(actor, person, history_of(actor, person))


@pytest.fixture
def person() -> Person:
    return factories.person(factories.point(factories.organisation()), "Олена Коваленко", birth="1987")


@pytest.fixture
def by(person: Person) -> Actor:
    return factories.actor(person.organisation, "coordinator")


def test_a_corrected_name_is_told_with_who_and_what_it_was(person: Person) -> None:
    user = factories.user(person.organisation, "coordinator", name="Julia Witkowska")
    actor = actor_for(user)
    assert actor
    with scope.acting(actor):
        name = PersonName.objects.get(person=person)
        name.text = "Олена Коваль"
        actions.keep_name(by=actor, fact=name, fields=["text"])
        person.birth = "1988"
        actions.change_identity(by=actor, person=person, fields=["birth"])
        newest, first = timeline(actor, person)
    assert (first.what, first.by, first.kind) == ("name", "Julia Witkowska", "changed")
    assert first.lines == [Line("full name", "Олена Коваленко", "Олена Коваль")]
    assert newest.lines == [Line("born", "1987", "1988")]
    assert AuditEntry.objects.filter(action="read", fields=["earlier_facts"], object_ref=person.ref).count() == 1


def test_update_and_delete_past_the_actions_are_kept_too(person: Person) -> None:
    fact = Citizenship.objects.create(person=person, country="UA")
    Citizenship.objects.filter(pk=fact.pk).update(country="PL")
    fact.delete()
    rows = list(FactBefore.objects.filter(person=person, table="people_citizenship").order_by("id"))
    assert [(row.gone, row.before["country"]) for row in rows] == [(False, "UA"), (True, "PL")]
    assert FactBefore.objects.count() == 2


def test_what_is_sealed_stays_sealed(person: Person) -> None:
    channel = Channel.objects.create(person=person, kind="phone", value="600 100 200", shared_with="brother-in-law")
    channel.shared_with = "nobody"
    channel.save()
    (row,) = FactBefore.objects.all()
    assert list(row.before) == ["shared_with"]
    assert "brother" not in bytes.fromhex(row.before["shared_with"][2:]).decode("latin-1")
    (change,) = timeline(factories.actor(person.organisation, "coordinator"), person)
    assert change.lines == [Line("who else uses it", "a sealed text", "another sealed text")]


def test_words_of_every_kind(person: Person, by: Actor) -> None:
    gdansk, gdynia = (Place.objects.create(code=name, name=name, kind="town") for name in ("Gdańsk", "Gdynia"))
    home = Dwelling.objects.create(person=person, place=gdansk, valid_from=date(2024, 3, 1))
    stay = ResidenceTitle.objects.create(code="stay", names={"en": "Stay"}, title_class="temporary")
    title = TitleHeld.objects.create(person=person, title=stay, evidence="none")
    phone = Channel.objects.create(person=person, kind="phone", value="1", hours_from=time(9), hours_to=time(17))
    speaks = PersonLanguage.objects.create(person=person, language="uk", level="native", needs_interpreter=False)
    Dwelling.objects.filter(pk=home.pk).update(place=gdynia, valid_from=date(2024, 4, 2), valid_to=date(2025, 1, 1))
    TitleHeld.objects.filter(pk=title.pk).update(evidence="seen", seen_by=by.user_id, seen_on=date(2026, 2, 3))
    Channel.objects.filter(pk=phone.pk).update(only_by=by.user_id, hours_from=None)
    PersonLanguage.objects.filter(pk=speaks.pk).update(language="ru", needs_interpreter=True)
    lines = {line for change in timeline(by, person) for line in change.lines}
    assert lines == {
        Line("town", "Gdańsk", "Gdynia"),
        Line("from", "1 March 2024", "2 April 2024"),
        Line("until", "", "1 January 2025"),
        Line("how we know", "said by the person", "document seen"),
        Line("seen by", "", "Ala Nowak"),
        Line("seen on", "", "3 February 2026"),
        Line("only by", "", "Ala Nowak"),
        Line("not before", "09:00", ""),
        Line("language", "Ukrainian", "Russian"),
        Line("needs an interpreter into this language", "no", "yes"),
    }


def test_each_change_leads_to_the_next(person: Person, by: Actor) -> None:
    fact = Citizenship.objects.create(person=person, country="UA")
    for country in ("RU", "PL"):
        Citizenship.objects.filter(pk=fact.pk).update(country=country)
    fact.delete()
    gone, second, first = timeline(by, person)
    assert first.lines == [Line("country", "Ukraine", "Russia")]
    assert second.lines == [Line("country", "Russia", "Poland")]
    assert (gone.kind, gone.lines) == ("gone", [Line("country", "Poland")])


def test_a_page_further_on_leads_to_what_follows_it(person: Person, by: Actor) -> None:
    fact = Citizenship.objects.create(person=person, country="UA")
    for country in ("RU", "PL"):
        Citizenship.objects.filter(pk=fact.pk).update(country=country)
    moments = history_of(by, person)
    assert told(by, person, moments[1:])[0].lines == [Line("country", "Ukraine", "Russia")]


def test_relatives_whom_the_actor_may_not_know_of_are_in_no_change(person: Person, by: Actor) -> None:
    known, unknown = (factories.person(person.point, name) for name in ("Марія", "Квітослава"))
    for other in (known, unknown):
        Relation.objects.create(person=person, other=other, kind="sibling")
    relations = Relation.objects.filter(person=person)
    relations.update(kind="parent")
    relations.delete()
    assert len(timeline(by, person)) == 4
    Exclusion.objects.create(person=unknown, user_id=by.user_id)
    told_now = timeline(by, person)
    assert len(told_now) == 2
    assert told_now[0].lines == [Line("person", "Марія"), Line("is", "parent of")]
    assert "Квітослава" not in str(told_now)


def test_merges_are_in_the_timeline_of_who_may_know_of_both(person: Person, by: Actor) -> None:
    twin = factories.person(person.point, "Олена Ковалюк", arrived="2022-03")
    merged = actions.merge(by=by, kept=person, absorbed=twin)
    (change,) = timeline(by, person)
    assert change.what == "Two records became one"
    assert change.note == "Taken over from the other record: came to Poland"
    actions.undo_merge(by=by, merge=merged)
    assert [change.what for change in timeline(by, person)] == ["One record is two again", "Two records became one"]
    assert [change.what for change in timeline(by, twin)] == ["One record is two again", "Two records became one"]
    Exclusion.objects.create(person=twin, user_id=by.user_id)
    assert timeline(by, person) == []


def test_a_long_timeline_takes_no_more_queries(person: Person, by: Actor, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        fact = Citizenship.objects.create(person=person, country="UA")
        Citizenship.objects.filter(pk=fact.pk).update(country="PL")
        other = factories.person(person.point, f"Name {number}")
        Relation.objects.create(person=person, other=other, kind="sibling")
    Relation.objects.filter(person=person).update(kind="parent")
    Relation.objects.filter(person=person).delete()
    with django_assert_max_num_queries(18):
        assert len(timeline(by, person)) == 36


def test_loading_rows_keeps_no_history(person: Person) -> None:
    Citizenship.objects.bulk_create(Citizenship(person=person, country="UA") for _ in range(3))
    assert not FactBefore.objects.exists()


def test_no_trigger_of_history_listens_to_inserting_as_copy_does() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE tgtype & 4 > 0) FROM pg_trigger WHERE tgname = 'keep_before'"
        )
        found, inserting = cursor.fetchone()
    assert found >= 13
    assert inserting == 0


def test_erasing_takes_what_was_said_before_too(person: Person) -> None:
    PersonName.objects.filter(person=person).update(text="Олена Коваль")
    assert FactBefore.objects.count() == 1
    first, second = (factories.actor(person.organisation, "coordinator") for _ in range(2))
    confirm_erasure(by=second, erasure=ask_erasure(by=first, person=person))
    assert not FactBefore.objects.exists()


def test_what_was_said_before_follows_a_merge_and_comes_back(person: Person) -> None:
    twin = factories.person(person.point, "Олена Ковалюк")
    PersonName.objects.filter(person=twin).update(text="Олена Коваленко")
    by = factories.actor(person.organisation, "coordinator")
    merged = actions.merge(by=by, kept=person, absorbed=twin)
    assert [row.person_id for row in FactBefore.objects.all()] == [person.pk]
    actions.undo_merge(by=by, merge=merged)
    assert [row.person_id for row in FactBefore.objects.all()] == [twin.pk]


def test_a_change_that_changes_nothing_is_none(person: Person) -> None:
    person.save()
    assert not FactBefore.objects.exists()


def test_the_page_says_before_and_after(person: Person) -> None:
    PersonName.objects.filter(person=person).update(text="Олена " + "Коваль " * 20)
    html = page_of(person, factories.user(person.organisation, "coordinator")).content.decode()
    assert "Коваленко" in html
    assert "<details>" in html  # long words are folded away


@pytest.mark.parametrize(
    ("role", "team", "status"),
    [("adviser", True, 200), ("adviser", False, 404), ("coordinator", False, 200), ("director", False, 404)],
)
def test_the_page_by_persona(person: Person, role: str, team: bool, status: int) -> None:
    user = factories.user(person.organisation, role)
    if team:
        factories.work_with(person, user)
    PersonName.objects.filter(person=person).update(text="Олена Коваль")
    answer = page_of(person, user)
    assert answer.status_code == status
    assert ("Коваленко" in answer.content.decode()) == (status == 200)


def test_other_organisations_see_nothing(person: Person) -> None:
    assert page_of(person, factories.user(factories.organisation(), "coordinator")).status_code == 404


def page_of(person: Person, user: User) -> Any:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client.get(reverse("people:history", args=[person.ref]))
