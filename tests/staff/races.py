"""Two who change what is noted about one worker at once: see tests/harness/races.py."""

from datetime import time, timedelta
from uuid import uuid4

from django.utils import timezone

from przystan.access.actors import Actor, system
from przystan.links.bearers import holding
from przystan.links.models import Link
from przystan.privacy.actions.wiping import wipe_subject
from przystan.staff import actions
from przystan.staff.actions.hours import Spent
from przystan.staff.models import Hour, ProofRule, WorkerLanguage
from przystan.staff.subject import WORKERS
from przystan.team.queries import actor_for
from tests import factories
from tests.harness.races import Race, Results, by, holds, one_of_two, pause
from tests.staff import making


class Centre:
    """Two who lead, a worker without an account, and an hour that a third noted."""

    def __init__(self) -> None:
        self.point = factories.point(factories.organisation())
        self.one, self.other = (factories.actor(self.point.organisation, "coordinator") for _ in range(2))
        third = factories.user(self.point.organisation, "coordinator")
        self.worker = making.worker(self.point)
        self.hour = making.hour(self.worker, day=timezone.localdate(), noted_by=third)


@holds("staff.actions.workers._locked", "lists are replaced whole: no row is there twice")
def languages_saved_twice() -> Race:
    centre = Centre()
    one, other, worker = centre.one, centre.other, centre.worker
    rows = [{"language": "ar", "skill": "interprets", "level": "C1"}]
    return Race(
        by(one, lambda: actions.save_languages(by=one, worker=worker, rows=rows)),
        by(other, lambda: actions.save_languages(by=other, worker=worker, rows=rows)),
        lambda results: results == [None, None] and WorkerLanguage.objects.filter(worker=worker).count() == 1,
        written=True,
    )


@holds("staff.actions.papers._locked", "a paper is changed as it was read")
def struck_twice() -> Race:
    centre = Centre()
    one, other = centre.one, centre.other
    paper = making.agreement(centre.worker)
    return Race(
        by(one, lambda: actions.strike_agreement(by=one, agreement=paper)),
        by(other, lambda: actions.strike_agreement(by=other, agreement=paper)),
        one_of_two,
    )


@holds("staff.actions.hours._locked", "an hour is decided once")
def confirmed_twice() -> Race:
    centre = Centre()
    one, other, hour = centre.one, centre.other, centre.hour
    return Race(
        by(one, lambda: actions.confirm_hour(by=one, hour=hour)),
        by(other, lambda: actions.confirm_hour(by=other, hour=hour)),
        one_of_two,
    )


@holds("staff.actions.hours.note_hour", "a form that is sent twice is written once, and no time is noted twice")
def noted_twice() -> Race:
    centre = Centre()
    one, other, worker = centre.one, centre.other, centre.worker
    spent = Spent(timezone.localdate(), time(9), time(10), for_point=centre.point)

    def once(results: Results) -> bool:
        return one_of_two(results) and Hour.objects.filter(worker=worker, starts=time(9)).count() == 1

    return Race(
        by(one, lambda: actions.note_hour(by=one, worker=worker, spent=spent, form_token=uuid4())),
        by(other, lambda: actions.note_hour(by=other, worker=worker, spent=spent, form_token=uuid4())),
        once,
    )


@holds("staff.actions.asking.ask_to_confirm", "one link at a time asks to confirm an hour")
def asked_twice() -> Race:
    centre = Centre()
    one, other, hour = centre.one, centre.other, centre.hour
    before = Link.objects.count()
    return Race(
        by(one, lambda: actions.ask_to_confirm(by=one, ref=hour.ref, language="en")),
        by(other, lambda: actions.ask_to_confirm(by=other, ref=hour.ref, language="en")),
        lambda results: Link.objects.count() == before + 1,
    )


@holds("staff.actions.asking.confirm_by_link", "an hour is confirmed once")
def confirmed_by_link_and_by_a_colleague() -> Race:
    centre = Centre()
    one, other, hour = centre.one, centre.other, centre.hour
    made = by(one, lambda: actions.ask_to_confirm(by=one, ref=hour.ref, language="en"))()

    def by_link() -> None:
        with holding(made.token) as held:
            assert held
            actor, link = held
            actions.confirm_by_link(by=actor, link=link, language="en", words={})
            pause()

    return Race(by(other, lambda: actions.confirm_hour(by=other, hour=hour)), by_link, one_of_two)


def a_rule() -> tuple[Actor, Actor, ProofRule]:
    """Two who lead all points, and a rule in force."""
    centre = factories.organisation()
    one, other = (factories.actor(centre, "coordinator") for _ in range(2))
    return one, other, making.proof_kind(f"register-{centre.pk}", months=12).rules.get()


def another(rule: ProofRule) -> ProofRule:
    soon = timezone.localdate() + timedelta(days=10)
    return ProofRule(kind=rule.kind, replaces=rule, valid_from=soon, needed=rule.needed, months=6, source="Uchwała 3")


@holds("staff.actions.rules._held", "of two changes of a rule that are asked for at once, one waits")
def two_changes_of_one_rule() -> Race:
    one, other, rule = a_rule()
    return Race(
        by(one, lambda: actions.ask_rule(by=one, rule=another(rule))),
        by(other, lambda: actions.ask_rule(by=other, rule=another(rule))),
        one_of_two,
    )


@holds("staff.actions.rules._waiting", "a change of a rule is decided once")
def a_change_withdrawn_and_confirmed() -> Race:
    one, other, rule = a_rule()
    asked = by(one, lambda: actions.ask_rule(by=one, rule=another(rule)))()
    return Race(
        by(one, lambda: actions.withdraw_rule(by=one, rule=asked)),
        by(other, lambda: actions.confirm_rule(by=other, rule=asked)),
        one_of_two,
    )


@holds("privacy.actions.wiping.wipe_subject", "no hour is noted of somebody who is being erased")
def an_hour_noted_while_who_worked_is_erased() -> Race:
    centre = Centre()
    user = factories.user(centre.point.organisation, "interpreter", centre.point)
    worker = making.worker(centre.point, user=user)
    own = actor_for(user)
    assert own
    machine = system(worker.organisation_id, "erasure")
    spent = Spent(timezone.localdate(), minutes=60, for_point=centre.point)

    def nameless(results: Results) -> bool:
        return (
            not any(isinstance(one, Exception) for one in results) and not Hour.objects.filter(noted_by=user).exists()
        )

    return Race(
        by(own, lambda: actions.note_hour(by=own, worker=worker, spent=spent)),
        by(machine, lambda: wipe_subject(WORKERS, worker.ref, by=machine)),
        nameless,
        written=True,
    )
