"""Statements made once answer for the values of each page, not for those of the page that they were made for."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from przystan.access.models import User
from przystan.access.prepared import Blank, Prepared
from przystan.access.session_store import SessionStore
from przystan.team.backends import Backend
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db


def test_each_asks_for_their_own() -> None:
    users = [factories.user(factories.organisation(), "adviser") for _ in range(3)]
    prepared = Prepared(lambda: User.objects.filter(pk=Blank("account")))
    assert [prepared.rows(account=user.pk) for user in users] == [[user] for user in users]
    assert prepared.rows(account=0) == []


def test_the_queryset_is_built_once() -> None:
    built: list[int] = []

    def make() -> Any:
        built.append(1)
        return User.objects.filter(pk=Blank("account"))

    prepared = Prepared(make)
    with CaptureQueriesContext(connection) as asked:
        prepared.rows(account=1), prepared.rows(account=2)
    assert (len(built), len(asked)) == (1, 2)


def test_a_value_that_is_missing_is_no_answer() -> None:
    with pytest.raises(KeyError):
        Prepared(lambda: User.objects.filter(pk=Blank("account"))).rows(user=1)


def test_an_answer_under_way_keeps_its_values() -> None:
    """Two threads ask at the same time: here the second asks while the first one's statement is sent."""
    prepared, sent = Prepared(lambda: User.objects.filter(pk=Blank("account"))), []

    def slow(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sent:
            sent.append(params)
            prepared.rows(account=2)
        else:
            sent.append(params)
        return execute(sql, params, many, context)

    users = [factories.user(factories.organisation(), "adviser") for _ in range(2)]
    with connection.execute_wrapper(slow):
        assert prepared.rows(account=users[0].pk) == [users[0]]
    assert sent == [[users[0].pk], [2]]


def test_roles_are_those_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A role that ends today is none tomorrow, in the process that has asked today."""
    user = factories.user(factories.organisation(), "adviser")
    today = timezone.localdate()
    user.memberships.update(valid_to=today)
    backend = Backend()
    assert actor_for(backend.get_user(user.pk))
    monkeypatch.setattr("przystan.access.backends.timezone.localdate", lambda: today + timedelta(days=1))
    assert actor_for(backend.get_user(user.pk)) is None


def test_a_session_ends_in_the_process_that_knew_it(client: Any) -> None:
    client.force_login(factories.user(factories.organisation(), "adviser"))
    key = client.session.session_key
    assert SessionStore(key).load()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    ended = SessionStore(key)
    assert (ended.load(), ended.session_key) == ({}, None)
