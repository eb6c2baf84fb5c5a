"""Broken glass: who may ask, what opens by itself, what waits for another, when it ends, who looks at it afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from przystan.access import scope
from przystan.access.actors import Forbidden
from przystan.access.decisions import Standing
from przystan.access.keys import staff
from przystan.access.keys.data import Unreadable
from przystan.access.keys.unlocked import ring
from przystan.access.models import AuditEntry, DataKey, Glass, KeyWrap, User
from przystan.access.models.glass import Category
from przystan.casework.actions import open_case
from przystan.casework.enums import CaseKind
from przystan.casework.models import CaseFile, CaseMember
from przystan.kernel.refs import new_ref
from przystan.people.models import Exclusion, Person, TeamMember
from przystan.privacy import actions, tasks
from przystan.privacy.queries import glass as queries
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
PERSON, CASE = "people.person", "casework.casefile"
REASON = "She fainted at the desk and we must call somebody."


@pytest.fixture
def centre():
    return factories.organisation()


@pytest.fixture
def gdansk(centre):
    return factories.point(centre, "Gdańsk")


@pytest.fixture
def tczew(centre):
    return factories.point(centre, "Tczew")


def ask(by, ref: str, model: str = PERSON) -> Glass:
    return actions.ask(by=by, model=model, ref=ref, category=Category.DANGER, reason=REASON)


def standing(person: Person, actor) -> Standing:
    return Person.objects.get(pk=person.pk).standing_of(actor)


def protected(point, *team, **values) -> Person:
    person = factories.person(point, protected=True, alias="Bez-7F3K-Q2", **values)
    for actor in team:
        TeamMember.objects.create(person=person, user_id=actor.user_id, source="named")
    return person


def test_a_person_of_another_point_opens_at_once_for_four_hours(centre, gdansk, tczew):
    by, person = factories.actor(centre, "adviser", tczew), factories.person(gdansk)
    assert standing(person, by) is Standing.ELSEWHERE
    glass = ask(by, person.ref)
    assert glass.tier == 2
    assert standing(person, by) is Standing.TEAM
    assert timedelta(hours=3, minutes=59) < glass.until - timezone.now() <= timedelta(hours=4)
    TeamMember.objects.filter(glass=glass).update(
        starts_at=timezone.now() - timedelta(hours=5), ends_at=timezone.now() - timedelta(seconds=1)
    )
    assert standing(person, by) is Standing.ELSEWHERE
    done = set(AuditEntry.objects.values_list("action", "object_ref"))
    assert {("glass.ask", glass.ref), ("glass.open", person.ref)} <= done


def test_the_reason_is_nowhere_in_clear(centre, gdansk, tczew):
    glass = ask(factories.actor(centre, "adviser", tczew), factories.person(gdansk).ref)
    assert b"fainted" not in bytes(Glass.objects.get(pk=glass.pk).reason)
    assert actions.glass.words(glass, "reason") == REASON


@pytest.mark.parametrize("role", ["director", "data_protection_officer", "administrator", "auditor", "interpreter"])
def test_who_sees_no_people_cannot_ask(centre, gdansk, role):
    with pytest.raises(Forbidden):
        ask(factories.actor(centre, role), factories.person(gdansk).ref)


def test_unknown_hidden_and_excluded_are_alike(centre, gdansk, tczew, django_assert_num_queries):
    """Same row, same answer, same statements: asking tells nothing of what there is."""
    by = factories.actor(centre, "adviser", tczew)
    excluded, alien = factories.person(gdansk), factories.person(factories.point(factories.organisation()))
    Exclusion.objects.create(person=excluded, user_id=by.user_id)
    ask(by, new_ref())  # the audit chain begins
    with CaptureQueriesContext(connection) as unknown:
        ask(by, new_ref())
    rows = []
    for ref in (new_ref(), protected(gdansk).ref, "Bez-7F3K-Q2", excluded.ref, alien.ref):
        with django_assert_num_queries(len(unknown.captured_queries)):
            rows.append(ask(by, ref))
    assert {(row.tier, row.opened_at, row.until, row.model) for row in rows} == {(4, None, None, PERSON)}
    assert not TeamMember.objects.filter(user_id=by.user_id).exists()


def test_a_second_person_of_another_line_opens_a_protected_one(centre, gdansk, tczew):
    by = factories.actor(centre, "case_manager", tczew)
    person = protected(gdansk)
    glass = ask(by, "bez-7f3k-q2")
    for role in ("adviser", "coordinator", "administrator"):
        with pytest.raises(Forbidden):
            actions.approve(by=factories.actor(centre, role), glass=glass)
    with pytest.raises(Forbidden):
        actions.approve(by=factories.actor(factories.organisation(), "director"), glass=glass)
    actions.approve(by=factories.actor(centre, "director"), glass=glass)
    assert standing(person, by) is Standing.TEAM
    glass.refresh_from_db()
    assert (glass.tier, glass.object_ref) == (4, person.ref)


def test_nobody_approves_their_own_or_for_who_leads_them(centre, gdansk):
    both = factories.user(centre, "case_manager", gdansk)
    Membership.objects.create(user=both, organisation=centre, role="director", point=gdansk)
    own = actor_for(both)
    person = protected(factories.point(centre))
    with pytest.raises(Forbidden):
        actions.approve(by=own, glass=ask(own, person.ref))
    leader = factories.actor(centre, "coordinator", gdansk)
    with pytest.raises(Forbidden):
        actions.approve(by=factories.actor(centre, "director", gdansk), glass=ask(leader, person.ref))


@pytest.mark.parametrize("hands", ["locked", "no part", "custodian"])
def test_who_approves_cannot_tell_missing_from_protected(centre, gdansk, tczew, hands):
    """Nothing of this reference, an exclusion, a role without keys, a file kept out: one sentence."""
    keeper = factories.actor(centre, "director")
    owner, asker = (factories.actor(centre, "lawyer", gdansk) for _ in range(2))
    excluded, keyless = factories.actor(centre, "case_manager", tczew), factories.actor(centre, "adviser", tczew)
    private = {one.user_id: key_for(one) for one in (keeper, owner, asker, excluded, keyless)}
    if hands != "no part":
        factories.emergency_key(centre, [keeper.user_id], 1)
    hidden = protected(gdansk)
    Exclusion.objects.create(person=hidden, user_id=excluded.user_id)
    with scope.acting(owner), ring(owner.user_id, private[owner.user_id]):
        kept = open_case(
            by=owner, person=factories.person(gdansk), kind=CaseKind.LEGAL, title="The appeal", in_escrow=False
        )
    asked = [ask(asker, new_ref()), ask(asker, kept.ref, CASE), ask(excluded, hidden.ref), ask(keyless, hidden.ref)]
    said = {refusal(keeper, glass, None if hands == "locked" else private[keeper.user_id]) for glass in asked}
    assert len(said) == 1
    assert {"locked": "Unlock", "no part": "no part", "custodian": "Refuse the request"}[hands] in said.pop()
    assert not TeamMember.objects.filter(person=hidden).exists()
    assert not CaseFile.objects.seen_by(asker).exists()


def test_what_is_refused_is_decided(centre, gdansk):
    glass, director = ask(factories.actor(centre, "lawyer", gdansk), new_ref()), factories.actor(centre, "director")
    actions.refuse(by=director, glass=glass)
    with pytest.raises(ValidationError, match="decided already"):
        actions.approve(by=director, glass=glass)


def refusal(keeper, glass, private) -> str:
    """What the keeper is told who tries to approve."""
    with scope.acting(keeper), ring(keeper.user_id, private):
        with pytest.raises(ValidationError) as error, transaction.atomic():
            actions.approve(by=keeper, glass=glass)
        return " ".join(error.value.messages)


def test_who_leads_the_point_reviews_once_and_late_ones_are_told(centre, gdansk, tczew):
    by, person = factories.actor(centre, "adviser", tczew), factories.person(gdansk)
    glass = ask(by, person.ref)
    leader, director = factories.actor(centre, "coordinator", gdansk), factories.actor(centre, "director")
    other = factories.actor(centre, "coordinator", tczew)
    assert [look.glass for look in queries.to_review(leader)] == [glass]
    assert queries.to_review(other) == []
    assert queries.late(director) == 0
    Glass.objects.filter(pk=glass.pk).update(opened_at=timezone.now() - timedelta(hours=73))
    assert queries.late(director) == 1
    for nobody in (by, other):
        with pytest.raises(Forbidden):
            actions.review(by=nobody, glass=glass, justified=True)
    actions.review(by=leader, glass=glass, justified=False, note="Nobody had fainted.")
    with pytest.raises(ValidationError):
        actions.review(by=director, glass=glass, justified=True)
    assert queries.to_review(leader) == []
    assert queries.late(director) == 0
    assert queries.counts(director) == {"asked": 1, "opened": 1, "refused": 0, "unjustified": 1}


def test_a_look_that_was_not_right_ends_at_once(centre, gdansk, tczew):
    by, person = factories.actor(centre, "adviser", tczew), factories.person(gdansk)
    glass, leader = ask(by, person.ref), factories.actor(centre, "coordinator", gdansk)
    with scope.acting(leader):
        actions.review(by=leader, glass=glass, justified=False)
    assert standing(person, by) is Standing.ELSEWHERE
    later = ask(by, person.ref)
    with scope.acting(leader):
        actions.review(by=leader, glass=later, justified=True)
    assert standing(person, by) is Standing.TEAM


def test_a_look_at_a_file_that_was_not_right_ends_at_once(centre, gdansk):
    by, leader = factories.actor(centre, "adviser", gdansk), factories.actor(centre, "coordinator", gdansk)
    case = CaseFile.objects.create(
        organisation=centre, point=gdansk, person=factories.person(gdansk), kind=CaseKind.SUPPORT, title="A flat"
    )
    glass = ask(by, case.ref, CASE)
    lent = CaseMember.objects.filter(glass=glass, ends_at__gt=timezone.now())
    assert lent.exists()
    with scope.acting(leader):
        actions.review(by=leader, glass=glass, justified=False)
    assert not CaseMember.objects.filter(glass=glass, ends_at__gt=timezone.now()).exists()


def test_who_approved_a_look_is_not_who_says_that_it_was_right(centre, gdansk, tczew):
    glass = ask(factories.actor(centre, "case_manager", tczew), protected(gdansk).ref)
    one, other = factories.actor(centre, "director"), factories.actor(centre, "data_protection_officer")
    actions.approve(by=one, glass=glass)
    assert queries.to_review(one) == []
    with pytest.raises(Forbidden):
        actions.review(by=one, glass=glass, justified=True)
    actions.review(by=other, glass=glass, justified=True)


def test_a_request_of_yesterday_is_no_emergency_any_more(centre, gdansk, tczew):
    glass = ask(factories.actor(centre, "case_manager", tczew), protected(gdansk).ref)
    Glass.objects.filter(pk=glass.pk).update(asked_at=timezone.now() - timedelta(hours=25))
    director = factories.actor(centre, "director")
    with pytest.raises(ValidationError, match="more than a day ago"):
        actions.approve(by=director, glass=glass)
    assert not TeamMember.objects.exists()


def test_words_of_what_nobody_approved_last_a_day(centre, gdansk, tczew):
    by = factories.actor(centre, "adviser", tczew)
    opened, fresh, old, said_no = ask(by, factories.person(gdansk).ref), *(ask(by, new_ref()) for _ in range(3))
    actions.refuse(by=factories.actor(centre, "director"), glass=said_no)
    Glass.objects.exclude(pk=fresh.pk).update(asked_at=timezone.now() - timedelta(hours=25))
    tasks.throw_away(0)
    kept = {glass.pk for glass in Glass.objects.all() if actions.glass.words(glass, "reason")}
    assert kept == {opened.pk, fresh.pk}
    assert not DataKey.objects.filter(holder__in=[old.ref, said_no.ref]).exists()


def test_a_case_file_of_tier_two_opens_for_the_same_point_only(centre, gdansk, tczew):
    case = case_of(factories.person(gdansk), "support")
    near, far = factories.actor(centre, "adviser", gdansk), factories.actor(centre, "adviser", tczew)
    assert ask(near, case.ref, CASE).tier == 2
    assert CaseFile.objects.seen_by(near).get() == case
    waiting = ask(far, case.ref, CASE)
    assert (waiting.tier, waiting.opened_at) == (4, None)
    assert not CaseFile.objects.seen_by(far).exists()


def test_secret_files_open_by_the_emergency_key(centre, gdansk):
    """Two of three custodians, each with their own key unlocked; one opens nothing."""
    owner, asker = factories.actor(centre, "lawyer", gdansk), factories.actor(centre, "lawyer", gdansk)
    keepers = [factories.actor(centre, role) for role in ("director", "data_protection_officer", "director")]
    private = {actor.user_id: key_for(actor) for actor in (owner, asker, *keepers)}
    factories.emergency_key(centre, [actor.user_id for actor in keepers], 2)
    with scope.acting(owner), ring(owner.user_id, private[owner.user_id]):
        case = open_case(by=owner, person=factories.person(gdansk), kind=CaseKind.LEGAL, title="The appeal")
    glass = ask(asker, case.ref, CASE)
    with pytest.raises(ValidationError, match="Unlock"), transaction.atomic():
        actions.approve(by=keepers[0], glass=glass)
    for count, keeper in enumerate(keepers[:2]):
        assert not CaseFile.objects.seen_by(asker).exists(), count
        with scope.acting(keeper), ring(keeper.user_id, private[keeper.user_id]):
            actions.approve(by=keeper, glass=glass)
    lent = KeyWrap.objects.filter(user_id=asker.user_id, expires_at__isnull=False)
    assert lent.exists()
    with scope.acting(keepers[2]), transaction.atomic():
        actions.review(by=keepers[2], glass=glass, justified=False)
        assert not lent.exists()
        assert not CaseFile.objects.seen_by(asker).exists()
        transaction.set_rollback(True)
    # The next request is another transaction; all of a test is one, and its now() lies before.
    CaseMember.objects.filter(user_id=asker.user_id).update(starts_at=timezone.now() - timedelta(hours=1))
    with scope.acting(asker), ring(asker.user_id, private[asker.user_id]):
        assert CaseFile.objects.seen_by(asker).get().title == "The appeal"
    KeyWrap.objects.filter(user_id=asker.user_id).update(expires_at=timezone.now() - timedelta(seconds=1))
    with scope.acting(asker), ring(asker.user_id, private[asker.user_id]):
        assert not readable(CaseFile.objects.seen_by(asker).get())


def case_of(person: Person, kind: str) -> CaseFile:
    values = {"organisation": person.organisation, "point": person.point, "person": person, "kind": kind}
    return CaseFile.objects.create(**values, title="Title")


def key_for(actor) -> bytes:
    """A key pair of one's own, confirmed; returns the private half, as if unlocked."""
    account = User.objects.get(pk=actor.user_id)
    staff.confirm(account, staff.set_up(account, "a long passphrase for files"))
    return staff.by_passphrase(account, "a long passphrase for files")


def readable(case: CaseFile) -> bool:
    try:
        return bool(case.title)
    except Unreadable:
        return False
