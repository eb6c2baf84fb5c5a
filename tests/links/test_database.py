"""What the database itself refuses to the application about links, whoever acts: asked in SQL, past all actions."""

import pytest
from django.utils import timezone

from przystan.access.actors import Actor, bearer
from przystan.access.models import User
from przystan.links.models import Link, Reminder
from przystan.people.models import Person
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.sql import refused, run

pytestmark = pytest.mark.django_db
ANSWERED = "used = 1, answered_at = now()"
ADD = (
    "INSERT INTO links_link (ref, organisation_id, purpose, language, digest, code, wrong_codes, uses, used, by_id,"
    " made_at, expires_at) SELECT 'forged', app_org(), 'staff.hour', 'pl', md5('x'), '', 0, 1, 0, {}, now(),"
    " now() + interval '1 day'"
)


def acts(user: User) -> Actor:
    found = actor_for(user)
    assert found
    return found


def holder(link: Link) -> Actor:
    return bearer(link.organisation_id, link.digest, frozenset())


@pytest.fixture
def colleague(person: Person) -> User:
    return factories.user(person.organisation, "adviser", person.point)


def test_a_link_is_made_in_ones_own_name(adviser: User, colleague: User) -> None:
    for whose in (str(adviser.pk), "NULL"):
        refused(acts(colleague), ADD.format(whose))
    assert run(acts(colleague), ADD.format("app_uid()")) == 1


@pytest.mark.parametrize(
    "change",
    [
        ANSWERED,
        "opened_at = now()",
        "silent_at = now()",
        "digest = md5('x')",
        "by_id = NULL",
        "expires_at = now() + interval '9 years'",
        "digest = md5('x'), by_id = app_uid(), purpose = 'staff.hour'",
        "digest = md5('x'), by_id = app_uid(), " + ANSWERED,
        "revoked_at = now()",
        "revoked_at = now() - interval '1 day', revoked_by_id = app_uid()",
    ],
)
def test_a_colleague_writes_no_answer_and_nothing_in_anothers_name(link: Link, colleague: User, change: str) -> None:
    refused(acts(colleague), f"UPDATE links_link SET {change}")


@pytest.mark.parametrize(
    "change", ["digest = md5('x')", "by_id = NULL", "uses = 9", "revoked_at = NULL, purpose = 'x'"]
)
def test_its_bearer_opens_and_answers_it_and_nothing_else(link: Link, change: str) -> None:
    refused(holder(link), f"UPDATE links_link SET {change}")
    assert run(holder(link), f"UPDATE links_link SET opened_at = now(), {ANSWERED}") == 1


def test_what_was_answered_or_revoked_is_not_made_anew(link: Link, colleague: User) -> None:
    anew = "UPDATE links_link SET digest = md5('x'), by_id = app_uid()"
    revoked = "UPDATE links_link SET revoked_at = now(), revoked_by_id = app_uid()"
    assert run(acts(colleague), anew) == 1
    assert run(acts(colleague), revoked) == 1
    refused(acts(colleague), anew + ", revoked_at = NULL, revoked_by_id = NULL")
    refused(acts(colleague), "UPDATE links_link SET revoked_at = NULL, revoked_by_id = NULL")


def test_no_link_is_deleted(link: Link, adviser: User) -> None:
    for who in (acts(adviser), holder(link)):
        assert run(who, "DELETE FROM links_link") == 0
    assert Link.objects.exists()


@pytest.fixture
def reminder(link: Link) -> Reminder:
    return Reminder.objects.create(link=link, number=1, due_at=timezone.now())


def test_a_reminder_goes_when_its_maker_asks_anew_and_for_nobody_else(
    reminder: Reminder, link: Link, adviser: User, colleague: User
) -> None:
    for who in (acts(colleague), holder(link)):
        assert run(who, "DELETE FROM links_reminder") == 0
    assert run(acts(adviser), "DELETE FROM links_reminder") == 1


@pytest.mark.parametrize(
    "change",
    [
        "done_at = now() - interval '1 day', done_by_id = app_uid()",
        "done_by_id = app_uid()",
        "due_at = now() + interval '9 days'",
        "number = 2",
    ],
)
def test_a_reminder_is_sent_now_in_ones_own_name(
    reminder: Reminder, adviser: User, colleague: User, change: str
) -> None:
    refused(acts(colleague), f"UPDATE links_reminder SET {change}")
    refused(acts(colleague), f"UPDATE links_reminder SET done_at = now(), done_by_id = {adviser.pk}")
    assert run(acts(colleague), "UPDATE links_reminder SET done_at = now(), done_by_id = app_uid()") == 1
    refused(acts(colleague), "UPDATE links_reminder SET done_at = NULL, done_by_id = NULL")


def test_only_the_job_makes_a_reminder(link: Link, adviser: User) -> None:
    made = "INSERT INTO links_reminder (ref, link_id, number, due_at) VALUES ('abcdefghijkm', {}, 1, now())"
    refused(acts(adviser), made.format(link.pk))
