"""Two who change what is noted about one worker at once: see tests/harness/races.py."""

from datetime import time, timedelta
from uuid import uuid4

from django.utils import timezone

from przystan.access.actors import Actor
from przystan.links.bearers import holding
from przystan.links.models import Link
from przystan.privacy.actions import confirm_erasure
from przystan.privacy.enums import Cause, Scope
from przystan.privacy.loading import load_retention
from przystan.privacy.models import Erasure
from przystan.staff import actions
from przystan.staff.actions.hours import Spent
from przystan.staff.models import Agreement, Hour, ProofRule, Worker, WorkerLanguage
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


@holds("staff.actions.workers.locked", "lists are replaced whole: no row is there twice")
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


@holds("staff.actions.hours._hold", "a form that is sent twice is written once, and no time is noted twice")
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


@holds("staff.actions.rules._waiting", "a change of a rule is decided once")
def a_change_withdrawn_and_confirmed() -> Race:
    one, other, rule = a_rule()
    asked = by(one, lambda: actions.ask_rule(by=one, rule=another(rule)))()
    return Race(
        by(one, lambda: actions.withdraw_rule(by=one, rule=asked)),
        by(other, lambda: actions.confirm_rule(by=other, rule=asked)),
        one_of_two,
    )


@holds("privacy.actions.erasing._subject_gone", "what keeps somebody is not wiped with them")
def an_agreement_written_while_who_worked_is_erased() -> Race:
    """The rule let them go, somebody has just agreed; a colleague writes an agreement from today on."""
    load_retention()
    centre = Centre()
    one, other, worker = centre.one, centre.other, centre.worker
    Worker.objects.filter(pk=worker.pk).update(created_at=timezone.now() - timedelta(days=4000))
    kind = making.agreement_kind()
    listed = Erasure.objects.create(
        organisation=worker.organisation,
        model="staff.worker",
        object_ref=worker.ref,
        scope=Scope.SUBJECT,
        cause=Cause.RETENTION,
    )
    Hour._base_manager.filter(worker=worker).update(day=making.LONG_AGO)
    today = timezone.localdate()
    return Race(
        by(one, lambda: actions.add_agreement(by=one, worker=worker, kind=kind, valid_from=today)),
        by(other, lambda: confirm_erasure(by=other, erasure=listed)),
        lambda results: one_of_two(results) and Agreement.objects.filter(worker=worker).count() == 1,
        written=True,
    )
