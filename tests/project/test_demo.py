"""The demo centre: whole, lawful in the eyes of the database, alive today, and the same for the same seed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import F, Q
from tests.harness.modules import brought

from przystan.access.actors import system
from przystan.access.models import User
from przystan.access.roles import ALL
from przystan.access.scope import acting
from przystan.funding.models import Allocation, Programme
from przystan.funding.queries.sets import verdicts_of
from przystan.ledger.models import Period
from przystan.people.models import Channel, Citizenship, PairVerdict, Person, PersonName, TitleHeld
from przystan.people.queries.links import ours
from przystan.privacy.queries.due import Due, due_files, due_people, due_subjects, quiet_people
from przystan.project.demo import DemoSummary, NotEmpty, build
from przystan.support.models import Support
from przystan.support.rules import Effort, Entry, flaws
from przystan.team.models import Organisation, Point
from przystan.team.queries import actor_for

TODAY = date(2026, 11, 22)
MADE = "what people make when they need it; the demo begins without"
LATER = "made when somebody changes or takes back what is there"
ASKED = "what a person asks for, or somebody in need; the demo begins without"
# Tables of which a demo centre shows nothing, and why. A new module says it in `UNSHOWN` of tests/<module>/matrix.py.
EMPTY = {
    **dict.fromkeys(["access.AuditAnchor", "access.BackupPlan", "access.BackupRun", "privacy.ChainCheck"], MADE),
    **dict.fromkeys(["access.Escrow", "access.EscrowWrap", "access.PasskeyWrap", "team.LoginReset"], MADE),
    **dict.fromkeys(
        [
            "exchange.ColumnMapping",
            "exchange.FilePart",
            "exchange.ImportBatch",
            "exchange.ImportRow",
            "exchange.ValueMeaning",
        ],
        MADE,
    ),
    **dict.fromkeys(["people.Exclusion", "errands.Errand", "privacy.LegalHold", "privacy.Pack"], MADE),
    **dict.fromkeys(["institutions.InstitutionMerge", "institutions.InstitutionPair", "people.Merge"], LATER),
    **dict.fromkeys(["results.ResultBefore", "support.EntryBefore"], LATER),
    **dict.fromkeys(["access.Glass", "access.GlassApproval", "privacy.Erasure"], ASKED),
    **dict.fromkeys(["privacy.Release", "privacy.SubjectRequest"], ASKED),
    "institutions.InstitutionNumber": "numbers of real institutions would be somebody's",
    "staff.Availability": MADE,
    "funding.KeptFigure": "counted and kept when somebody opens a report",
}
for _more in brought("UNSHOWN"):
    EMPTY |= _more
pytestmark = pytest.mark.usefixtures("as_the_owner")


@pytest.fixture(scope="module")
def demo(as_the_owner: None, django_db_blocker: Any) -> Iterator[DemoSummary]:
    """A small centre for all tests of this file, taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(people=150, supports=3000, today=TODAY)
        transaction.set_rollback(True)


def test_every_role_has_an_account_that_can_log_in(demo: DemoSummary) -> None:
    assert [account.role for account in demo.accounts] == [role.code for role in ALL]
    for account in demo.accounts:
        user = authenticate(None, username=account.login, password=account.password)
        assert isinstance(user, User)
        actor = actor_for(user)
        assert actor is not None
        assert actor.roles == {account.role}


@pytest.mark.usefixtures("demo")
def test_it_shows_something_of_every_table() -> None:
    empty = {model._meta.label for model in ours() if not model._base_manager.exists()}
    assert sorted(empty - set(EMPTY)) == [], (
        "make a few rows in `fill(scene)` of its module's demo.py;"
        " or say why not in UNSHOWN of tests/<module>/matrix.py"
    )
    assert sorted(set(EMPTY) - empty) == [], "the demo shows some now: take it out of EMPTY"


def test_the_centre_has_its_points_and_hours(demo: DemoSummary) -> None:
    own = Organisation.objects.get(short_name="CWII")
    points = Point.objects.filter(organisation=own).order_by("id")
    assert [point.name for point in points] == ["Gdańsk", "Kwidzyn", "Tczew", "Pruszcz Gdański"]
    gdansk = points[0].hours.order_by("weekday")
    assert [(h.weekday, h.opens.hour, h.closes.hour) for h in gdansk] == [
        (0, 12, 20),
        (1, 12, 18),
        (2, 12, 18),
        (3, 12, 18),
    ]
    assert all("demo" in hours.note for point in points[1:] for hours in point.hours.order_by("id"))
    assert Organisation.objects.count() == 2


def test_there_are_as_many_people_as_asked_for(demo: DemoSummary) -> None:
    assert Person.objects.count() == demo.people == 150
    assert Support.objects.count() == demo.supports
    assert 3000 <= demo.supports < 3050


def test_gaps_are_as_in_life(demo: DemoSummary) -> None:
    people = Person.objects.count()
    without_day = Person.objects.exclude(birth__regex=r"^\d{4}-\d\d-\d\d$").count()
    assert 0.08 < without_day / people < 0.4
    assert Person.objects.filter(birth="").exists()
    assert Person.objects.filter(birth__regex=r"^\d{4}$").exists()
    with_phone = Channel.objects.filter(kind="phone").values("person").distinct().count()
    assert 0.4 < with_phone / people < 0.95
    assert Citizenship.objects.values("person").distinct().count() < people


def test_names_come_in_several_scripts_and_can_be_found(demo: DemoSummary) -> None:
    scripts = set(PersonName.objects.order_by("script").values_list("script", flat=True))
    assert {"latin", "cyrillic"} < scripts
    assert not PersonName.objects.filter(Q(folded="") | Q(keys=[])).exists()
    assert PersonName.objects.values("person").distinct().count() == Person.objects.count()


def test_titles_are_histories_seen_by_somebody(demo: DemoSummary) -> None:
    assert TitleHeld.objects.filter(seen_by__isnull=False).exists()
    assert not TitleHeld.objects.filter(valid_from__gt=TODAY).exists()
    assert not TitleHeld.objects.filter(title__code="pending", valid_to__gt=TODAY).exists()
    assert not TitleHeld.objects.filter(title__code="ukr", valid_from__lt=date(2022, 2, 24)).exists()


def test_some_channels_must_not_be_used_freely(demo: DemoSummary) -> None:
    assert {"yes", "no"} <= set(Channel.objects.order_by("safety").values_list("safety", flat=True))


def test_every_entry_is_one_that_the_product_would_accept(demo: DemoSummary) -> None:
    entries = Support.objects.filter(sign=1).order_by("id").prefetch_related("efforts", "recipients")
    for support in entries:
        entry = Entry(
            service_id=support.service_id,
            point_id=support.point_id,
            day=support.day,
            kind=support.kind,
            people=tuple(str(recipient.person_id) for recipient in support.recipients.all()),
            headcount=support.headcount,
            minutes=support.minutes,
            efforts=tuple(Effort(topic_id=e.topic_id, minutes=e.minutes) for e in support.efforts.all()),
            next_step=support.next_step,
            next_step_on=support.next_step_on,
        )
        assert flaws(entry, TODAY) == []


def test_each_support_lies_within_its_payers_dates(demo: DemoSummary) -> None:
    outside = Allocation.objects.filter(
        Q(support__day__lt=F("programme__starts")) | Q(support__day__gt=F("programme__ends"))
    )
    assert not outside.exists()
    assert demo.paid > 0.6 * demo.supports


def test_no_payer_was_chosen_against_its_rules(demo: DemoSummary) -> None:
    for programme in Programme.objects.order_by("id"):
        paid = list(Allocation.objects.filter(programme=programme).values_list("support_id", flat=True))
        assert False not in verdicts_of(paid, programme).values(), programme.key
        assert not (programme.outside and paid)


def test_closed_entries_are_corrected_by_counter_entries(demo: DemoSummary) -> None:
    closed = max(Period.objects.order_by("id").values_list("ends", flat=True))
    assert closed == date(2026, 9, 30)
    counters = Support.objects.filter(sign=-1).order_by("id")
    assert counters
    for counter in counters:
        assert counter.reverses is not None
        assert counter.day == counter.reverses.day <= closed < counter.booked_on
        assert counter.minutes == counter.reverses.minutes
        assert counter.recipients.count() == counter.reverses.recipients.count()


def test_today_is_alive(demo: DemoSummary) -> None:
    open_steps = Support.objects.filter(next_step_on__isnull=False, next_step_done_at__isnull=True)
    assert open_steps.filter(next_step_on__gte=TODAY).exists()
    assert Support.objects.filter(day__gt=date(2026, 11, 1)).exists()
    assert not Support.objects.filter(day__gte=TODAY).exists()


def test_duplicates_wait_for_a_decision(demo: DemoSummary) -> None:
    waiting = PairVerdict.objects.filter(state="suspected").order_by("id")
    assert len(waiting) == demo.duplicates_waiting > 0
    for pair in waiting:
        assert pair.first_id < pair.second_id
        assert pair.reasons


@pytest.mark.usefixtures("demo")
def test_a_centre_is_never_built_over_another() -> None:
    with pytest.raises(NotEmpty):
        build(people=10, today=TODAY)


def _digest(seed: int) -> list[tuple[Any, ...]]:
    """What a centre consists of, without the numbers that the database gives."""
    with transaction.atomic():
        build(people=40, supports=300, seed=seed, today=TODAY)
        people = Person.objects.order_by("id").values_list("ref", "birth", "arrived", "sex", "created_at")
        names = PersonName.objects.order_by("id").values_list("text", "kind", "keys")
        supports = Support.objects.order_by("id").values_list("day", "minutes", "service__code", "next_step")
        payers = Allocation.objects.order_by("support_id").values_list("support__day", "programme__key")
        found = [*people, *names, *supports, *payers]
        transaction.set_rollback(True)
    return [tuple(map(str, row)) for row in found]


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_centre() -> None:
    first = _digest(7)
    assert first == _digest(7)
    assert first != _digest(8)


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 7])
def test_a_tiny_centre_is_a_centre_too(people: int) -> None:
    summary = build(people=people, today=TODAY)
    assert Person.objects.count() == people == summary.people


@pytest.mark.django_db
def test_progress_is_told_and_the_next_record_gets_a_free_number() -> None:
    told: list[tuple[str, float]] = []
    build(people=20, supports=100, today=TODAY, progress=lambda stage, share: told.append((stage, share)))
    assert list(dict.fromkeys(stage for stage, _ in told)) == ["centre", "people", "payers", "closing"]
    assert all(0 <= share <= 1 for _, share in told)
    last = Person.objects.order_by("-id").values_list("id", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_person', 'id'))")
        assert cursor.fetchone()[0] > last


def test_its_first_nights_let_go_of_a_handful_as_in_a_centre_that_lives(demo: DemoSummary) -> None:
    """What is due on the day it is made, and in the month after: nobody opens a demo that is empty the next morning."""
    for day, most in ((TODAY, 0.02), (TODAY + timedelta(30), 0.04)):
        due = [one for centre in Organisation.objects.order_by("pk") for one in due_in(centre.pk, day)]
        assert len(due) <= most * demo.people, (day, len(due))


def due_in(centre: int, day: date) -> list[Due]:
    with acting(system(centre, "retention")):
        people = due_people(centre, day, quiet_people(centre, day))
        return [*people, *due_files(centre, day), *due_subjects(centre, day)]
