"""What takes two people, and what shipped for everybody: the database itself refuses it to one, asked in SQL."""

import pytest

from przystan.access.actors import Actor
from przystan.access.models import Glass, GlassApproval
from przystan.access.models.glass import Category
from przystan.access.scope import acting
from przystan.people.actions.protecting import new_alias
from przystan.privacy import actions
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure, RetentionRule
from przystan.team.models import Organisation
from tests import factories
from tests.harness.sql import refused, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organisation:
    return factories.organisation()


@pytest.fixture
def asker(centre: Organisation) -> Actor:
    return factories.actor(centre, "coordinator")


@pytest.fixture
def second(centre: Organisation) -> Actor:
    return factories.actor(centre, "coordinator")


# An erasure

DONE = "UPDATE privacy_erasure SET state = 'done', confirmed_at = now(), confirmed_by_id = {}"


@pytest.fixture
def erasure(centre: Organisation, asker: Actor) -> Erasure:
    with acting(asker):
        return actions.ask_erasure(by=asker, person=factories.person(factories.point(centre)))


def test_who_asked_confirms_no_erasure(erasure: Erasure, asker: Actor, second: Actor) -> None:
    for sql in (
        DONE.format("app_uid()"),
        DONE.format(second.user_id),
        DONE.format("NULL"),
        DONE.format("app_uid()") + ", asked_by_id = NULL",
        f"UPDATE privacy_erasure SET asked_by_id = {second.user_id}",
    ):
        refused(asker, sql)
    for day in ("now() - interval '1 day'", "now() + interval '1 day'", "NULL"):
        refused(second, DONE.format("app_uid()").replace("now()", day))
    assert Erasure.objects.get().state == "waiting"
    assert run(second, DONE.format("app_uid()")) == 1


@pytest.mark.parametrize(
    "change", ["person_ref = 'abcdefghijkm'", "scope = 'sensitive'", "cause = 'retention'", "object_ref = 'x'"]
)
def test_what_was_asked_for_is_what_is_confirmed(erasure: Erasure, second: Actor, change: str) -> None:
    refused(second, f"{DONE.format('app_uid()')}, {change}")
    refused(second, f"UPDATE privacy_erasure SET {change}")


def test_what_was_decided_stays_decided(erasure: Erasure, asker: Actor, second: Actor) -> None:
    assert run(asker, "UPDATE privacy_erasure SET state = 'withdrawn'") == 1
    for actor in (asker, second):
        refused(actor, DONE.format("app_uid()"))
        refused(actor, "UPDATE privacy_erasure SET state = 'waiting'")
        assert run(actor, "DELETE FROM privacy_erasure") == 0


ASK = (
    "INSERT INTO privacy_erasure (ref, organisation_id, person_ref, model, object_ref, scope, cause, state, asked_at,"
    " asked_by_id, confirmed_at, confirmed_by_id, report, protected) VALUES ('abcdefghijkm', app_org(), 'x', '', '',"
    " 'person', 'request', {state}, now(), {asked}, {when}, {by}, '{{}}', false)"
)


def test_nobody_asks_in_anothers_name_nor_for_what_is_confirmed_already(asker: Actor, second: Actor) -> None:
    own = {"state": "'waiting'", "asked": "app_uid()", "when": "NULL", "by": "NULL"}
    for forged in (
        {"asked": second.user_id},
        {"asked": "NULL"},
        {"state": "'done'"},
        {"state": "'done'", "when": "now()", "by": second.user_id},
    ):
        refused(asker, ASK.format(**own | forged))
    assert run(asker, ASK.format(**own)) == 1


# An emergency look


@pytest.fixture
def look(centre: Organisation, asker: Actor) -> Glass:
    """At somebody protected: it waits for a second person."""
    hidden = factories.person(factories.point(centre), protected=True, alias=new_alias())
    with acting(asker):
        return actions.ask(
            by=asker, model="people.person", ref=hidden.ref, category=Category.DANGER, reason="She fainted here."
        )


OPENS = "UPDATE access_glass SET opened_at = now(), until = now() + interval '4 hours'"
APPROVES = "INSERT INTO access_glassapproval (glass_id, by_id, at, released) VALUES ({}, {}, now(), '{{}}')"


def test_who_asked_opens_nothing_that_takes_two(look: Glass, asker: Actor, second: Actor) -> None:
    for sql in (
        OPENS,
        f"{OPENS}, tier = 2",
        "UPDATE access_glass SET tier = 2",
        f"{OPENS}, user_id = {second.user_id}",
    ):
        refused(asker, sql)
    assert Glass.objects.get().opened_at is None
    assert run(second, OPENS) == 1


def test_a_yes_is_said_in_ones_own_name_and_by_another(look: Glass, asker: Actor, second: Actor) -> None:
    for by in ("app_uid()", second.user_id):
        refused(asker, APPROVES.format(look.pk, by))
    assert run(second, APPROVES.format(look.pk, "app_uid()")) == 1
    refused(second, f"UPDATE access_glassapproval SET by_id = {asker.user_id}")
    assert GlassApproval.objects.get().by_id == second.user_id


def test_a_look_is_judged_by_another_once(look: Glass, asker: Actor, second: Actor) -> None:
    judges = "UPDATE access_glass SET reviewed_at = now(), justified = true, reviewed_by_id = {}"
    for by in ("app_uid()", second.user_id):
        refused(asker, judges.format(by))
    refused(second, judges.format(asker.user_id))
    for day in ("now() - interval '1 day'", "now() + interval '1 day'"):
        refused(second, judges.format("app_uid()").replace("now()", day))
    assert run(second, judges.format("app_uid()")) == 1
    third = factories.actor(Organisation.objects.get(pk=asker.organisation_id), "director")
    refused(third, judges.format("app_uid()"))


# Times to keep


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE privacy_retentionrule SET years = 0, months = 1",
        "UPDATE privacy_retentionrule SET automatic = true",
        "UPDATE privacy_retentionrule SET organisation_id = app_org()",
    ],
)
def test_what_shipped_is_nobodys_to_change(asker: Actor, sql: str) -> None:
    load_retention()
    refused(asker, sql)
    assert run(asker, "DELETE FROM privacy_retentionrule") == 0
    assert not RetentionRule.objects.exclude(organisation=None).exists()


def test_an_organisations_own_are_its_own(asker: Actor, second: Actor) -> None:
    load_retention()
    with acting(asker):
        own = actions.set_rule(
            by=asker, rule=RetentionRule.objects.get(code="ordinary-after-support"), values={"years": 9}
        )
    stranger = factories.actor(factories.organisation(), "coordinator")
    years = f"UPDATE privacy_retentionrule SET years = 8 WHERE id = {own.pk}"
    assert run(stranger, years) == 0
    assert run(second, years) == 1
    refused(second, f"UPDATE privacy_retentionrule SET organisation_id = NULL WHERE id = {own.pk}")
    refused(
        second, f"UPDATE privacy_retentionrule SET organisation_id = {stranger.organisation_id} WHERE id = {own.pk}"
    )
