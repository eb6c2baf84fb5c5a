"""Two who change one entry at once: see tests/harness/races.py."""

from dataclasses import replace
from datetime import timedelta

from przystan.access.actors import Actor
from przystan.support import actions
from przystan.support.models import Service, Support
from tests import factories
from tests.desk.test_log import Desk
from tests.harness.races import Race, Results, by, holds, one_of_two


def two(desk: Desk) -> tuple[Actor, Actor]:
    return desk.lead, factories.actor(desk.organisation, "coordinator")


@holds("support.actions.amending._locked", "an entry is amended as it was read")
def amended_twice() -> Race:
    desk = Desk()
    one, other = two(desk)
    entry, support = desk.entry(), desk.support()
    return Race(
        by(one, lambda: actions.amend(by=one, support=support, entry=replace(entry, minutes=45), version=1)),
        by(other, lambda: actions.amend(by=other, support=support, entry=replace(entry, minutes=60), version=1)),
        one_of_two,
    )


@holds("support.actions.amending.remove", "an entry is removed as it stands")
def removed_twice() -> Race:
    desk = Desk()
    one, other = two(desk)
    support = desk.support()
    return Race(
        by(one, lambda: actions.remove(by=one, supports=[support])),
        by(other, lambda: actions.remove(by=other, supports=[support])),
        lambda results: results == [1, 0],
    )


@holds("support.actions.steps._mark", "a step is done once")
def a_step_done_by_two() -> Race:
    desk = Desk()
    one, other = two(desk)
    support = desk.support(next_step="call the office", next_step_on=desk.today + timedelta(days=1))

    def the_first_did_it(results: Results) -> bool:
        return Support.objects.get(pk=support.pk).next_step_done_by_id == one.user_id

    return Race(
        by(one, lambda: actions.complete_step(by=one, support=support)),
        by(other, lambda: actions.complete_step(by=other, support=support)),
        the_first_did_it,
    )


@holds("support.actions.catalogue._require_another", "one service is always offered")
def the_last_two_services_retired() -> Race:
    centre = factories.organisation()
    one, other = (factories.actor(centre, "coordinator") for _ in range(2))
    Service.objects.update(retired=True)
    first, second = (factories.service(f"last-{centre.pk}-{number}") for number in (1, 2))
    return Race(
        by(one, lambda: actions.retire(by=one, row=first, retired=True)),
        by(other, lambda: actions.retire(by=other, row=second, retired=True)),
        one_of_two,
    )
