"""What an entry said before it was amended: kept by the database, told to who may open it, gone with its people."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access import scope
from przystan.access.actors import Actor
from przystan.access.doors import door
from przystan.access.models import AuditEntry, User
from przystan.people.models import Exclusion, Person
from przystan.people.queries.changes import Change, Line
from przystan.privacy.actions import ask_erasure, confirm_erasure
from przystan.support.actions import amend, complete_step, record, record_all, remove
from przystan.support.models import EntryBefore, Support
from przystan.support.queries.history import changed_at, told
from przystan.support.rules import Effort, Entry
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "KANAREK-4711"


class Centre:
    """A point with an adviser who logged half an hour about one topic with one person."""

    def __init__(self) -> None:
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.user = factories.user(self.organisation, "adviser", self.point, name="Julia Witkowska")
        self.by = acting_for(self.user)
        self.service = factories.service()
        self.topics = [factories.topic(self.service), factories.topic(self.service, "Work")]
        self.person = factories.person(self.point)
        self.support = record(by=self.by, entry=self.entry())

    def entry(self, people: tuple[Person, ...] = (), efforts: tuple[int, ...] = (30,), **values: Any) -> Entry:
        spent = [Effort(topic_id=topic.pk, minutes=one) for topic, one in zip(self.topics, efforts, strict=False)]
        given = {"day": timezone.localdate() - timedelta(days=1), "minutes": 60, "next_step": "call", **values}
        refs = tuple(one.ref for one in people or (self.person,))
        return Entry(service_id=self.service.pk, point_id=self.point.pk, people=refs, efforts=tuple(spent), **given)

    def amend(self, people: tuple[Person, ...] = (), efforts: tuple[int, ...] = (30,), **values: Any) -> None:
        """By the adviser, in a transaction of its own: `at` is what tells changes apart."""
        earlier = list(EntryBefore.objects.values_list("pk", flat=True))
        with scope.acting(self.by):
            amend(by=self.by, support=self.support, entry=self.entry(people, efforts, **values))
        # In a test all is one transaction, which has one time.
        now = timezone.now()
        EntryBefore.objects.exclude(pk__in=earlier).update(at=now)

    def timeline(self, actor: Actor | None = None) -> list[Change]:
        actor = actor or self.by
        with scope.acting(actor):
            return told(actor, self.support, changed_at(actor, self.support))

    def page(self, user: User, name: str = "support_history") -> Any:
        client = Client()
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client.get(reverse(f"desk:{name}", args=[self.support.ref]))


def acting_for(user: User) -> Actor:
    actor = actor_for(user)
    assert actor
    return actor


@pytest.fixture
def centre() -> Centre:
    return Centre()


def test_logging_and_loading_leave_nothing(centre: Centre) -> None:
    record_all(by=centre.by, entries=[centre.entry() for _ in range(3)])
    assert Support.objects.count() == 4
    assert not EntryBefore.objects.exists()


def test_an_entry_amended_twice_leads_from_each_wording_to_the_next(centre: Centre) -> None:
    centre.amend(minutes=45, mode="phone", language="uk", next_step="write")
    centre.amend(minutes=50, mode="phone", language="uk")
    second, first = centre.timeline()
    assert (first.what, first.by) == ("Entry changed", "Julia Witkowska")
    assert set(first.lines) == {
        Line("minutes", "1 h", "45 min"),
        Line("how", "in person", "by phone"),
        Line("language", "", "Ukrainian"),
        Line("next step", "call", "write"),
    }
    assert second.lines == [Line("minutes", "45 min", "50 min"), Line("next step", "write", "call")]


def test_topics_are_told_by_name_and_those_that_stay_are_not(centre: Centre) -> None:
    with door():
        centre.amend(efforts=(20, 10))
        centre.amend(efforts=())
    second, first = centre.timeline()
    assert first.lines == [Line("Residence", "30 min", "20 min"), Line("Work", "", "10 min")]
    assert sorted(second.lines, key=str) == [Line("Residence", "20 min", ""), Line("Work", "10 min", "")]


def test_people_and_their_household(centre: Centre) -> None:
    other = factories.person(centre.point, "Giorgi Beridze", team=[centre.user])
    centre.amend(people=(other,))
    home = factories.household(other, factories.person(centre.point, "Nino Beridze"))
    centre.amend(people=(other,))
    second, first = centre.timeline()
    assert set(first.lines) == {Line("person", "Олена Коваленко", ""), Line("person", "", "Giorgi Beridze")}
    assert second.lines == [Line("household", "", "Giorgi Beridze")]
    assert home.pk in centre.support.recipients.values_list("household_id", flat=True)
    assert AuditEntry.objects.filter(action="read", fields=["household"], object_ref=centre.support.ref).exists()


def test_what_is_of_tier_1_is_read_without_a_row_in_the_audit_log(centre: Centre) -> None:
    centre.amend(minutes=45)
    before = AuditEntry.objects.filter(action="read").count()
    assert centre.timeline()
    assert AuditEntry.objects.filter(action="read").count() == before


def test_a_write_past_the_actions_is_kept_and_the_machines_own_columns_are_not(centre: Centre) -> None:
    complete_step(by=centre.by, support=centre.support)
    assert not EntryBefore.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE support_support SET place = 'library', version = 9 WHERE id = %s", [centre.support.pk])
    assert [row.before for row in EntryBefore.objects.all()] == [{"place": ""}]


def test_a_removed_entry_takes_its_history_along(centre: Centre) -> None:
    centre.amend(minutes=45)
    remove(by=centre.by, supports=[centre.support])
    assert not EntryBefore.objects.exists()


@pytest.mark.parametrize(
    ("role", "here", "status"),
    [("adviser", True, 200), ("coordinator", False, 200), ("adviser", False, 404), ("volunteer", True, 404)],
)
def test_the_page_by_persona(centre: Centre, role: str, here: bool, status: int) -> None:
    centre.amend(next_step=CANARY)
    centre.amend()
    at = centre.point if here else None if role == "coordinator" else factories.point(centre.organisation)
    user = factories.user(centre.organisation, role, at)
    answer = centre.page(user)
    assert answer.status_code == centre.page(user, "support").status_code == status
    assert (CANARY in answer.content.decode()) == (status == 200)


def test_other_organisations_find_nothing(centre: Centre) -> None:
    centre.amend(minutes=45)
    assert centre.page(factories.user(factories.organisation(), "coordinator")).status_code == 404


def test_who_works_with_the_person_elsewhere_reads_it(centre: Centre) -> None:
    centre.amend(minutes=45)
    user = factories.user(centre.organisation, "adviser", factories.point(centre.organisation))
    factories.work_with(centre.person, user)
    assert centre.page(user).status_code == 200


def test_the_page_of_the_entry_leads_there_only_after_a_change(centre: Centre) -> None:
    link = reverse("desk:support_history", args=[centre.support.ref])
    assert link not in centre.page(centre.user, "support").content.decode()
    centre.amend(minutes=45)
    assert link in centre.page(centre.user, "support").content.decode()


def test_who_is_excluded_reads_nothing_of_the_time_when_it_was_about_that_person(centre: Centre) -> None:
    centre.amend(next_step=CANARY)
    centre.amend(people=(factories.person(centre.point, "Giorgi Beridze"),), next_step="call him")
    centre.amend(people=(centre.support.people.get(),), next_step="call him again")
    colleague = factories.user(centre.organisation, "adviser", centre.point)
    Exclusion.objects.create(person=centre.person, user=colleague)
    (change,) = centre.timeline(acting_for(colleague))
    assert change.lines == [Line("next step", "call him", "call him again")]
    html = centre.page(colleague).content.decode()
    assert not any(word in html for word in (CANARY, "Коваленко"))
    assert len(centre.timeline()) == 3


def words_left() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(e::text, ' '), '') FROM support_entrybefore e")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("moved_on", [False, True])
def test_erasing_takes_earlier_words_of_every_entry_that_was_about_the_person(centre: Centre, moved_on: bool) -> None:
    centre.amend(next_step=CANARY)
    others = (factories.person(centre.point, "Giorgi Beridze"),) if moved_on else ()
    centre.amend(people=others)
    assert CANARY in words_left()
    first, second = (factories.actor(centre.organisation, "coordinator") for _ in range(2))
    confirm_erasure(by=second, erasure=ask_erasure(by=first, person=centre.person))
    assert words_left() == ""


@pytest.mark.parametrize("moved_on", [False, True])
def test_protecting_takes_them_too(centre: Centre, moved_on: bool) -> None:
    centre.amend(next_step=CANARY)
    others = (factories.person(centre.point, "Giorgi Beridze"),) if moved_on else ()
    centre.amend(people=others)
    Person.objects.filter(pk=centre.person.pk).update(protected=True, alias="P-1")
    assert words_left() == ""


def test_other_people_keep_the_history_of_their_entries(centre: Centre) -> None:
    other = factories.person(centre.point, "Giorgi Beridze")
    entry = record(by=centre.by, entry=centre.entry(people=(other,)))
    amend(by=centre.by, support=entry, entry=centre.entry(people=(other,), next_step=CANARY))
    Person.objects.filter(pk=centre.person.pk).update(protected=True, alias="P-1")
    assert EntryBefore.objects.get().support_id == entry.pk


def test_that_a_protected_person_was_there_is_kept_nowhere(centre: Centre) -> None:
    by = factories.actor(centre.organisation, "case_manager", centre.point)
    protected = factories.person(centre.point, "", team=[by], protected=True, alias="P-1")
    entry = record(by=by, entry=centre.entry(people=(centre.person, protected)))
    amend(by=by, support=entry, entry=centre.entry(headcount=1))
    assert list(entry.recipients.values_list("person_id", flat=True)) == [centre.person.pk]
    assert not EntryBefore.objects.filter(table="support_supportperson").exists()


def test_the_database_itself_hides_what_entries_about_protected_people_said(centre: Centre) -> None:
    factories.work_with(centre.person, centre.by)
    Person.objects.filter(pk=centre.person.pk).update(protected=True, alias="P-1")
    with scope.acting(centre.by):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE support_support SET place = 'library' WHERE id = %s", [centre.support.pk])
        assert EntryBefore.objects.count() == 1
    colleague = factories.actor(centre.organisation, "coordinator")
    with scope.acting(colleague):
        assert EntryBefore.objects.count() == 0
