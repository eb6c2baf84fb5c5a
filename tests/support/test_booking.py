"""Writing into the ledger."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from przystan.access.actors import Forbidden
from przystan.access.doors import LockedDoor
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.ledger.actions import ClosedPeriod, LoggedAlready, close_period
from przystan.support.actions import (
    amend,
    complete_step,
    correct,
    record,
    record_all,
    record_groups,
    remove,
    reopen_step,
)
from przystan.support.models import Support, SupportPerson
from przystan.support.queries import keyset, net, of_person, open_steps
from przystan.support.rules import Effort, Entry, Group
from tests import factories
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db


class Centre:
    """A point with an adviser, a coordinator, a service of two topics and a person."""

    def __init__(self) -> None:
        self.organisation = factories.organisation()
        self.point = factories.point(self.organisation)
        self.adviser = factories.actor(self.organisation, "adviser", self.point)
        self.coordinator = factories.actor(self.organisation, "coordinator")
        self.service = factories.service()
        self.topics = [factories.topic(self.service), factories.topic(self.service, "Work")]
        self.person = factories.person(self.point)
        self.today = timezone.localdate()

    def entry(self, **values: object) -> Entry:
        given = {"people": (self.person.ref,), "day": self.today, "minutes": 30, **values}
        return Entry(service_id=self.service.pk, point_id=self.point.pk, **given)  # type: ignore[arg-type]


@pytest.fixture
def centre() -> Centre:
    return Centre()


def test_a_support_keeps_people_topics_and_the_household_of_the_day(centre: Centre) -> None:
    home = factories.household(centre.person, valid_from=centre.today - timedelta(days=9))
    efforts = tuple(Effort(topic_id=topic.pk, minutes=20) for topic in centre.topics)
    support = record(by=centre.adviser, entry=centre.entry(minutes=0, efforts=efforts, language="uk"))
    support.refresh_from_db()
    assert (support.minutes, support.headcount, support.booked_on) == (40, 1, centre.today)
    assert (support.staff_id, support.created_by_id) == (centre.adviser.user_id, centre.adviser.user_id)
    assert list(support.recipients.values_list("person_id", "household_id")) == [(centre.person.pk, home.pk)]
    assert sorted(support.efforts.values_list("topic_id", "minutes")) == sorted((t.pk, 20) for t in centre.topics)
    assert AuditEntry.objects.filter(action="support.record", object_ref=support.ref).count() == 1


def test_an_anonymous_contact_needs_a_service_and_a_number(centre: Centre) -> None:
    support = record(by=centre.adviser, entry=centre.entry(kind="contact", people=(), headcount=3, minutes=5))
    assert (support.headcount, support.recipients.count()) == (3, 0)


def test_a_group_is_one_support_for_each_named_and_one_for_the_unnamed(centre: Centre) -> None:
    other = factories.person(centre.point, "Giorgi")
    entry = centre.entry(people=(centre.person.ref, other.ref, other.ref), headcount=10, minutes=90)
    [(gathering, _)] = record_groups(by=centre.adviser, groups=[Group(entry=entry, title="Polish A1")])
    rows = list(gathering.supports.order_by("id"))
    assert [row.headcount for row in rows] == [1, 1, 8]
    assert [row.recipients.count() for row in rows] == [1, 1, 0]
    assert {row.kind for row in rows} == {"group"}


def test_many_groups_are_written_as_one_and_each_may_have_been_there_for_another_time(centre: Centre) -> None:
    other = factories.person(centre.point, "Giorgi")
    entry = centre.entry(people=(centre.person.ref, other.ref), minutes=90)
    later = replace(entry, people=(other.ref,), headcount=1)
    groups = [Group(entry=entry, minutes={other.ref: 45}), Group(entry=later)]
    written = record_groups(by=centre.adviser, groups=groups)
    minutes = [[one.support.minutes for one in some] for _gathering, some in written]
    assert minutes == [[90, 45], [90]]
    assert [gathering.supports.count() for gathering, _some in written] == [2, 1]


def test_a_merged_person_receives_through_the_kept_one(centre: Centre) -> None:
    old = factories.person(centre.point, "Olena", merged_into=centre.person)
    support = record(by=centre.adviser, entry=centre.entry(people=(old.ref, centre.person.ref)))
    assert list(support.recipients.values_list("person_id", flat=True)) == [centre.person.pk]


@pytest.mark.parametrize(
    "values",
    [
        {"day": date(2999, 1, 1)},
        {"people": ()},
        {"people": ("nobodyknown0",)},
        {"minutes": 1500},
        {"minutes": -1},
        {"headcount": 5000},
        {"mode": "by pigeon"},
        {"next_step_on": date(2999, 1, 1)},
        {"next_step": "x", "next_step_on": date(2000, 1, 1)},
        {"kind": "contact"},
        {"staff_id": 987654321},
        {"language": "long"},
    ],
)
def test_what_cannot_be_is_refused_in_words(centre: Centre, values: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        record(by=centre.adviser, entry=centre.entry(**values))
    assert all(str(message).endswith((".", ")")) for message in refusal.value.messages)
    assert not Support.objects.exists()


def test_topics_cannot_take_longer_than_the_whole(centre: Centre) -> None:
    effort = Effort(topic_id=centre.topics[0].pk, minutes=50)
    with pytest.raises(ValidationError), transaction.atomic():
        record(by=centre.adviser, entry=centre.entry(minutes=30, efforts=(effort,)))


def test_point_and_people_of_another_organisation_do_not_exist(centre: Centre) -> None:
    elsewhere = Centre()
    for values in ({"people": (elsewhere.person.ref,)}, {"staff_id": elsewhere.adviser.user_id}):
        with pytest.raises(ValidationError), transaction.atomic():
            record(by=centre.adviser, entry=centre.entry(**values))
    with pytest.raises(ValidationError), transaction.atomic():
        record(
            by=centre.adviser,
            entry=Entry(
                service_id=centre.service.pk, point_id=elsewhere.point.pk, day=centre.today, people=(centre.person.ref,)
            ),
        )


def test_who_may_not_log_is_refused(centre: Centre) -> None:
    with pytest.raises(Forbidden), transaction.atomic():
        record(by=factories.actor(centre.organisation, "auditor"), entry=centre.entry())


def test_the_same_form_is_written_once(centre: Centre) -> None:
    token = uuid4()
    record(by=centre.adviser, entry=centre.entry(form_token=token))
    with pytest.raises(LoggedAlready) as again, transaction.atomic():
        record(by=centre.adviser, entry=centre.entry(form_token=token))
    assert again.value.token == token
    assert Support.objects.count() == 1


def test_ten_entries_take_as_many_statements_as_one(centre: Centre) -> None:
    efforts = (Effort(topic_id=centre.topics[0].pk, minutes=10),)
    for number in (1, 10):
        # The team and what is known, the entries with their parts, audit.
        with queries_of_view(3), acting(centre.adviser):
            record_all(by=centre.adviser, entries=[centre.entry(efforts=efforts)] * number)


def test_an_open_entry_is_amended_in_place(centre: Centre) -> None:
    support = record(by=centre.adviser, entry=centre.entry())
    other = factories.person(centre.point, "Giorgi")
    changed = amend(by=centre.adviser, support=support, entry=centre.entry(people=(other.ref,), minutes=45))
    assert (changed.pk, changed.minutes) == (support.pk, 45)
    assert [row.person for row in changed.recipients.all()] == [other]
    assert AuditEntry.objects.get(action="support.amend").fields == ["minutes"]


def test_a_colleague_without_the_ledger_does_not_change_my_entry(centre: Centre) -> None:
    support = record(by=centre.adviser, entry=centre.entry())
    colleague = factories.actor(centre.organisation, "adviser")
    with pytest.raises(Forbidden), transaction.atomic():
        amend(by=colleague, support=support, entry=centre.entry(minutes=1))
    with pytest.raises(Forbidden), transaction.atomic():
        remove(by=colleague, supports=[support])
    assert amend(by=centre.coordinator, support=support, entry=centre.entry(minutes=1)).minutes == 1


def test_a_closed_entry_is_corrected_by_a_counter_entry(centre: Centre) -> None:
    support = closed(centre)
    for forbidden in (
        lambda: amend(by=centre.adviser, support=support, entry=centre.entry(minutes=1)),
        lambda: remove(by=centre.adviser, supports=[support]),
    ):
        with pytest.raises(ClosedPeriod), transaction.atomic():
            forbidden()
    counter, right = correct(
        by=centre.coordinator, support=support, reason="wrong minutes", entry=centre.entry(day=support.day, minutes=20)
    )
    assert (counter.sign, counter.reverses_id) == (-1, support.pk)
    assert (counter.booked_on, counter.day) == (centre.today, support.day)
    assert [row.person for row in counter.recipients.all()] == [centre.person]
    assert right
    assert (right.booked_on, right.minutes, right.day) == (centre.today, 20, support.day)
    assert net(Support.objects.all()).minutes == 20
    assert [row.pk for row in Support.objects.standing()] == [right.pk]


def test_a_correction_is_made_once_with_a_reason_by_who_may(centre: Centre) -> None:
    support = closed(centre)
    with pytest.raises(Forbidden), transaction.atomic():
        correct(by=centre.adviser, support=support, reason="x")
    with pytest.raises(ValidationError), transaction.atomic():
        correct(by=centre.coordinator, support=support, reason=" ")
    counter, _ = correct(by=centre.coordinator, support=support, reason="x")
    with pytest.raises(ValidationError, match="corrected already"), transaction.atomic():
        correct(by=centre.coordinator, support=support, reason="x")
    with pytest.raises(Forbidden), transaction.atomic():
        correct(by=centre.coordinator, support=counter, reason="x")
    fresh = record(by=centre.adviser, entry=centre.entry())
    with pytest.raises(ValidationError, match="still open"), transaction.atomic():
        correct(by=centre.coordinator, support=fresh, reason="x")


def test_a_late_entry_keeps_its_day_and_is_booked_today(centre: Centre) -> None:
    support = closed(centre)
    late = record(by=centre.adviser, entry=centre.entry(day=support.day))
    assert (late.day, late.booked_on) == (support.day, centre.today)


def test_a_period_is_closed_once_and_never_today(centre: Centre) -> None:
    closed(centre)
    day = centre.today - timedelta(days=40)
    for starts, ends in ((day, day), (centre.today, centre.today), (centre.today - timedelta(days=1), day)):
        with pytest.raises(ValidationError), transaction.atomic():
            close_period(by=centre.coordinator, starts=starts, ends=ends)
    with pytest.raises(Forbidden), transaction.atomic():
        close_period(by=centre.adviser, starts=day - timedelta(days=90), ends=day - timedelta(days=89))


def test_a_next_step_is_ticked_off_even_in_a_closed_period(centre: Centre) -> None:
    support = closed(centre, next_step="call the office", next_step_on=centre.today)
    assert [row.pk for row in open_steps(centre.adviser, centre.today)] == [support.pk]
    complete_step(by=centre.coordinator, support=support)
    assert not open_steps(centre.adviser, centre.today).exists()
    assert not reopen_step(by=centre.adviser, support=support).next_step_done_at


def test_the_other_doors_are_locked(centre: Centre) -> None:
    support = record(by=centre.adviser, entry=centre.entry())
    for write in (
        support.save,
        support.delete,
        lambda: Support.objects.update(minutes=1),
        lambda: Support.objects.filter(pk=support.pk).delete(),
        lambda: Support.objects.create(organisation=centre.organisation),
        lambda: Support.objects.bulk_create([]),
        lambda: support.efforts.all().delete(),
    ):
        with pytest.raises(LockedDoor):
            write()


def test_removing_takes_the_parts_along(centre: Centre) -> None:
    recorded = record_all(by=centre.adviser, entries=[centre.entry(), centre.entry()])
    assert remove(by=centre.adviser, supports=[one.support for one in recorded]) == 2
    assert not SupportPerson.objects.exists()


def test_a_long_timeline_is_read_piece_by_piece(centre: Centre) -> None:
    days = [centre.today - timedelta(days=number // 2) for number in range(7)]
    record_all(by=centre.adviser, entries=[centre.entry(day=day) for day in days])
    seen, after = [], ""
    while True:
        part = keyset(of_person(centre.adviser, centre.person), after, size=3)
        seen += [row.pk for row in part.items]
        after = part.after
        if not after:
            break
    assert seen == list(Support.objects.order_by("-day", "-id").values_list("pk", flat=True))
    assert not keyset(of_person(Centre().adviser, centre.person)).items


def closed(centre: Centre, **values: object) -> Support:
    """A support of 40 days ago, closed since."""
    day = centre.today - timedelta(days=40)
    support = record(by=centre.adviser, entry=centre.entry(day=day, **values))
    close_period(by=centre.coordinator, starts=day, ends=day + timedelta(days=5))
    return support
