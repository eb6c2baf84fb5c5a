"""What counts tell, as the models declare; of whom an actor has them; what is written down (decision 31)."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from przystan.access.actors import Actor
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from przystan.funding import actions, files
from przystan.funding.enums import Breakdown
from przystan.funding.models import Indicator, Programme
from przystan.funding.queries.counting import Span
from przystan.funding.queries.evidence import breakdown
from przystan.funding.queries.indicators import figures
from przystan.funding.queries.sets import Counts, preview
from przystan.funding.queries.telling import Asking, tells, told_by
from przystan.funding.vocabulary import PAYERS
from przystan.people.models import Citizenship, Exclusion, HouseholdMember, Person
from przystan.rules.telling import may_ask, told_by_rule
from przystan.team.models import Organisation, Point
from tests import factories

pytestmark = pytest.mark.django_db
BELARUS = {"fact": "citizenship", "in": ["BY"]}
ARRIVED = {"fact": "arrived_on", "from": "2026-01-05", "to": "2026-01-05"}


@pytest.fixture
def home() -> Organisation:
    return factories.organisation()


@pytest.fixture
def gdansk(home: Organisation) -> Point:
    return factories.point(home, "Gdańsk")


@pytest.fixture
def kwidzyn(home: Organisation) -> Point:
    return factories.point(home, "Kwidzyn")


@pytest.fixture
def programme(home: Organisation, gdansk: Point, kwidzyn: Point) -> Programme:
    """It paid for somebody from Belarus at each point."""
    service = factories.service()
    made = factories.programme(home, service)
    for at in (gdansk, kwidzyn):
        person = factories.person(at, sex="female")
        Citizenship.objects.create(person=person, country="BY")
        factories.pay(factories.support(at, service, person), made)
    return made


def test_every_fact_and_row_names_a_field_with_a_tier() -> None:
    assert all(apps.get_model(*tells(by).field.split(".")[:2]) for by in Breakdown)
    tiers = {fact: max(told_by_rule(PAYERS.parse(tree)).values(), default=Tier.T0) for fact, tree in TREES.items()}
    assert tiers == {
        **dict.fromkeys(["citizenship", "citizenship_class", "residence_title", "residence_class", "legal_stay"], 2),
        **dict.fromkeys(["household_size", "household_has_minor"], 2),
        **dict.fromkeys(["age", "sex", "place", "arrived_on", "days_since_arrival"], 1),
        **dict.fromkeys(["point", "service"], 0),
    }


VALUES: dict[str, dict[str, Any]] = {
    "codes": {"in": ["x"]},
    "yes_no": {"is": True},
    "number": {"at_least": 1},
    "day": {"from": "2026-01-01"},
}
TREES = {fact: {"fact": fact, **VALUES[about.kind]} for fact, about in PAYERS.facts.items()}


def test_a_field_that_becomes_more_sensitive_closes_its_counts(
    monkeypatch: pytest.MonkeyPatch, home: Organisation
) -> None:
    officer = factories.actor(home, "grant_officer")
    assert may_ask(officer, told_by_rule(PAYERS.parse(TREES["sex"])))
    monkeypatch.setattr(Person.Privacy, "t1", Person.Privacy.t1.replace("sex", ""))
    monkeypatch.setattr(Person.Privacy, "t2", "sex")
    assert not may_ask(officer, told_by_rule(PAYERS.parse(TREES["sex"])))


def test_names_are_those_of_a_persons_page(programme: Programme) -> None:
    households = factories.indicator(programme, "households", where={"all": [BELARUS, TREES["household_size"]]})
    assert told_by(households, Breakdown.AGE_BAND) == {
        "citizenships": Tier.T2,
        "households": Tier.T2,
        "household": Tier.T1,
        "birth": Tier.T1,
    }
    assert HouseholdMember._meta.get_field("person").remote_field.related_name == "households"


@pytest.mark.parametrize(
    ("role", "at", "by_sex", "by_citizenship"),
    [
        ("coordinator", "", 2, 2),
        ("coordinator", "Kwidzyn", 1, 1),
        ("grant_officer", "", 2, 0),
        ("auditor", "", 2, 0),
        ("director", "", 2, 0),
        ("director", "Kwidzyn", 1, 0),
    ],
)
def test_of_whom_the_rows_are(programme: Programme, role: str, at: str, by_sex: int, by_citizenship: int) -> None:
    point = Point.objects.get(name=at, organisation=programme.organisation) if at else None
    actor = factories.actor(programme.organisation, role, point)
    one = factories.indicator(programme, "people")
    told = factories.indicator(programme, "people", where=BELARUS)
    with acting(actor):
        assert sum(breakdown(actor, one, Span(), Breakdown.SEX).totals.values()) == by_sex
        assert sum(breakdown(actor, one, Span(), Breakdown.CITIZENSHIP).totals.values()) == by_citizenship
        assert sum(breakdown(actor, one, Span(), Breakdown.SERVICE).totals.values()) == 2
        numbers = {figure.indicator: figure.total for figure in figures(actor, Span())}
    assert numbers == {one: 2, told: by_citizenship or None}


def test_who_leads_all_but_is_kept_from_somebody_counts_without_them(programme: Programme) -> None:
    lead, person = factories.actor(programme.organisation, "coordinator"), Person.objects.order_by("id").first()
    assert person
    Exclusion.objects.create(person=person, user_id=lead.user_id)
    one = factories.indicator(programme, "people")
    with acting(lead):
        found = breakdown(lead, one, Span(), Breakdown.CITIZENSHIP)
    assert (found.totals, found.scope.partial) == ({"BY": 1}, True)


def looks(actor: Actor) -> list[tuple[str, list[str], str]]:
    rows = AuditEntry.objects.filter(actor_id=actor.user_id, action="read").order_by("seq")
    return [(row.object_ref, row.fields, row.purpose) for row in rows]


def test_a_count_that_tells_is_one_row_without_values(programme: Programme) -> None:
    lead = factories.actor(programme.organisation, "coordinator")
    one, told = factories.indicator(programme, "people"), factories.indicator(programme, "people", where=BELARUS)
    with acting(lead):
        figures(lead, Span())
        breakdown(lead, one, Span(), Breakdown.SEX)
        breakdown(lead, one, Span(), Breakdown.CITIZENSHIP)
    assert sorted(looks(lead)) == sorted([(told.ref, ["citizenships"], "count"), (one.ref, ["citizenships"], "count")])


def client_of(home: Organisation, role: str, at: Point | None = None) -> tuple[Client, Actor]:
    account = factories.user(home, role, at)
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client, Actor(account.pk, "", home.pk)


@pytest.mark.parametrize("tree", [BELARUS, ARRIVED])
@pytest.mark.parametrize("role", ["grant_officer", "coordinator of Kwidzyn"])
def test_conditions_on_everybody_are_for_who_leads_all(
    programme: Programme, kwidzyn: Point, role: str, tree: dict[str, Any]
) -> None:
    actor = factories.actor(programme.organisation, role.split()[0], kwidzyn if " " in role else None)
    one, before = factories.indicator(programme, "people"), Programme.objects.count()
    if tree == ARRIVED and " " not in role:  # works at all points: ordinary facts of everybody are open
        actions.keep_indicator(by=actor, indicator=_with(one, tree))
        return
    with pytest.raises(ValidationError, match="Only those who lead all points"):
        actions.keep_indicator(by=actor, indicator=_with(one, tree))
    with pytest.raises(ValidationError, match="Only those who lead all points"):
        actions.change_rule(by=actor, programme=programme, tree=tree, valid_from=date(2026, 11, 1))
    text = files.write(factories.programme(programme.organisation, tree=tree)).replace("programme-", "copy-")
    with pytest.raises(ValidationError, match="Only those who lead all points"):
        actions.take_file(by=actor, text=text)
    assert Programme.objects.count() == before + 1
    lead = factories.actor(programme.organisation, "coordinator")
    actions.keep_indicator(by=lead, indicator=_with(one, tree))
    actions.keep_indicator(by=actor, indicator=_with(one, tree, target=5))  # what others set may stay


def _with(one: Indicator, tree: Any, **values: Any) -> Indicator:
    found = Indicator.objects.get(pk=one.pk)
    found.where = tree
    for name, value in values.items():
        setattr(found, name, value)
    return found


def test_the_preview_of_a_condition_counts_for_who_leads_all_and_is_noted(programme: Programme, kwidzyn: Point) -> None:
    one = factories.indicator(programme, "people")
    url = reverse("funding:where", args=[programme.ref, one.ref])
    form = {"do": "preview", "shape": '{"kind": "all", "parts": ["citizenship"]}', "0:kind": "all", "0.0:in": "BY"}
    client, lead = client_of(programme.organisation, "coordinator")
    assert "2 now, 2 with this condition" in client.post(url, form).content.decode()
    assert looks(lead) == [(one.ref, ["citizenships"], "preview")]
    client, stranger = client_of(programme.organisation, "coordinator", kwidzyn)
    answer = client.post(url, form).content.decode()
    assert "Only those who lead all points may set it" in answer
    assert "with this condition" not in answer
    [row] = AuditEntry.objects.filter(actor_id=stranger.user_id, action="count.refuse")
    assert (row.object_ref, row.fields) == (one.ref, ["citizenships"])


@pytest.mark.parametrize(
    ("role", "at", "fit"), [("coordinator", "", 2), ("coordinator", "Kwidzyn", 1), ("auditor", "", 0)]
)
def test_what_a_rule_would_change_is_of_the_people_of_whom_one_may_know(
    programme: Programme, role: str, at: str, fit: int
) -> None:
    home, year = programme.organisation, (date(2026, 1, 1), date(2026, 12, 31))
    actor = factories.actor(home, role, Point.objects.get(name=at, organisation=home) if at else None)
    strict = factories.programme(home, *programme.services.all(), tree=BELARUS)
    with acting(actor):
        assert preview(actor, strict, None, PAYERS.parse(BELARUS), *year).after == Counts(yes=fit)


def test_what_a_move_tells_of_each_is_noted_with_each(programme: Programme) -> None:
    to = factories.programme(programme.organisation, *programme.services.all(), tree=BELARUS)
    supports = list(programme.allocations.order_by("support_id").values_list("support_id", flat=True))
    officer, lead = (factories.actor(programme.organisation, role) for role in ("grant_officer", "coordinator"))
    for by in (officer, lead):
        with acting(by):
            assert actions.try_move(by=by, supports=supports, to=to).moving == 2
    refs = Person.objects.order_by("ref").values_list("ref", flat=True)
    assert sorted(looks(officer)) == [(ref, ["citizenships"], "payer") for ref in refs]
    assert looks(lead) == [(to.ref, ["citizenships"], "preview")]


def test_the_people_are_looked_up_once_for_each_tier(programme: Programme, django_assert_num_queries: Any) -> None:
    asking = Asking(factories.actor(programme.organisation, "grant_officer"))
    with django_assert_num_queries(1):
        for _each in range(3):
            assert asking.scope({"citizenships": Tier.T2}).hidden
