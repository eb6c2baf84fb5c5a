"""What is written into the audit log, when, and that nothing happens without it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from przystan.access import audit, audit_keys, chain_rows, keyfiles, verifying
from przystan.access.models import AuditEntry, AuditHead, User
from przystan.access.scope import acting
from przystan.access.tiers import Tier
from tests import factories

from .audited import SYSTEM, account, owner, rows, write

WRITERS, EACH = 8, 25


@contextmanager
def taken_back() -> Iterator[None]:
    """An action that is refused after it has done half of its work, and a view that says so."""
    with suppress(ValidationError), transaction.atomic():
        yield
        raise ValidationError("no")


def test_rows_are_chained_without_gaps(centre: None) -> None:
    write(3)
    write(2)
    assert [row.seq for row in rows()] == [1, 2, 3, 4, 5]
    assert AuditHead.objects.get().seq == 5
    assert verifying.verify().is_fine


def test_many_rows_go_in_batches(centre: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH", 4)
    write(11)
    assert [row.seq for row in rows()] == list(range(1, 12))
    assert verifying.verify().is_fine


def test_one_statement_for_any_number(centre: None, django_assert_num_queries: Any) -> None:
    write(1)
    with transaction.atomic(), django_assert_num_queries(1):
        audit.record_all(SYSTEM, "user.change", [User(ref=f"object{number}") for number in range(50)])


def test_another_process_wrote_meanwhile(centre: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process wrote last is a guess: the chain goes on where it really ends."""
    write(1)
    before = chain_rows.guessed_head()
    write(2)
    monkeypatch.setattr(chain_rows, "_last", [before])
    write(3)
    assert verifying.verify().is_fine
    assert AuditEntry.objects.count() == 6


def test_several_writers_at_once(centre: None) -> None:
    """No gap, no row lost, no deadlock; the first of all of them begins the chain."""
    troubles: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(EACH):
                with acting(SYSTEM):
                    write(2)
        except Exception as error:
            troubles.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not troubles
    assert [row.seq for row in rows()] == list(range(1, 2 * WRITERS * EACH + 1))
    assert AuditHead.objects.count() == 1
    assert verifying.verify().is_fine


def test_the_head_is_not_held_while_work_goes_on(centre: None) -> None:
    """Whoever has recorded something, and is not done yet, keeps nobody else from recording."""
    first, second = account("first"), account("second")

    def other() -> None:
        try:
            with acting(SYSTEM):
                audit.record(SYSTEM, "user.change", second)
        finally:
            connection.close()

    with acting(SYSTEM):
        audit.record(SYSTEM, "user.change", first)
        thread = Thread(target=other)
        thread.start()
        thread.join(timeout=30)
        assert not thread.is_alive()
    assert [row.object_ref for row in rows()] == [second.ref, first.ref]


def test_what_is_rolled_back_is_not_told(centre: None) -> None:
    user = account()
    with acting(SYSTEM):
        audit.record(SYSTEM, "one", user)
        with taken_back():
            audit.record(SYSTEM, "two", user)
            with transaction.atomic():
                audit.record(SYSTEM, "three", user)
        with transaction.atomic(), transaction.atomic(savepoint=False):
            audit.record(SYSTEM, "four", user)
        audit.record(SYSTEM, "five", user)
    assert [row.action for row in rows()] == ["one", "four", "five"]
    assert verifying.verify().is_fine


def test_what_was_seen_stays_told(centre: None) -> None:
    """The page may show what it read, whatever became of the change."""
    user = account()
    with acting(SYSTEM), taken_back():
        audit.read(SYSTEM, user, ["email"])
    assert [row.action for row in rows()] == ["read"]


def test_a_transaction_that_fails_tells_nothing(centre: None) -> None:
    user = account()
    with suppress(ZeroDivisionError), acting(SYSTEM):
        audit.record(SYSTEM, "one", user)
        audit.read(SYSTEM, user, ["email"])
        raise ZeroDivisionError
    assert rows() == []


def test_one_row_for_each_object_and_request(centre: None) -> None:
    one, other = account("one"), account("other")
    for _ in range(2):
        with acting(SYSTEM):
            audit.read(SYSTEM, one, ["email"])
            audit.read(SYSTEM, other, ["email"])
            audit.read(SYSTEM, one, ["full_name", "email"], Tier.T3)
            audit.read(SYSTEM, one, ["username"])
    assert [(row.object_ref, row.tier, row.fields) for row in rows()] == [
        (one.ref, 3, ["email", "full_name", "username"]),
        (other.ref, 2, ["email"]),
    ] * 2


def test_reads_outside_of_acting_are_written_at_once(centre: None) -> None:
    audit.read(SYSTEM, account(), ["email"])
    assert len(rows()) == 1


def test_together_needs_a_transaction(centre: None) -> None:
    with pytest.raises(transaction.TransactionManagementError), audit.together():
        pass


# Nothing happens without its row


@pytest.fixture
def no_audit(centre: None) -> Any:
    """The database refuses audit rows."""
    with owner() as found:
        found.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the log is broken'; END $$"
        )
        found.execute("CREATE TRIGGER refuse BEFORE INSERT ON access_auditentry EXECUTE FUNCTION refuse()")
        found.execute("ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER refuse")
        yield


def test_no_change_without_its_row(no_audit: None) -> None:
    with pytest.raises(DatabaseError), acting(SYSTEM):
        audit.record(SYSTEM, "user.add", account())
    assert not User.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        audit.record(SYSTEM, "user.add", account())
    assert not User.objects.exists()


def test_no_look_without_its_row(no_audit: None) -> None:
    user = account()

    def answer() -> str:
        with acting(SYSTEM):
            audit.read(SYSTEM, user, ["email"])
            body = user.full_name
        return body

    with pytest.raises(DatabaseError):
        answer()


def test_no_row_without_the_key(centre: None) -> None:
    write(1)
    for path in keyfiles.folder().iterdir():
        path.unlink()
    with pytest.raises(audit_keys.AuditKeyMissing), acting(SYSTEM):
        audit.record(SYSTEM, "user.add", account())
    assert not User.objects.exists()
    assert audit_keys.numbers() == [], "a new key would hide that the old one is gone"


# Only ever added


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_auditentry SET action = 'x'",
        "UPDATE access_auditentry SET action = action WHERE seq = -1",
        "DELETE FROM access_auditentry",
        "TRUNCATE access_auditentry",
        "TRUNCATE access_auditentry CASCADE",
    ],
)
def test_nobody_edits(centre: None, statement: str) -> None:
    import psycopg

    write(2)
    before = [row.mac for row in rows()]
    with owner() as found:
        found.execute("ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_truncate")  # as in life
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            found.execute(statement)  # type: ignore[call-overload]
    with pytest.raises(DatabaseError):
        AuditEntry.objects.all().delete()
    assert [row.mac for row in rows()] == before


# Names, never values


@given(st.one_of(st.from_regex(r"[A-ZŁŚŻА-Я].*"), st.from_regex(r"[+0-9].*"), st.from_regex(r".*[ @.].*"), st.emails()))
def test_values_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="never values") as refused:
        audit.record(SYSTEM, "user.change", User(), [value])
    assert not value.strip() or value not in str(refused.value)


def test_typed_words_are_refused() -> None:
    with pytest.raises(ValueError, match="never what somebody typed"):
        audit.record(SYSTEM, "user.change", User(), purpose="her husband called")


def test_the_time_is_now(centre: None) -> None:
    write(1)
    assert abs(rows()[0].at - timezone.now()) < timedelta(minutes=5)


@pytest.mark.django_db
def test_an_organisation_reads_its_own_rows_even_by_plain_sql() -> None:
    centres = [factories.organisation(), factories.organisation()]
    ours, theirs = [factories.actor(centre) for centre in centres]
    for by, centre in zip((ours, theirs), centres, strict=True):
        audit.record(by, "person.register", factories.person(factories.point(centre)))
    with acting(ours), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT organisation_id FROM access_auditentry")
        assert cursor.fetchall() == [(ours.organisation_id,)]
