"""Two who decide about the same person's data at once: see tests/harness/races.py."""

from typing import Any

from django.urls import reverse

from przystan.access.actors import Actor
from przystan.casework import actions as casework
from przystan.casework.models import CaseFile
from przystan.links.models import Link
from przystan.people.actions.protecting import new_alias
from przystan.people.models import Person
from przystan.privacy import actions
from przystan.privacy.actions.notices import ask_to_read
from przystan.privacy.enums import Delivery, RequestKind, RequestState, Scope
from przystan.privacy.loading import load_notices, load_retention
from przystan.privacy.models import Erasure, RetentionRule
from przystan.team.models import Organisation
from przystan.team.queries import actor_for
from tests import factories
from tests.casework.conftest import build
from tests.harness.races import Race, Results, by, holds, one_of_two
from tests.privacy.test_emergency_key import keeper
from tests.privacy.test_glass import ask
from tests.ui.test_seen import drawn, logged_in


def leads(centre: Organisation) -> tuple[Actor, Actor]:
    return factories.actor(centre, "coordinator"), factories.actor(centre, "coordinator")


def somebody() -> Person:
    return factories.person(factories.point(factories.organisation()))


@holds("privacy.actions.notices.ask_to_read", "one link at a time asks somebody to read")
def asked_twice_to_read() -> Race:
    load_notices()
    person = somebody()
    actors = [factories.actor(person.organisation, "adviser", person.point) for _ in range(2)]
    before = Link.objects.count()

    def asks(actor: Actor) -> Any:
        return by(actor, lambda: ask_to_read(by=actor, ref=person.ref, language="uk"))

    return Race(asks(actors[0]), asks(actors[1]), lambda results: Link.objects.count() == before + 1)


@holds("privacy.actions.emergency_key._waiting", "a plan is decided once")
def a_plan_confirmed_and_withdrawn() -> Race:
    centre = factories.organisation()
    users = [keeper(centre, "director") for _ in range(3)]
    asker, one, other = (actor_for(user) for user in users)
    assert asker
    assert one
    assert other
    plan = actions.plan_key(by=asker, custodians=users[:1], needed=1)
    return Race(
        by(one, lambda: actions.confirm_key(by=one, plan=plan.pk)),
        by(other, lambda: actions.withdraw_key(by=other, plan=plan.pk)),
        one_of_two,
    )


@holds("privacy.actions.erasing._waiting", "an erasure is decided once")
def an_erasure_withdrawn_and_confirmed() -> Race:
    person = somebody()
    one, other = leads(person.organisation)
    asked = actions.ask_erasure(by=one, person=person)
    return Race(
        by(one, lambda: actions.withdraw_erasure(by=one, erasure=asked)),
        by(other, lambda: actions.confirm_erasure(by=other, erasure=asked)),
        one_of_two,
    )


@holds("privacy.actions.erasing._done", "nobody writes about a person who is being erased")
def a_legal_hold_while_it_is_erased() -> Race:
    person = somebody()
    one, other = leads(person.organisation)
    asked = actions.ask_erasure(by=one, person=person)
    return Race(
        by(one, lambda: actions.hold(by=one, person=person, reason="a court asks")),
        by(other, lambda: actions.confirm_erasure(by=other, erasure=asked)),
        one_of_two,
    )


@holds("privacy.actions.erasing._file_gone", "nobody writes into a file that is being erased")
def a_note_while_its_file_is_erased() -> Race:
    files = build()
    member, second = files.actor("member"), files.actor("coordinator")
    erasure = Erasure.objects.create(
        organisation=files.point.organisation,
        person=files.person,
        person_ref=files.person.ref,
        scope=Scope.HELD,
        model="casework.casefile",
        object_ref=files.case.ref,
    )
    return Race(
        by(member, lambda: casework.write_note(by=member, case=files.case, text="She called.")),
        by(second, lambda: actions.carry_out(by=second, erasure=erasure)),
        lambda results: (
            not isinstance(results[1], Exception) and not CaseFile._base_manager.filter(pk=files.case.pk).exists()
        ),
        written=True,
    )


@holds("privacy.actions.glass.review", "a look is judged once")
def a_look_judged_twice() -> Race:
    centre = factories.organisation()
    person = factories.person(factories.point(centre))
    glass = ask(factories.actor(centre, "adviser", factories.point(centre)), person.ref)
    one, other = leads(centre)
    return Race(
        by(one, lambda: actions.review(by=one, glass=glass, justified=True)),
        by(other, lambda: actions.review(by=other, glass=glass, justified=False)),
        one_of_two,
    )


@holds("privacy.actions.glass._undecided", "a request is decided once")
def a_request_refused_twice() -> Race:
    centre = factories.organisation()
    asker = factories.actor(centre, "case_manager", factories.point(centre))
    glass = ask(asker, factories.person(factories.point(centre), protected=True, alias=new_alias()).ref)
    one, other = factories.actor(centre, "director"), factories.actor(centre, "data_protection_officer")
    return Race(
        by(one, lambda: actions.refuse(by=one, glass=glass)),
        by(other, lambda: actions.refuse(by=other, glass=glass)),
        one_of_two,
    )


@holds("privacy.actions.requests._open", "a request is answered once")
def a_request_answered_twice() -> Race:
    person = somebody()
    one, other = leads(person.organisation)
    asked = actions.receive(by=one, person=person, kind=next(iter(RequestKind)), received_on=person.created_at.date())

    def answers(actor: Actor) -> Any:
        return by(
            actor,
            lambda: actions.answer(by=actor, request=asked, state=RequestState.ANSWERED, delivery=Delivery.values[0]),
        )

    return Race(answers(one), answers(other), one_of_two)


@holds("privacy.actions.retention._own", "who made a time shorter is still known when it is agreed to")
def made_shorter_while_nobody_is_to_be_asked() -> Race:
    load_retention()
    centre = factories.organisation()
    one, other = factories.actor(centre, "coordinator"), factories.actor(centre, "data_protection_officer")
    shipped = RetentionRule.objects.get(code="ordinary-after-support", organisation=None)
    own = actions.set_rule(by=one, rule=shipped, values={"years": 9})

    def shorter(results: Results) -> bool:
        own.refresh_from_db()
        return (own.years, own.shortened_by_id) == (1, one.user_id)

    return Race(
        by(one, lambda: actions.set_rule(by=one, rule=own, values={"years": 1})),
        by(other, lambda: actions.set_automatic(by=other, rule=own, automatic=True)),
        shorter,
    )


@holds("privacy.views.erasing._rule", "the rule is compared with the one that was shown")
def a_shipped_rule_changed_by_two() -> Race:
    load_retention()
    centre = factories.organisation()
    page = reverse(
        "privacy:rule", args=[RetentionRule.objects.get(code="ordinary-after-support", organisation=None).ref]
    )
    one, other = logged_in(centre), logged_in(centre)
    theirs, mine = drawn(one, page), drawn(other, page)
    return Race(
        lambda: one.post(page, theirs | {"source": "A-77"}),
        lambda: other.post(page, mine | {"years": "7"}),
        one_of_two,
    )
