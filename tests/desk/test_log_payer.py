"""Who pays for what is logged, and how much asking that takes."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.funding.actions import amend, choose_payer, correct, give, give_group
from przystan.funding.models import Allocation, Limit
from przystan.ledger.actions import close_period
from przystan.people.models import Citizenship, TeamMember
from przystan.support.models import Support
from tests import factories
from tests.desk.test_log import Desk
from tests.harness.queries import queries_of_view

pytestmark = pytest.mark.django_db
NOBODY_FITS = {"any": []}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def first(desk: Desk) -> Any:
    return factories.programme(desk.organisation, desk.service, rank=1, name="First")


@pytest.fixture
def second(desk: Desk) -> Any:
    return factories.programme(desk.organisation, desk.service, rank=2, name="Second")


def test_one_support_takes_few_statements(desk: Desk, first: Any) -> None:
    """The team and what is known, the entry with its parts, what decides who pays, the limits, payer, audit.

    With session, account, BEGIN, who acts, COMMIT and session: twelve.
    """
    Limit.objects.create(programme=first, kind="supports_per_person", value=9)
    desk.adviser.post("/supports/new/", desk.sheet())
    sheet = desk.sheet(payer=first.ref)
    with queries_of_view(6):
        assert desk.adviser.post("/supports/new/", sheet).status_code == 302
    assert Allocation.objects.filter(programme=first).count() == 2


def test_another_payer_is_offered_to_who_may_choose_while_the_period_is_open(desk: Desk, first: Any) -> None:
    opened, closed = desk.support(), desk.closed()
    offered = [
        "Save the payer" in one.get(f"/supports/{entry.ref}/").text
        for entry in (opened, closed)
        for one in (desk.coordinator, desk.auditor)
    ]
    assert offered == [True, False, False, False]


def test_saying_nothing_takes_the_suggested_payer(desk: Desk, first: Any, second: Any) -> None:
    desk.adviser.post("/supports/new/", desk.sheet())
    row = Allocation.objects.get()
    assert (row.programme, row.suggested, row.reason) == (first, first, "")
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"support.record", "funding.attribute", "read"}


def test_another_payer_needs_a_reason_and_nothing_is_half_written(desk: Desk, first: Any, second: Any) -> None:
    page = desk.adviser.post("/supports/new/", desk.sheet(payer=second.ref))
    assert page.status_code == 200
    assert not Support.objects.exists()
    assert not TeamMember.objects.filter(source="support").exists()
    assert not AuditEntry.objects.filter(action="support.record").exists()
    assert desk.adviser.post("/supports/new/", desk.sheet(payer=second.ref, reason="asked by her")).status_code == 302
    assert Allocation.objects.get().reason == "asked by her"


def test_a_form_that_comes_back_says_who_pays(desk: Desk, first: Any, second: Any) -> None:
    """What was ticked, after another mistake; what was seen, after the payer was refused; without a list, nothing."""
    kept = f'name="payer" value="{second.ref}"'
    ticked = {"payer": second.ref, "payer_chosen": "yes", "reason": "so agreed"}
    page = desk.adviser.post("/supports/new/", desk.sheet(**ticked, day="")).content.decode()
    assert kept in page
    assert 'name="reason" value="so agreed"' in page
    assert kept not in desk.adviser.post("/supports/new/", desk.sheet(payer=second.ref, day="")).content.decode()
    assert kept in desk.adviser.post("/supports/new/", desk.sheet(payer=second.ref)).content.decode()
    assert 'name="payer"' not in desk.adviser.post("/supports/new/", desk.sheet(day="")).content.decode()


def test_who_changes_an_entry_keeps_its_payer(desk: Desk, first: Any, second: Any) -> None:
    """The page for changing it starts with the payer there is, not with the one suggested today."""
    desk.adviser.post("/supports/new/", desk.sheet(payer=second.ref, reason="so agreed"))
    support = Support.objects.get()
    url = f"/supports/{support.ref}/amendment/"
    page = desk.adviser.get(url).content.decode()
    assert f'name="payer_before" value="{second.ref}"' in page
    assert 'name="reason_before" value="so agreed"' in page
    before = {"payer_before": second.ref, "reason_before": "so agreed"}
    page = desk.adviser.post(url, desk.sheet(**before, day="")).content.decode()
    assert f'name="payer_before" value="{second.ref}"' in page
    said = {"payer": second.ref, "payer_chosen": "yes", "reason": "so agreed", "version": support.version}
    assert desk.adviser.post(url, desk.sheet(**said, next_step="x")).status_code == 302
    row = Allocation.objects.get()
    assert (row.programme, row.reason) == (second, "so agreed")


def test_the_payer_there_is_needs_no_new_reason(desk: Desk, first: Any) -> None:
    """It was suggested once; today another one would be."""
    support = give(by=desk.owner, entry=desk.entry()).support
    factories.programme(desk.organisation, desk.service, rank=0, name="Newer")
    amend(by=desk.owner, support=support, entry=desk.entry(place="office"), payer=first.ref)
    assert (Allocation.objects.get().programme, Allocation.objects.get().reason) == (first, "")
    amend(by=desk.owner, support=support, entry=desk.entry(), payer=first.ref, reason="because")
    assert (Allocation.objects.get().programme, Allocation.objects.get().reason) == (first, "because")


def test_nobody_may_pay(desk: Desk, first: Any) -> None:
    desk.adviser.post("/supports/new/", desk.sheet(payer=""))
    assert not Allocation.objects.exists()
    assert "nobody yet" in desk.adviser.get("/supports/").content.decode()
    assert "Nobody pays for these yet" in desk.adviser.get("/").content.decode()


def test_a_refused_payer_says_for_which_service(desk: Desk) -> None:
    """The entry is checked without reading the service as a whole: its name comes along."""
    other = factories.programme(desk.organisation, factories.service("Lessons"), name="Other")
    page = desk.adviser.post("/supports/new/", desk.sheet(payer=other.ref, payer_chosen="yes", reason="so agreed"))
    assert f"this programme does not pay for: {desk.service}." in page.content.decode()


def test_a_programme_of_elsewhere_or_one_that_refuses_does_not_pay(desk: Desk) -> None:
    refusing = factories.programme(desk.organisation, desk.service, tree=NOBODY_FITS)
    elsewhere = factories.programme(factories.organisation(), desk.service)
    for programme in (refusing, elsewhere):
        page = desk.adviser.post("/supports/new/", desk.sheet(payer=programme.ref, reason="x"))
        assert page.status_code == 200
    assert not Support.objects.exists()


def test_reception_takes_what_is_suggested(desk: Desk, first: Any, second: Any) -> None:
    client, _ = desk.login("reception", desk.point)
    client.post("/supports/new/", desk.sheet(payer=second.ref, reason="x"))
    assert Allocation.objects.get().programme == first


def test_each_of_a_group_gets_a_payer(desk: Desk, first: Any) -> None:
    give_group(by=desk.owner, entry=desk.entry(headcount=3))
    assert Allocation.objects.filter(programme=first).count() == 2


def test_a_correction_follows_the_money(desk: Desk, first: Any) -> None:
    day = desk.today - timedelta(days=40)
    old = give(by=desk.owner, entry=desk.entry(day=day)).support
    close_period(by=desk.lead, starts=day, ends=day)
    counter, right = correct(by=desk.lead, support=old, reason="x", entry=desk.entry(day=day, minutes=5))
    assert right
    paid = Allocation.objects.filter(programme=first).values_list("pk", flat=True)
    assert set(paid) == {
        old.pk,
        counter.pk,
        right.support.pk,
    }


def test_a_changed_entry_keeps_its_payer_only_while_it_fits(desk: Desk, first: Any) -> None:
    support = give(by=desk.owner, entry=desk.entry()).support
    amend(by=desk.owner, support=support, entry=desk.entry(minutes=10))
    assert Allocation.objects.get().programme == first
    other = factories.service("Course")
    amend(by=desk.owner, support=support, entry=replace(desk.entry(), service_id=other.pk))
    assert not Allocation.objects.exists()


def test_the_payer_is_changed_on_the_page_of_the_support(desk: Desk, first: Any, second: Any) -> None:
    support = give(by=desk.owner, entry=desk.entry()).support
    page = desk.adviser.get(f"/supports/{support.ref}/").content.decode()
    assert "First" in page
    assert "Second" in page
    desk.adviser.post(f"/supports/{support.ref}/payer/", {"payer": second.ref, "reason": ""})
    assert Allocation.objects.get().programme == first
    desk.adviser.post(f"/supports/{support.ref}/payer/", {"payer": second.ref, "reason": "she asked"})
    assert Allocation.objects.get().programme == second
    officer, _ = desk.login("grant_officer")
    officer.post(f"/supports/{support.ref}/payer/", {"payer": first.ref, "reason": "the first pays"})
    assert Allocation.objects.get().programme == first
    officer.post(f"/supports/{support.ref}/payer/", {"payer": "", "reason": "nobody"})
    assert not Allocation.objects.exists()
    assert desk.auditor.post(f"/supports/{support.ref}/payer/", {"payer": first.ref}).status_code == 404


def test_a_closed_support_keeps_its_payer(desk: Desk, first: Any, second: Any) -> None:
    support = desk.closed()
    with pytest.raises(ValidationError), transaction.atomic():
        choose_payer(by=desk.owner, support=support, payer=first.ref, reason="x")
    assert not Allocation.objects.exists()


def test_the_list_finds_what_a_programme_paid(desk: Desk, first: Any) -> None:
    give(by=desk.owner, entry=desk.entry())
    desk.support()
    assert len(desk.adviser.get(f"/supports/?payer={first.ref}").context["page"].items) == 1
    assert len(desk.adviser.get("/supports/?payer=none").context["page"].items) == 1


def test_what_a_protected_person_gets_is_paid_by_what_their_team_knows(desk: Desk) -> None:
    tree = {"fact": "citizenship_class", "in": ["third_country"]}
    payer = factories.programme(desk.organisation, desk.service, tree=tree)
    manager, actor = desk.login("case_manager")
    who = User.objects.get(pk=actor.user_id)
    hidden = factories.person(desk.point, team=[who], protected=True, alias="P-7f3k-q2mz")
    Citizenship.objects.create(person=hidden, country="UA")
    sheet = desk.sheet(people=[hidden.ref], staff=who.pk)
    assert manager.post("/supports/new/", sheet).status_code == 302
    assert Allocation.objects.get().programme == payer
    assert Support.objects.get().protected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "minutes"), [("people", 30), ("hours", 60)])
def test_of_two_at_the_edge_of_a_limit_one_is_paid_for(kind: str, minutes: int) -> None:
    """The second waits until it is known what the first used up."""
    desk = Desk()
    programme = factories.programme(desk.organisation, desk.service, name="First")
    Limit.objects.create(programme=programme, kind=kind, value=1)
    other = factories.person(desk.point, "Other")
    entries = [desk.entry(people=(one.ref,), minutes=minutes) for one in (desk.person, other)]

    def second() -> None:
        try:
            with acting(desk.owner):
                give(by=desk.owner, entry=entries[1])
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with acting(desk.owner):
        give(by=desk.owner, entry=entries[0])
        thread.start()
        wait_for_another()
    thread.join(timeout=20)
    assert Support.objects.count() == 2
    assert Allocation.objects.count() == 1


def wait_for_another() -> None:
    """Until another connection to this database waits for a lock."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(20_000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")


@pytest.mark.parametrize("number", [1, 12])
def test_a_group_takes_as_many_statements_for_twelve_as_for_one(desk: Desk, first: Any, number: int) -> None:
    """The gathering, what is known, the entries with their parts, what decides who pays, the limits, payers, audit."""
    Limit.objects.create(programme=first, kind="people", value=20)
    people = [factories.person(desk.point, f"Person {at}").ref for at in range(number)]
    sheet = {"service": desk.service.pk, "point": desk.point.pk, "day": desk.today.isoformat(), "minutes": 60}
    sheet |= {"people": people, "headcount": number, "mode": "in_person", "language": "pl", "form_token": str(uuid4())}
    with queries_of_view(7):
        answer = desk.adviser.post("/groups/new/", sheet)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Allocation.objects.filter(programme=first).count() == number
