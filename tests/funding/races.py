"""Two who decide about the same payer, rule or condition at once: see tests/harness/races.py."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Actor
from przystan.funding import actions
from przystan.funding.models import ResultAllocation
from przystan.reference.loading import load_reference
from tests import factories
from tests.funding.test_results import House
from tests.harness.races import Race, Results, by, holds, one_of_two
from tests.ui.test_seen import ADULTS, logged_in, mark

EVERYONE: dict[str, Any] = {"all": []}


@holds("funding.actions.results.choose_result_payer", "a result has one payer")
def two_payers_of_one_result() -> Race:
    house = House()
    result = actions.note_result(by=house.adviser, reached=house.reached(), payer="", reason="not yet").result
    grants, other = house.grants, factories.actor(house.organisation, "coordinator")

    def chooses(actor: Actor, payer: str) -> Any:
        return by(actor, lambda: actions.choose_result_payer(by=actor, result=result, payer=payer, reason="asked"))

    def the_second_took_its_place(results: Results) -> bool:
        return ResultAllocation.objects.get(result=result).programme == house.second

    return Race(chooses(grants, house.first.ref), chooses(other, house.second.ref), the_second_took_its_place)


@holds("funding.actions.rules.change_rule", "rules of one programme follow one another")
def two_rules_from_one_day() -> Race:
    centre = factories.organisation()
    programme = factories.programme(centre)
    one, other = (factories.actor(centre, "coordinator") for _ in range(2))
    day = timezone.localdate() + timedelta(days=1)

    def changes(actor: Actor) -> Any:
        return by(actor, lambda: actions.change_rule(by=actor, programme=programme, tree=EVERYONE, valid_from=day))

    def the_later_one_is_in_force(results: Results) -> bool:
        rules = programme.rules.filter(valid_from=day)
        return not any(isinstance(one, Exception) for one in results) and list(rules) == [results[1]]

    return Race(changes(one), changes(other), the_later_one_is_in_force, written=True)


def sent(client: Client, page: str) -> dict[str, Any]:
    return ADULTS | {"0.0:at_least": "18", "read": mark(client.get(page).text)}


@holds("funding.views.rules.rule", "the rule is compared with the one that was shown")
def a_rule_saved_by_two() -> Race:
    load_reference()
    centre = factories.organisation()
    page = reverse("funding:rule", args=[factories.programme(centre).ref])
    one, other = logged_in(centre), logged_in(centre)
    day = {"valid_from": (timezone.localdate() + timedelta(days=1)).isoformat(), "source": ""}
    theirs, mine = sent(one, page) | day, sent(other, page) | day
    return Race(lambda: one.post(page, theirs), lambda: other.post(page, mine), one_of_two)


@holds("funding.views.filters.where", "the condition is compared with the one that was shown")
def a_condition_saved_by_two() -> Race:
    load_reference()
    centre = factories.organisation()
    programme = factories.programme(centre)
    page = reverse("funding:where", args=[programme.ref, factories.indicator(programme).ref])
    one, other = logged_in(centre), logged_in(centre)
    theirs, mine = sent(one, page), sent(other, page)
    return Race(lambda: one.post(page, theirs), lambda: other.post(page, mine), one_of_two)
