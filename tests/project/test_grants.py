"""What the owner does: grants anew at each migrate, and refuses to serve."""

from typing import Any

import pytest
from django.db import connection

from przystan.project import cluster, grants, ownership
from przystan.project.checks import configuration
from przystan.project.trouble import Exit, Trouble

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_the_owner")]


def may(right: str, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [cluster.django_database()["USER"], table, right])
        return bool(cursor.fetchone()[0])


def test_migrating_gives_what_is_missing_and_takes_what_is_too_much() -> None:
    role = cluster.django_database()["USER"]
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT TRUNCATE ON people_person TO {role}; GRANT UPDATE ON access_auditentry TO PUBLIC")
        cursor.execute(f"REVOKE ALL ON people_relation FROM {role}; CREATE TABLE more (id serial)")
    grants.grant()
    assert not may("TRUNCATE", "people_person")
    assert not may("UPDATE", "access_auditentry")
    assert may("DELETE", "people_relation")
    assert may("INSERT", "more")
    grants.grant()


def test_the_owner_may_change_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    grants.require_owner()
    monkeypatch.setattr(cluster, "django_database", lambda: {"USER": "somebody"})
    with pytest.raises(Trouble, match="role somebody, which this server does not have"):
        grants.require_owner()


def test_serving_is_refused_and_told_what_helps(settings: Any) -> None:
    ownership.require_bound()  # the demo
    settings.DEMO = False
    with pytest.raises(Trouble) as trouble:
        ownership.require_bound()
    assert trouble.value.code == Exit.UNSAFE
    for words in ("owns tables", "CREATE ROLE", "GRANT CONNECT", "GRANT USAGE", "DATABASE_OWNER_URL"):
        assert words in str(trouble.value)


def test_checking_says_so() -> None:
    assert any("owns tables" in fault for fault in configuration.faults())
