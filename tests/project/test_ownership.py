"""Two addresses for two roles."""

from pathlib import Path
from typing import Any

import pytest

from przystan.project import grants, ownership
from przystan.project.cluster.address import django_database, owner_database, work_database
from przystan.project.trouble import Exit, Trouble

APP = "postgres://przystan_app:secret@db/centre"


@pytest.mark.django_db
def test_the_application_is_content(settings: Any) -> None:
    settings.DEMO = False
    ownership.require_bound()
    assert ownership.sentence() == ""
    grants.require()


@pytest.mark.django_db
def test_the_application_cannot_migrate() -> None:
    with pytest.raises(Trouble, match="does not own the tables") as trouble:
        grants.require_owner()
    assert trouble.value.code == Exit.DATABASE


@pytest.mark.django_db
def test_before_the_first_migrate_one_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grants, "READABLE", "SELECT false")
    with pytest.raises(Trouble, match="przystan migrate") as trouble:
        grants.require()
    assert trouble.value.code == Exit.DATABASE


def test_where_the_owner_serves_nothing_is_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking its rights away first would take the owner's own."""
    monkeypatch.setenv("DATABASE_URL", APP)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    assert owner_database() == work_database()
    monkeypatch.setattr(grants, "statements", lambda _: pytest.fail("granted"))
    grants.grant()


def test_the_two_of_an_embedded_cluster(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PRZYSTAN_DATA", str(tmp_path))
    assert django_database()["USER"] == "przystan_app"
    assert owner_database()["USER"] == "przystan"


def test_the_two_of_a_server_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", APP)
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://centre:other@db/centre")
    assert django_database()["USER"] == "przystan_app"
    assert (owner_database()["USER"], owner_database()["PASSWORD"]) == ("centre", "other")


@pytest.mark.parametrize(
    ("application", "owner", "words"),
    [
        ("", "postgres://centre@db/centre", "DATABASE_URL is not"),
        (APP, "postgres://centre@db/another", "different databases"),
        (APP, "mysql://centre@db/centre", "DATABASE_OWNER_URL is not the address"),
    ],
)
def test_addresses_that_do_not_fit(monkeypatch: pytest.MonkeyPatch, application: str, owner: str, words: str) -> None:
    monkeypatch.setenv("DATABASE_URL", application)
    monkeypatch.setenv("DATABASE_OWNER_URL", owner)
    with pytest.raises(Trouble, match=words) as trouble:
        owner_database()
    assert trouble.value.code == Exit.SETTINGS


def test_an_address_without_a_user_means_the_unix_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres:///centre?host=/run/postgresql")
    monkeypatch.setenv("PGUSER", "desk")
    assert django_database()["USER"] == "desk"
