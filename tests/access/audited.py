"""A centre of a test's own whose audit log is really committed, and an owner who tampers with it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from przystan.access import audit
from przystan.access.actors import Actor, system
from przystan.access.models import AuditEntry, User
from przystan.project.cluster.address import from_url
from tests.harness import database

Owner = psycopg.Connection[tuple[Any, ...]]
SYSTEM = system(1, "tests")


EMPTY = """
    ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_edit;
    ALTER TABLE access_auditentry DISABLE TRIGGER access_audit_no_truncate;
    DROP FUNCTION IF EXISTS refuse() CASCADE;
    DROP TABLE IF EXISTS kept, kept_head;
    TRUNCATE access_auditentry, access_audithead, access_auditanchor, access_user, team_organisation CASCADE
"""


@pytest.fixture(scope="session")
def audited_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """One database for all tests of this kind."""
    tests = connection.settings_dict["NAME"]
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            name = stack.enter_context(database.copy_of(database.migrated(), "audit"))
            stack.enter_context(database.using(tests))
        yield name
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture
def centre(audited_database: str, django_db_blocker: Any, settings: Any, tmp_path: Path) -> Iterator[None]:
    """An empty centre with keys and anchors of its own; what is written into it is committed."""
    settings.KEYS_DIR = tmp_path / "keys"
    settings.AUDIT_ANCHORS = tmp_path / "anchors.log"
    with django_db_blocker.unblock(), database.using(audited_database):
        with owner() as found:
            found.execute(EMPTY)
        yield


def account(name: str = "ala") -> User:
    return User.objects.create(username=name, full_name="Ala Nowak")


def write(count: int, by: Actor = SYSTEM) -> None:
    """So many genuine rows, in one transaction."""
    users = [User(ref=f"object{number}") for number in range(count)]
    with transaction.atomic():
        audit.record_all(by, "user.change", users, ["email"])


def owner_entry() -> dict[str, Any]:
    """Whose tables they are, as Django would connect."""
    if url := os.environ.get("DATABASE_OWNER_URL"):
        return from_url(url)
    return {**connection.settings_dict, "USER": "przystan"} if database.EMBEDDED else connection.settings_dict


@contextmanager
def owner() -> Iterator[Owner]:
    """A connection of the owner of the tables, to the database of the test."""
    entry = {**owner_entry(), "NAME": connection.settings_dict["NAME"]}
    place = {"host": entry["HOST"], "port": entry.get("PORT") or None, "dbname": entry["NAME"]}
    with psycopg.connect(**place, user=entry["USER"], password=entry.get("PASSWORD"), autocommit=True) as found:
        yield found


@contextmanager
def intruder() -> Iterator[Owner]:
    """The owner, who has switched the triggers off."""
    with owner() as found:
        found.execute("ALTER TABLE access_auditentry DISABLE TRIGGER USER")
        yield found


def rows() -> list[AuditEntry]:
    return list(AuditEntry.objects.order_by("seq"))
