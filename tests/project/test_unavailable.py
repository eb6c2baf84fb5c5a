"""A page that cannot be served says so soon, in words, as 503 or 507, and loses nothing."""

import errno
import json
import logging
import re
from collections.abc import Callable, Iterator
from html import unescape
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections
from django.forms import PasswordInput
from django.forms.forms import BaseForm
from psycopg import errors
from psycopg_pool import PoolTimeout
from tests.desk.test_log import Desk
from tests.harness import database

import przystan
from przystan.access.session_store import SessionStore
from przystan.access.spending import OutOfTime
from przystan.project import cluster, room
from przystan.project.logs import OursOnly
from przystan.project.unavailable import MOST_KEPT, Why, has_secret, reason
from przystan.support.models import Support

SENT = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
NEW = "/supports/new/"
TOKEN = {"csrfmiddlewaretoken": "t" * 32}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connections as pages have them, and hardly any time."""
    monkeypatch.setenv("PRZYSTAN_PAGE_SECONDS", "0.5")
    options = {name: value for name, value in cluster.django_database()["OPTIONS"].items() if name != "pool"}
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", options)
    connections.close_all()
    yield
    connections.close_all()


@pytest.fixture
def desk(impatient: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    """In a database of its own: somebody else's transaction holds its tables."""
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "unavailable"):
        desk = Desk()
        desk.adviser.raise_request_exception = False
        yield desk


@pytest.fixture
def held(desk: Desk) -> Iterator[psycopg.Connection[Any]]:
    """Somebody holds the ledger, until they are rolled back."""
    with database.owner() as owner, owner.transaction(force_rollback=True):
        owner.execute("LOCK TABLE support_support")
        yield owner


def sent(page: str) -> dict[str, list[str]]:
    """The fields of the form that sends again."""
    fields: dict[str, list[str]] = {}
    for name, value in SENT.findall(page):
        fields.setdefault(unescape(name), []).append(unescape(value))
    return fields


def broken(wanted: str, error: type[BaseException]) -> Callable[..., Any]:
    """Wrapper of statements: one that begins like this fails as PostgreSQL would say it."""

    def execute(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if str(sql).startswith(wanted):
            raise OperationalError("no detail") from error("no detail")
        return execute(sql, params, many, context)

    return execute


def test_under_a_held_table_a_post_says_so_and_can_be_sent_again(desk: Desk, held: psycopg.Connection[Any]) -> None:
    sheet = desk.sheet(next_step='call <b>"Olena"</b> & ask\nabout work') | TOKEN
    answer = desk.adviser.post(f"{NEW}?from=today", sheet)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert "Nothing was saved" in page
    assert f'action="{NEW}?from=today"' in page
    again = sent(page)
    assert {name: values[0] for name, values in again.items()} == {
        name: str(value[0] if isinstance(value, list) else value) for name, value in sheet.items()
    }
    held.execute("ROLLBACK")
    for _ in range(2):
        assert desk.adviser.post(NEW, again).status_code == 302
    assert Support.objects.count() == 1


def test_beside_a_form_htmx_gets_words_and_changes_nothing(desk: Desk, held: psycopg.Connection[Any]) -> None:
    answer = desk.adviser.post(NEW, desk.sheet(), headers={"HX-Request": "true", "Accept-Language": "pl"})
    assert (answer.status_code, answer["Retry-After"], answer["HX-Reswap"], answer.content) == (503, "5", "none", b"")
    assert json.loads(answer["HX-Trigger"])["toast"]["text"].startswith("Nic nie zapisano")


@pytest.mark.parametrize(
    ("language", "words"), [("pl", "Nic nie zapisano"), ("uk", "Нічого не збережено"), ("ru", "Ничего не сохранено")]
)
def test_in_the_users_language(desk: Desk, language: str, words: str) -> None:
    with connection.execute_wrapper(broken("INSERT INTO", errors.DeadlockDetected)):
        answer = desk.adviser.post(NEW, desk.sheet(), headers={"Accept-Language": language})
    assert answer.status_code == 503
    assert words in answer.content.decode()


def test_what_takes_too_long_is_ended(desk: Desk) -> None:
    """By the database, in the middle of a statement."""

    def slow(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if str(sql).startswith("INSERT INTO"):
            execute("SELECT pg_sleep(60)", None, False, context)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(slow):
        assert desk.adviser.post(NEW, desk.sheet()).status_code == 503
    assert Support.objects.count() == 0
    assert desk.adviser.post(NEW, desk.sheet()).status_code == 302


def test_a_database_that_is_away_is_no_mistake_of_ours(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be asked: neither who it is nor what belongs around the page."""
    desk.adviser.get("/")
    with monkeypatch.context() as patch:
        patch.setitem(connections.settings["default"], "HOST", "/nowhere")
        connections.close_all()
        answer = desk.adviser.get("/", headers={"Accept-Language": "pl"})
        posted = desk.adviser.post(NEW, desk.sheet() | TOKEN)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Baza danych" in answer.content.decode()
    assert "data-reopens" not in posted.content.decode(), "what was posted is never sent again by itself"
    assert posted.status_code == 503
    assert "Look whether it is there" in posted.content.decode()
    connections.close_all()
    assert desk.adviser.get("/").status_code == 200


@pytest.mark.parametrize("cause", [errors.LockNotAvailable, errors.DiskFull, errors.AdminShutdown])
def test_the_page_that_was_asked_can_be_asked_again(desk: Desk, cause: type[BaseException]) -> None:
    """By its own address, not from the first page on; by itself after as long as Retry-After says."""
    with connection.execute_wrapper(broken("SELECT", cause)):
        answer = desk.adviser.get("/supports/?from=2026-01-01&service=a%22b")
    page = answer.content.decode()
    assert 'class="button primary" href="/supports/?from=2026-01-01&amp;service=a%22b"' in page
    assert f'data-reopens="{answer["Retry-After"]}"' in page
    assert page.count("button primary") == 1
    assert "<form" not in page


def test_a_part_of_a_page_that_cannot_be_shown_says_just_that(desk: Desk) -> None:
    with connection.execute_wrapper(broken("SELECT", errors.LockNotAvailable)):
        answer = desk.adviser.get("/supports/", headers={"HX-Request": "true"})
    assert json.loads(answer["HX-Trigger"])["toast"]["text"].startswith("A part of this page")


def test_a_session_that_cannot_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: SessionStore) -> None:
        raise OperationalError("the pool gave up") from PoolTimeout()

    monkeypatch.setattr(SessionStore, "load", away)
    assert desk.adviser.get("/").status_code == 503


def test_a_full_disk_says_so_and_reading_goes_on(desk: Desk) -> None:
    with connection.execute_wrapper(broken("INSERT INTO", errors.DiskFull)):
        answer = desk.adviser.post(NEW, desk.sheet() | TOKEN)
        assert desk.adviser.get("/supports/").status_code == 200
    assert (answer.status_code, answer["Retry-After"]) == (507, "60")
    page = answer.content.decode()
    assert "The disk is full" in page
    assert desk.adviser.post(NEW, sent(page)).status_code == 302


def test_secrets_files_and_much_are_not_written_into_the_page(desk: Desk) -> None:
    with connection.execute_wrapper(broken("SELECT", errors.DiskFull)):
        for name, size, words in (
            ("new_password1", 1, "What you wrote is kept: go back"),
            ("passphrase", 1, "What you wrote is kept: go back"),
            ("note", MOST_KEPT + 1, "What you wrote is kept: go back"),
        ):
            page = desk.adviser.post(NEW, {**TOKEN, name: "x" * size}).content.decode()
            assert sent(page) == {}
            assert words in page
        unasked = desk.adviser.post(NEW, {"people": "x"}).content.decode()
    assert sent(unasked) == {}, "a form without a token came from elsewhere"


SECRETS = [
    ("/keys/code/", "code"),
    ("/keys/set-up/", "again"),
    ("/account/2fa/authenticate/", "code"),
    ("/nowhere/", "code"),
    ("/links/new/told/abcdef/", "code"),
    ("/settings/points/", "password1"),
]


@pytest.mark.parametrize(("path", "name"), SECRETS)
def test_what_is_secret_there(path: str, name: str) -> None:
    assert has_secret(path, [name])


def test_a_code_that_everybody_reads_is_kept(client: Any) -> None:
    """Services, topics, indicators and points have one, institutions a postcode."""
    for path in ("/people/new/", "/supports/new/", "/programmes/add/"):
        assert not has_secret(path, ["code", "postcode", "again"])


def test_every_secret_field_of_a_form_is_known() -> None:
    """Whatever is typed unseen, or comes from an app or paper, whichever form it is in."""
    for form in forms_there_are():
        for name, field in form.base_fields.items():
            unseen = (
                isinstance(field.widget, PasswordInput) or field.widget.attrs.get("autocomplete") == "one-time-code"
            )
            assert not unseen or has_secret("/keys/", [name]), (form, name)


def forms_there_are() -> set[Any]:
    for module in walk_packages(przystan.__path__, "przystan."):
        if "forms" in module.name and not module.name.endswith("django"):
            import_module(module.name)
    found, new = set[Any](), {BaseForm}
    while new := {kind for one in new for kind in one.__subclasses__()} - found:
        found |= new
    return {form for form in found if hasattr(form, "base_fields")}


def test_a_mistake_of_ours_stays_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(self: SessionStore) -> None:
        raise KeyError("x")

    monkeypatch.setattr(SessionStore, "load", mistaken)
    answer = desk.adviser.get("/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


@pytest.mark.parametrize(
    ("cause", "found"),
    [
        (errors.LockNotAvailable(), Why.BUSY),
        (errors.QueryCanceled(), Why.BUSY),
        (errors.DeadlockDetected(), Why.BUSY),
        (errors.SerializationFailure(), Why.BUSY),
        (errors.TooManyConnections(), Why.BUSY),
        (errors.DiskFull(), Why.FULL),
        (OSError(errno.ENOSPC, "no space"), Why.FULL),
        (OSError(errno.EDQUOT, "quota"), Why.FULL),
        (errors.AdminShutdown(), Why.AWAY),
        (errors.CrashShutdown(), Why.AWAY),
        (errors.CannotConnectNow(), Why.AWAY),
        (errors.ReadOnlySqlTransaction(), Why.AWAY),
        (psycopg.OperationalError("server closed the connection unexpectedly"), Why.AWAY),
        (psycopg.InterfaceError("the connection is closed"), Why.AWAY),
        (PoolTimeout(), Why.AWAY),
        (OSError(errno.EACCES, "not yours"), None),
        (errors.UniqueViolation(), None),
        (errors.UndefinedTable(), None),
        (KeyError("x"), None),
    ],
)
def test_troubles_are_told_apart(cause: BaseException, found: Why | None) -> None:
    assert reason(cause) is found
    wrapped = DatabaseError()
    wrapped.__cause__ = cause
    assert reason(wrapped) is found


def test_what_django_says_alone_is_enough() -> None:
    assert reason(OperationalError("consuming input failed")) is Why.AWAY
    assert reason(InterfaceError()) is Why.AWAY
    assert reason(OutOfTime()) is Why.BUSY
    assert reason(None) is None


def test_many_refusals_do_not_fill_the_log() -> None:
    def let_through(error: BaseException) -> bool:
        return OursOnly().filter(logging.LogRecord("x", logging.ERROR, "x", 1, "x", None, (type(error), error, None)))

    assert not let_through(errors.LockNotAvailable())
    assert let_through(KeyError())


@pytest.mark.parametrize(("full", "why"), [(True, Why.FULL), (False, Why.AWAY)])
def test_a_database_that_a_full_disk_took_down(monkeypatch: pytest.MonkeyPatch, full: bool, why: Why) -> None:
    monkeypatch.setattr(room, "is_full", lambda: full)
    assert reason(OperationalError("connection refused")) is why
    assert reason(errors.LockNotAvailable()) is Why.BUSY
