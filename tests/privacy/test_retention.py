"""Ten years of keeping and letting go (test 31 of the security design)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from przystan.access.actors import Actor, Forbidden, system
from przystan.access.modules import Module, modules
from przystan.access.scope import acting
from przystan.casework.models import CaseFile
from przystan.kernel.dates import add_months
from przystan.people.models import Citizenship, Person, PersonName
from przystan.privacy import actions
from przystan.privacy.actions import retention
from przystan.privacy.enums import ErasureState
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure, LegalHold, RetentionRule
from przystan.privacy.queries.due import due_people, quiet_people, rules_ever
from przystan.privacy.rules.dates import Keep, answer_due, kept_until
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def centre():
    load_retention()
    return factories.organisation()


@pytest.fixture
def point(centre):
    return factories.point(centre)


def somebody(point, last: date, *, programme=None, case: date | None = None, kind="support", **values) -> Person:
    person = factories.person(point, f"Somebody {last}", **values)
    Citizenship.objects.create(person=person, country="UA")
    entry = factories.support(point, factories.service(), person, day=last)
    if programme:
        factories.pay(entry, programme)
    if case:
        CaseFile.objects.create(
            organisation=point.organisation, point=point, person=person, kind=kind, opened_on=case, closed_on=case
        )
    return person


def due_ids(point, day: date) -> set[int]:
    """People whose time is over on a day, wholly or in part."""
    with acting(system(point.organisation_id, "test")):
        quiet = quiet_people(point.organisation_id, day)
        return {one.person_id for one in due_people(point.organisation_id, day, quiet)}


def known(person: Person) -> bool:
    return PersonName.objects.filter(person=person).exists()


def sensitive(person: Person) -> bool:
    return Citizenship.objects.filter(person=person).exists()


def test_ten_years(centre, point):
    """Every class goes on the day after its last one, not a day earlier; what is held stays; nothing is over-kept."""
    of_2018 = factories.programme(centre, ends=date(2018, 6, 30))
    endless = factories.programme(centre)
    rows = [  # person, last day of sensitive facts, last day of all
        (somebody(point, date(2016, 2, 29)), date(2019, 2, 28), date(2021, 2, 28)),
        (somebody(point, date(2017, 5, 1)), date(2020, 5, 1), date(2022, 5, 1)),
        (somebody(point, date(2016, 3, 1), programme=of_2018), date(2023, 12, 31), date(2023, 12, 31)),
        (somebody(point, date(2019, 3, 1), case=date(2020, 1, 5)), date(2022, 3, 1), date(2025, 1, 5)),
        (somebody(point, date(2018, 1, 1), protected=True, alias="Bez-1"), None, date(2019, 1, 1)),
        *((somebody(point, date(2016 + n, 7, 9)), date(2019 + n, 7, 9), date(2021 + n, 7, 9)) for n in range(5)),
    ]
    stays = [somebody(point, date(2016, 1, 1), programme=endless), somebody(point, date(2025, 1, 1))]
    held, restricted = (
        somebody(point, date(2016, 1, 1)),
        somebody(point, date(2016, 1, 1), restricted_on=date(2016, 2, 1)),
    )
    LegalHold.objects.create(person=held, reason="A court", starts_on=date(2016, 1, 1), ends_on=date(2024, 8, 8))
    CaseFile.objects.filter(person=rows[3][0]).update(kind="support")

    days = {day + step for row in rows for day in row[1:] if day for step in (0 * DAY, DAY)}
    days |= {date(2024, 8, 8), date(2024, 8, 9), date(2025, 12, 31)}
    for day in sorted(days):
        actions.look_over(centre.pk, day)
        for waiting in Erasure.objects.filter(state=ErasureState.WAITING):  # somebody confirms the same day
            actions.carry_out(by=factories.actor(centre, "coordinator"), erasure=waiting, day=day)
        actions.look_over(centre.pk, day)  # and who waited for a case file goes too
        for waiting in Erasure.objects.filter(state=ErasureState.WAITING):
            actions.carry_out(by=factories.actor(centre, "coordinator"), erasure=waiting, day=day)
        for person, part, whole in rows:
            assert known(person) == (day <= whole), (day, person, whole)
            if part:
                assert sensitive(person) == (day <= part), (day, person, part)
        assert known(held) == (day <= date(2024, 8, 8))
    assert all(known(person) for person in stays)
    assert known(restricted)
    assert actions.look_over(centre.pk, date(2025, 12, 31)) == []
    assert Erasure.objects.filter(state=ErasureState.DONE).count() >= len(rows)


def test_what_needs_a_yes_waits_for_it(centre, point):
    person = somebody(point, date(2018, 1, 1), protected=True, alias="Bez-1")
    assert actions.look_over(centre.pk, date(2020, 1, 1))
    assert actions.look_over(centre.pk, date(2020, 1, 2)) == []
    waiting = Erasure.objects.get()
    with pytest.raises(Forbidden):
        actions.confirm_erasure(by=factories.actor(centre, "coordinator"), erasure=waiting)
    assert known(person)
    actions.confirm_erasure(by=factories.actor(centre, "data_protection_officer"), erasure=waiting)
    assert not known(person)


def came_again(person: Person) -> None:
    factories.support(person.point, factories.service(), person, day=timezone.localdate())


def asked_to_keep(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(restricted_on=timezone.localdate())


@pytest.mark.parametrize("since", [came_again, asked_to_keep])
def test_what_a_rule_listed_is_asked_of_it_again(centre, point, since):
    """It may wait for weeks: who came again, or asked that nothing is erased, is not let go by an old list."""
    person = somebody(point, date(2018, 1, 1), protected=True, alias="Bez-1")
    actions.look_over(centre.pk)
    since(person)
    officer = factories.actor(centre, "data_protection_officer")
    with pytest.raises(ValidationError, match="Nothing was erased"):
        actions.confirm_erasure(by=officer, erasure=Erasure.objects.get())
    assert known(person)


def test_a_centre_changes_its_own_copy_of_a_rule(centre, point):
    person, other = (
        somebody(point, date(2020, 1, 1)),
        somebody(factories.point(factories.organisation()), date(2020, 1, 1)),
    )
    shipped = RetentionRule.objects.get(code="ordinary-after-support")
    by = factories.actor(centre, "coordinator")
    own = actions.set_rule(by=by, rule=shipped, values={"years": 1, "source": "Agreed with our lawyer"})
    assert own.pk != shipped.pk
    for organisation in (centre, other.organisation):
        actions.look_over(organisation.pk, date(2021, 6, 1))
    actions.confirm_erasure(
        by=factories.actor(centre, "data_protection_officer"), erasure=Erasure.objects.get(scope="person")
    )
    assert not known(person)
    assert known(other)
    for nobody in (factories.actor(centre, "adviser"), factories.actor(centre, "coordinator", point)):
        with pytest.raises(Forbidden):
            actions.set_rule(by=nobody, rule=own, values={"years": 9})


@pytest.mark.parametrize(
    "values", [{"years": 0, "months": 1}, {"valid_to": date(2020, 12, 31)}, {"valid_from": date(2030, 1, 1)}]
)
def test_nobody_alone_makes_a_time_shorter_and_erases_by_it(centre, point, values):
    """Whoever shortens one rule is asked about all data of its kind, and is not who says yes."""
    person = somebody(point, date(2020, 1, 1))
    by = both(centre)
    ours = RetentionRule.objects.filter(holding="t1", organisation=None)
    own = actions.set_rule(by=by, rule=ours[0], values=values | {"automatic": True})
    assert not own.automatic
    assert {(rule.holding, rule.automatic) for rule in rules_ever(centre.pk) if rule.holding == "t1"} == {("t1", False)}
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.set_automatic(by=by, rule=own, automatic=True)
    with pytest.raises(Forbidden):
        actions.set_automatic(by=factories.actor(centre, "coordinator"), rule=own, automatic=True)
    waiting = [one for one in actions.look_over(centre.pk, date(2026, 6, 1)) if one.scope == "person"]
    assert [one.state for one in waiting] == [ErasureState.WAITING]
    assert known(person)
    with pytest.raises(Forbidden):
        actions.confirm_erasure(by=by, erasure=waiting[0])
    actions.confirm_erasure(by=factories.actor(centre, "data_protection_officer"), erasure=waiting[0])
    assert not known(person)


def test_the_data_protection_officer_lets_a_shorter_time_erase_by_itself(centre, point):
    person = somebody(point, date(2024, 1, 1))
    shipped = RetentionRule.objects.get(code="ordinary-after-support")
    own = actions.set_rule(by=factories.actor(centre, "coordinator"), rule=shipped, values={"years": 1})
    actions.set_automatic(by=factories.actor(centre, "data_protection_officer"), rule=own, automatic=True)
    project = next(rule for rule in rules_ever(centre.pk) if rule.code == "ordinary-after-project")
    actions.set_automatic(by=factories.actor(centre, "data_protection_officer"), rule=project, automatic=True)
    actions.look_over(centre.pk, date(2026, 6, 1))
    assert not known(person)
    longer = actions.set_rule(by=factories.actor(centre, "coordinator"), rule=own, values={"years": 2})
    assert longer.automatic


def both(centre) -> Actor:
    """One account with the roles of two, which should be two people."""
    user = factories.user(centre, "coordinator")
    Membership.objects.create(user=user, organisation=centre, role="data_protection_officer")
    found = actor_for(user)
    assert found
    return found


@pytest.mark.parametrize(
    ("received", "due", "extended"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)),
        (date(2023, 12, 31), date(2024, 1, 31), date(2024, 3, 31)),
        (date(2026, 11, 22), date(2026, 12, 22), date(2027, 2, 22)),
    ],
)
def test_when_an_answer_is_due(received, due, extended):
    assert (answer_due(received), answer_due(received, extended=True)) == (due, extended)


def test_the_longest_rule_holds():
    five, one = Keep(60, from_year_end=True), Keep(12)
    assert kept_until([(one, date(2026, 3, 1)), (five, date(2020, 6, 1))]) == date(2027, 3, 1)
    assert kept_until([(one, date(2020, 3, 1)), (five, date(2020, 6, 1))]) == date(2025, 12, 31)
    assert kept_until([]) is None
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_who_reached_something_lately_is_kept(centre, point):
    """Also for as long as the programme that counts it is."""
    person = somebody(point, date(2008, 1, 1))
    Person.objects.filter(pk=person.pk).update(created_at=datetime(2008, 1, 1, tzinfo=UTC))

    def due(day: date) -> bool:
        return person.pk in due_ids(point, day)

    assert due(date(2026, 6, 1))
    result = factories.result(point, factories.result_kind(), person, day=date(2026, 5, 31))
    assert not due(date(2026, 6, 1))
    assert due(date(2045, 1, 1))
    programme = factories.programme(centre)
    factories.indicator(programme, "results")
    factories.count_for(result, programme)
    assert not due(date(2045, 1, 1)), "its programme has no end"


def test_one_that_cannot_be_erased_stops_no_other(centre, point, monkeypatch):
    two = [somebody(point, date(2008, 1, 1)) for _ in range(2)]
    Person.objects.update(created_at=datetime(2008, 1, 1, tzinfo=UTC))
    RetentionRule.objects.update(automatic=True)
    right = retention.carry_out

    def fails_once(**named):
        if named["erasure"].person_id == two[0].pk:
            raise IntegrityError("held by something")
        return right(**named)

    monkeypatch.setattr(retention, "carry_out", fails_once)
    actions.look_over(centre.pk)
    assert [known(person) for person in two] == [True, False]


def test_the_time_of_a_person_counts_from_whatever_was_done_last(centre, point, monkeypatch):
    """A module says where the days of what it does for people stand; the latest of all modules counts."""
    person = somebody(point, date(2018, 3, 1))
    Person.objects.filter(pk=person.pk).update(created_at=datetime(2018, 1, 1, tzinfo=UTC))

    def due() -> bool:
        return person.pk in due_ids(point, date(2026, 6, 1))

    assert due()
    Citizenship.objects.filter(person=person).update(valid_from=date(2026, 1, 1))
    assert due(), "what no module declares is no work for them"
    more = (*modules(), Module(last_days=("citizenships__valid_from",)))
    monkeypatch.setattr("przystan.privacy.queries.due.modules", lambda: more)
    assert not due()


def test_a_night_takes_so_many_and_the_next_goes_on(centre, point):
    people = [somebody(point, date(2008, 1, 1)) for _ in range(3)]
    Person.objects.update(created_at=datetime(2008, 1, 1, tzinfo=UTC))
    RetentionRule.objects.update(automatic=True)
    for left in (2, 1, 0):
        assert len(actions.look_over(centre.pk, most=1)) == 1
        assert sum(map(known, people)) == left
    assert actions.look_over(centre.pk, most=1) == []


def test_who_is_looked_at_in_pieces_is_looked_at_whole(centre, point, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    people = [somebody(point, date(2008, 1, 1)) for _ in range(5)]
    Person.objects.update(created_at=datetime(2008, 1, 1, tzinfo=UTC))
    assert {one.person_id for one in actions.look_over(centre.pk) if one.scope == "person"} == {
        person.pk for person in people
    }


DAYS = st.sampled_from([date(2019, 12, 31), date(2020, 6, 1), date(2020, 6, 2), date(2026, 1, 1)])
LIFE = st.tuples(DAYS, st.lists(DAYS, max_size=2), st.lists(DAYS, max_size=2))


@settings(max_examples=12)
@given(lives=st.lists(LIFE, min_size=1, max_size=4), day=st.sampled_from([date(2025, 6, 1), date(2025, 6, 2)]))
def test_quiet_is_who_had_nothing_since_whatever_came_first(lives, day):
    """Compared with counting by hand: the last day of support or result, else the day of registering."""
    load_retention()
    point = factories.point(factories.organisation())
    shortest = RetentionRule.objects.filter(counted_from="support", programme=None)
    months = min(one.years * 12 + one.months for one in shortest)
    expected = set()
    for created, supports, results in lives:
        person = factories.person(point)
        Person.objects.filter(pk=person.pk).update(created_at=datetime.combine(created, time(12), tzinfo=UTC))
        for one in supports:
            factories.support(point, factories.service(), person, day=one)
        for one in results:
            factories.result(point, factories.result_kind(), person, day=one)
        if max([*supports, *results], default=created) <= add_months(day, -months):
            expected.add(person.pk)
    with acting(system(point.organisation_id, "test")):
        assert set(quiet_people(point.organisation_id, day)) == expected
