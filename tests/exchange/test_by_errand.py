"""Deciding on many rows, and forgetting many, leaves the request; how many rows are of which kind stays known."""

from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from przystan.access.models import User
from przystan.access.scope import acting
from przystan.errands import tasks
from przystan.errands.models import Errand
from przystan.exchange import actions
from przystan.exchange.actions.checking import counts
from przystan.exchange.enums import BatchState
from przystan.exchange.models import ImportBatch
from przystan.team.models import Point
from przystan.team.queries import actor_for
from tests import factories

from .test_import import as_csv, checked

pytestmark = pytest.mark.django_db
ROWS = [["Imię", "Nazwisko"], *(["Maria", "Lis"] for _ in range(4)), ["Ewa", "Nowa"]]


@pytest.fixture
def here() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def user(here: Point) -> User:
    return factories.user(here.organisation, "coordinator", at=here)


@pytest.fixture
def batch(here: Point, user: User) -> ImportBatch:
    """Four rows about somebody who may be known, and one about nobody."""
    for _ in range(2):
        factories.person(here, "Maria Lis")
    actor = actor_for(user)
    assert actor
    with acting(actor):
        return checked(actor, as_csv(ROWS))


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_what_is_quick_is_done_at_once(user: User, batch: ImportBatch) -> None:
    answer: Any = logged_in(user).post(f"/imports/{batch.ref}/decisions/?rows=open", {"all": "new"})
    assert answer.url == f"/imports/{batch.ref}/?rows=open"
    batch.refresh_from_db()
    assert (batch.counts["open"], batch.counts["new"]) == (0, 5)
    assert not Errand.objects.exists()


@pytest.mark.parametrize(
    ("page", "values", "leads"),
    [("decisions", {"all": "new", "row-2": "skip"}, "/imports/{ref}/"), ("give-up", {}, "/imports/")],
)
def test_what_is_not_is_done_by_a_job(
    user: User, batch: ImportBatch, settings: Any, page: str, values: dict[str, str], leads: str
) -> None:
    settings.ERRAND_SECONDS = 0
    client, before = logged_in(user), batch.counts
    answer: Any = client.post(f"/imports/{batch.ref}/{page}/", values)
    errand = Errand.objects.get()
    assert (answer.url, errand.about) == (f"/files/{errand.ref}/", batch.filename)
    batch.refresh_from_db()
    assert batch.counts == before, "nothing is half done"
    tasks.run(errand.ref)
    assert f'href="{leads.format(ref=batch.ref)}"' in client.get(answer.url).text
    if page == "give-up":
        assert not ImportBatch.objects.exists()
    else:
        batch.refresh_from_db()
        assert (batch.counts["open"], batch.counts["skip"], batch.counts["new"]) == (0, 1, 4)


def test_what_is_refused_is_said_where_one_came_from(user: User, batch: ImportBatch) -> None:
    ImportBatch.objects.update(state=BatchState.FAILED)
    page = logged_in(user).post(f"/imports/{batch.ref}/decisions/", {"row-2": "new"}, follow=True)
    said = [str(one) for one in page.context["messages"]]
    assert said == ["This file is not ready to be imported. Look at its page again."]


def test_a_file_that_is_gone_is_given_up(user: User, batch: ImportBatch, settings: Any) -> None:
    settings.ERRAND_SECONDS = 0
    logged_in(user).post(f"/imports/{batch.ref}/give-up/")
    batch.delete()
    tasks.run(Errand.objects.get().ref)
    assert Errand.objects.get().state == "done"


@pytest.mark.parametrize("more", [0, 20])
def test_as_many_statements_for_few_as_for_many(user: User, batch: ImportBatch, more: int) -> None:
    first = batch.rows.get(number=2)
    for number in range(100, 100 + more):
        first.pk, first.number = None, number
        first.save()
    actor = actor_for(user)
    assert actor
    with acting(actor), CaptureQueriesContext(connection) as captured:
        actions.decide_open(by=actor, batch=batch, choice="new")
    said = [query["sql"] for query in captured if "exchange_import" in query["sql"]]
    assert len(said) == 5, said
    assert not batch.rows.exclude(problems=[]).exists()


def test_numbers_of_each_kind_follow_each_decision(user: User, batch: ImportBatch) -> None:
    actor, random = actor_for(user), Random(7)
    assert actor
    with acting(actor):
        for _ in range(30):
            row = random.choice(list(batch.rows.all()))
            choices = ["new", "skip", "nonsense", *(one["ref"] for one in row.candidates)]
            actions.decide(by=actor, batch=batch, decisions={row.label: random.choice(choices), "99.1": "new"})
            batch.refresh_from_db()
            assert batch.counts == counts(list(batch.rows.all()))
