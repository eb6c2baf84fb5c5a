"""Numbers as oracles: ten thousand tries of a differencing attacker learn nobody's facts (decision 31).

Every day draws two thousand of its own; TRIES=full makes all ten at once, before a release.
"""

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from przystan.access import scope
from przystan.access.actors import Actor
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.funding.enums import Breakdown
from przystan.funding.models import Indicator
from przystan.funding.queries.counting import Span
from przystan.funding.queries.evidence import breakdown, evidence_of
from przystan.funding.queries.indicators import count_one, figures
from przystan.funding.queries.sets import preview
from przystan.funding.queries.telling import Asking, told_by
from przystan.funding.vocabulary import PAYERS
from przystan.people.models import Citizenship, Person, TitleHeld
from przystan.reference.models import ResidenceTitle
from tests import factories
from tests.harness import database, seed
from tests.harness.scope import TESTS
from tests.reports.differencing import Attacker

TRIES = 10_000 if os.environ.get("TRIES") == "full" else 2_000
COUNTRIES, TITLES = ("UA", "BY", "GE", "MD", "VN"), ("blue", "green")
START, DAYS = date(2026, 1, 1), 60
ROLES = ["grant_officer", "auditor", "coordinator of Kwidzyn"]


class Centre:
    """Two points, forty people of five countries and two titles, two programmes, up to three supports a day."""

    def __init__(self) -> None:
        self.dice = random.Random(31)
        self.organisation = factories.organisation()
        self.points = [factories.point(self.organisation, name) for name in ("Gdańsk", "Kwidzyn")]
        self.services = [factories.service("Advice"), factories.service("Lesson")]
        self.programmes = [factories.programme(self.organisation, *self.services) for _each in range(2)]
        for programme in self.programmes:
            for some in ([], self.services[:1]):
                factories.indicator(programme, "people", *some)
                factories.indicator(programme, "supports", *some)
            factories.indicator(programme, "people", where={"fact": "citizenship", "in": ["BY"]})
            factories.indicator(programme, "people", where={"fact": "residence_title", "in": ["blue"]})
        self.facts: dict[int, set[str]] = {}
        self.people = [self.person(number) for number in range(40)]
        for day in range(DAYS):
            for person in self.dice.sample(self.people, self.dice.choice([0, 1, 2, 3])):
                at, service = self.dice.choice(self.points), self.dice.choice(self.services)
                made = factories.support(at, service, person, day=START + timedelta(days=day))
                factories.pay(made, self.dice.choice(self.programmes))

    def person(self, number: int) -> Person:
        made = factories.person(self.points[number % 2], f"Person {number}")
        country, code = COUNTRIES[number % 5], TITLES[number % 3 % 2]
        title, _new = ResidenceTitle.objects.get_or_create(code=code, defaults={"title_class": "permanent"})
        Citizenship.objects.create(person=made, country=country)
        TitleHeld.objects.create(person=made, title=title)
        self.facts[made.pk] = {country, code}
        return made

    def actor(self, role: str) -> Actor:
        return factories.actor(self.organisation, role.split()[0], self.points[1] if " " in role else None)

    def readable(self, actor: Actor) -> dict[tuple[int, str], bool]:
        """The facts that the actor reads on the pages of people anyway."""
        own = Person.objects.worked_with_by(actor).values_list("pk", flat=True)
        return {(pk, fact): fact in self.facts[pk] for pk in own for fact in (*COUNTRIES, *TITLES)}


@pytest.fixture(scope="module")
def centre(django_db_setup: None, django_db_blocker: Any) -> Iterator[Centre]:
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "differencing"):
        token = scope._actor.set(TESTS)
        made = Centre()
        scope._actor.reset(token)
        yield made


class Ledger:
    """Who received what on which day: every list by name that the role may open, opened once, with its days."""

    def __init__(self, centre: Centre, actor: Actor) -> None:
        self.rows: list[tuple[int, int, date, int]] = []
        indicators = Indicator.objects.filter(counted="supports", services=None, programme__in=centre.programmes)
        for one in indicators.select_related("programme").order_by("id"):
            for each in evidence_of(actor, one, Span()):
                assert each.support
                entry, [person] = each.support, each.named
                self.rows.append((one.programme_id, entry.service_id, entry.day, person.pk))

    def of(self, span: Span, programme: int | None = None, services: set[int] = frozenset()) -> list[int]:  # type: ignore[assignment]
        """The people of these entries, as often as they came."""
        return [
            person
            for payer, service, day, person in self.rows
            if span.first <= day <= span.last  # type: ignore[operator]
            and programme in (None, payer)
            and (not services or service in services)
        ]


class Trying:
    """One actor who asks what the product answers, in the ways there are; `bare` without the guard of decision 31."""

    def __init__(self, centre: Centre, actor: Actor, dice: random.Random, *, bare: bool = False) -> None:
        self.centre, self.actor, self.dice = centre, actor, dice
        # Until decision 31 whoever counted counted everybody, as who leads all points still does.
        self.asker = replace(actor, leads=None, points=None) if bare else actor
        self.attacker, self.ledger = Attacker(centre.readable(actor)), Ledger(centre, actor)
        rows = Indicator.objects.filter(programme__in=centre.programmes, counted="people")
        self.indicators = list(rows.select_related("programme").prefetch_related("services").order_by("id"))
        often = [self.by_rows, self.by_condition] * 4
        self.ways: list[Callable[[Span], None]] = [*often, self.by_number, self.by_rule]

    def tried(self, times: int) -> "Trying":
        with acting(self.asker):
            for _time in range(times):
                first = self.dice.randrange(DAYS)
                last = first if self.dice.random() < 0.4 else self.dice.randrange(first, DAYS)
                self.dice.choice(self.ways)(Span(START + timedelta(days=first), START + timedelta(days=last)))
        return self

    def hear(self, listed: list[int], whom: Any, numbers: dict[str, int]) -> None:
        """The page says when a number is of one's own people only."""
        people = frozenset(listed) if whom is None else frozenset(listed) & frozenset(whom)
        self.attacker.hear((people, numbers))

    def listed(self, indicator: Indicator, span: Span) -> list[int]:
        return self.ledger.of(span, indicator.programme_id, {one.pk for one in indicator.services.all()})

    def by_rows(self, span: Span) -> None:
        """A breakdown beside the list of the same days."""
        one = self.dice.choice([one for one in self.indicators if not one.where])
        found = breakdown(self.asker, one, span, Breakdown.CITIZENSHIP)
        self.hear(self.listed(one, span), found.scope.people, found.totals)

    def by_number(self, span: Span) -> None:
        """An indicator that has a condition, beside the list of one that has none."""
        for figure in figures(self.asker, span, [self.dice.choice(self.centre.programmes)]):
            one = figure.indicator
            if one.where and figure.total is not None:
                fact = one.where["in"][0]
                self.hear(self.ledger.of(span, one.programme_id), figure.scope.people, {fact: figure.total})

    def by_condition(self, span: Span) -> None:
        """The preview of a condition of one's own."""
        tree, fact = self.condition()
        one = self.dice.choice([one for one in self.indicators if not one.where])
        one.where = tree
        whom = Asking(self.asker).scope(told_by(one))
        if not whom.hidden:
            self.hear(self.listed(one, span), whom.people, {fact: count_one(one, span, whom)})
        one.where = None

    def by_rule(self, span: Span) -> None:
        """The preview of a rule, of days on which nobody came twice."""
        tree, fact = self.condition()
        assert span.first
        assert span.last
        found = preview(self.asker, self.centre.programmes[0], None, PAYERS.parse(tree), span.first, span.last)
        whom = Asking(self.asker).scope({"told": told_by(Indicator(where=tree)).popitem()[1]}).people
        listed = self.ledger.of(span)
        if whom != [] and len(set(listed)) == len(listed):
            self.hear(listed, whom, {fact: found.after.yes})

    def condition(self) -> tuple[dict[str, Any], str]:
        country, title = self.dice.choice(COUNTRIES), self.dice.choice(TITLES)
        if self.dice.random() < 0.5:
            return {"fact": "citizenship", "in": [country]}, country
        return {"fact": "residence_title", "in": [title]}, title


@pytest.mark.parametrize("role", ROLES)
def test_ten_thousand_tries_learn_of_nobody(centre: Centre, role: str) -> None:
    trying = Trying(centre, centre.actor(role), seed.lot(f"differencing {role}")).tried(TRIES // len(ROLES) + 1)
    assert len(trying.ledger.rows) > 60  # the lists by name are open to all of them
    assert trying.attacker.learned == {}, seed.AGAIN


def test_the_same_attacker_learns_of_everybody_where_nothing_guards(centre: Centre) -> None:
    trying = Trying(centre, centre.actor("grant_officer"), random.Random(31), bare=True).tried(400)
    learned = trying.attacker.learned
    assert {person for person, _fact in learned} == {person for *_rest, person in trying.ledger.rows}
    assert all(holds == (fact in centre.facts[person]) for (person, fact), holds in learned.items())


@pytest.mark.parametrize("role", ROLES)
def test_pages_and_files_answer_as_little(centre: Centre, role: str) -> None:
    one = next(one for one in Trying(centre, centre.actor(role), random.Random(31)).indicators if not one.where)
    at = centre.points[1] if " " in role else None
    client = Client(headers={"accept-language": "en"})
    client.force_login(user := factories.user(centre.organisation, role.split()[0], at))
    pair, gdansk = [one.programme.ref, one.ref], {p.pk for p in centre.people if p.point == centre.points[0]}
    for day in range(0, DAYS, 5):
        period = f"{START + timedelta(days=day)}_{START + timedelta(days=day)}"
        query = {"period": period, "by": "citizenship"}
        page = client.get(reverse("reports:indicator", args=pair), query)
        told = sum(row.values[0] for row in page.context["chart"].rows)
        listed = client.get(reverse("reports:evidence", args=pair), {"period": period})
        own = [who for one in listed.context["page"].items for who in one.named if who.pk not in gdansk]
        assert told == (len(own) if at else 0)
        assert client.get(reverse("reports:evidence", args=pair), query | {"value": "BY"}).status_code == 404
    if role == "auditor":
        return
    shape = json.dumps({"kind": "all", "parts": ["citizenship"]})
    form = {"do": "preview", "shape": shape, "0:kind": "all", "0.0:in": "BY"}
    for name, args in (("where", pair), ("rule", pair[:1])):
        answer = client.post(reverse(f"funding:{name}", args=args), form).content.decode()
        assert "Only those who lead all points may set it" in answer
    assert AuditEntry.objects.filter(actor_id=user.pk, action="count.refuse").count() == 2
