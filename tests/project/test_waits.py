"""How long the database may let us wait: written where a connection is described, so it holds on every path."""

from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from psycopg import errors

from przystan.access.spending import NOTABLE, OutOfTime, Spending
from przystan.project import cluster
from przystan.project.budget import MORE
from przystan.project.cluster import waits
from przystan.project.trouble import Exit, Trouble
from przystan.team.models import Organisation

LIMITS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
URL = "postgres://centre:secret@db.example.org/centre"


@pytest.fixture(autouse=True)
def as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests give pages much more time."""
    monkeypatch.delenv(waits.VARIABLE, raising=False)


def limits(entry: dict[str, Any]) -> dict[str, str]:
    """As the server understands them."""
    options = {name: value for name, value in entry["OPTIONS"].items() if name != "pool"}
    place = {"host": entry["HOST"] or None, "port": entry.get("PORT") or None, "user": entry["USER"]}
    secret = {"password": entry.get("PASSWORD") or None, "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**place, **secret, **options) as found:
        return {name: found.execute(f"SHOW {name}").fetchone()[0] for name in LIMITS}  # type: ignore[index, call-overload]


def test_pages_wait_shortly(django_db_setup: None) -> None:
    assert list(limits(cluster.django_database()).values()) == ["3s", "4s", "1min"]
    assert cluster.django_database()["OPTIONS"]["pool"]["timeout"] <= 2
    assert cluster.django_database()["OPTIONS"]["connect_timeout"] <= 3


def test_jobs_commands_and_the_owner_have_time(django_db_setup: None) -> None:
    for entry in (cluster.work_database(), cluster.owner_database()):
        assert list(limits(entry).values()) == ["1min", "0", "1h"]
        assert "pool" not in entry["OPTIONS"]


def test_an_owner_that_is_the_application_has_time_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    assert cluster.owner_database() == cluster.work_database()


def test_what_an_operator_says_is_stronger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{URL}?connect_timeout=30&options=-c%20lock_timeout%3D9s")
    options = cluster.django_database()["OPTIONS"]
    assert str(options["connect_timeout"]) == "30"
    assert options["options"].startswith("-c lock_timeout=3000 -c statement_timeout=4000")
    assert options["options"].endswith("-c lock_timeout=9s")


def test_a_slow_machine_may_have_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRZYSTAN_PAGE_SECONDS", "20")
    assert (waits.pages().statement, waits.pages().lock) == (20, 15)


@pytest.mark.parametrize("text", ["soon", "0", "-3", "601", "nan"])
def test_a_time_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PRZYSTAN_PAGE_SECONDS", text)
    with pytest.raises(Trouble) as found:
        waits.pages()
    assert found.value.code is Exit.SETTINGS


def sleep(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


@pytest.mark.django_db
def test_many_short_statements_together_are_ended() -> None:
    def many() -> None:
        for _ in range(1000):
            with transaction.atomic():
                sleep(0.01)

    with connection.execute_wrapper(Spending(0.2)), pytest.raises(OperationalError) as found:
        many()
    assert isinstance(found.value, OutOfTime) or isinstance(found.value.__cause__, errors.QueryCanceled)


@pytest.mark.django_db
def test_the_last_statement_has_only_what_is_left() -> None:
    """Without that it would sleep for a minute: the connection of tests has no limit of its own."""
    with connection.execute_wrapper(Spending(0.5)), transaction.atomic():
        sleep(0.2)
        with pytest.raises(OperationalError) as found:
            sleep(60)
        transaction.set_rollback(True)
    assert isinstance(found.value.__cause__, errors.QueryCanceled)


@pytest.mark.django_db
def test_a_quick_page_sends_no_statement_more() -> None:
    seen: list[str] = []

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        seen.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(Spending(60)), connection.execute_wrapper(watch):
        sleep(0)
    assert seen == ["SELECT pg_sleep(%s)"]


@pytest.mark.django_db
def test_a_page_that_counts_tells_its_longer_time() -> None:
    spending = Spending(4)
    spending.allow(MORE)
    with connection.execute_wrapper(spending), connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("9s",)
    assert spending.left > 9 * NOTABLE


@pytest.mark.django_db
def test_a_list_that_the_database_gives_in_parts_is_read_when_time_is_short() -> None:
    """As a field with choices asks it: by a cursor of the server, which takes one statement and no other."""
    spending = Spending(4)
    with connection.execute_wrapper(spending), transaction.atomic():
        spending.left = 1
        assert list(Organisation.objects.order_by("pk").iterator()) == []
    assert spending.told == 1
