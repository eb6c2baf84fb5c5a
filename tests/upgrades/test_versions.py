"""Newer, older, never released, incomplete, stopped in the middle: each is told as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from przystan.project import upgrades, versions
from przystan.project.checks import tables
from przystan.project.trouble import Exit, Trouble
from przystan.project.upgrades import mark
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_the_owner")]
Seen = dict[tuple[str, str], None]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Seen], Seen]], None]:
    """Change which migrations the database remembers."""
    there = dict(MigrationRecorder(connection).applied_migrations())

    def change(by: Callable[[Seen], Seen]) -> None:
        found = by(dict(there))
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: dict(found))

    return change


def test_these_tables_are_of_this_version() -> None:
    assert versions.changes() == []
    versions.refuse_unknown()
    assert versions.outdated() == ""
    assert list(tables.faults()) == []


def test_tables_alone_are_no_centre() -> None:
    """`init` that was broken off leaves them."""
    with pytest.raises(Trouble, match=r"There is no centre here yet .*Set one up with: przystan init"):
        versions.require_centre()
    factories.organisation()
    versions.require_centre()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE team_organisation RENAME TO somewhere_else")
    with pytest.raises(Trouble, match="no centre here yet"):
        versions.require_current()


def test_all_of_ours_and_more_is_newer(seen: Callable[[Callable[[Seen], Seen]], None]) -> None:
    seen(lambda there: there | {("team", "9999_from_the_future"): None})
    with pytest.raises(Trouble, match=r"A newer Przystań .*team.9999_from_the_future") as trouble:
        versions.refuse_unknown()
    assert trouble.value.code == Exit.DATABASE


def test_not_all_of_ours_and_others_was_never_released(seen: Callable[[Callable[[Seen], Seen]], None]) -> None:
    def between(there: Seen) -> Seen:
        del there["people", "0004_names_locked"]
        return there | {("people", "0005_one_keeper"): None}

    seen(between)
    with pytest.raises(Trouble, match=r"never released .*people.0005_one_keeper"):
        versions.refuse_unknown()


@pytest.mark.parametrize("name", sorted(upgrades.FOLDED))
def test_what_was_folded_into_others_is_known(seen: Callable[[Callable[[Seen], Seen]], None], name: str) -> None:
    app, short = name.split(".")
    seen(lambda there: there | {(app, short): None})
    versions.refuse_unknown()


def test_an_earlier_state_waits_for_migrate() -> None:
    factories.organisation()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE exchange_importbatch DROP COLUMN checked_at")
    assert versions.changes() == ["0.1.0 before limits had their days"]
    with pytest.raises(Trouble, match="1 change waits"):
        versions.require_current()
    assert upgrades.bridge() == ["0.1.0 before limits had their days"]
    assert versions.changes() == []
    assert list(tables.faults()) == []


def test_folded_migrations_are_forgotten() -> None:
    MigrationRecorder(connection).record_applied("exchange", "0003_checked_at")
    assert upgrades.bridge() == []
    assert not upgrades.FOLDED & {".".join(one) for one in MigrationRecorder(connection).applied_migrations()}


def test_an_upgrade_that_did_not_end_is_told() -> None:
    factories.organisation()
    assert upgrades.began() == ""
    upgrades.begin()
    assert upgrades.began()
    with pytest.raises(Trouble, match=r"An upgrade began on .* did not end"):
        versions.require_current()
    upgrades.end()
    versions.require_current()


def test_another_comment_is_no_mark() -> None:
    mark.write("'kept by the administrator'")
    assert upgrades.began() == ""


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DROP TABLE people_exclusion CASCADE", "The table people_exclusion is missing."),
        ("ALTER TABLE funding_limit DROP COLUMN valid_to CASCADE", "The column funding_limit.valid_to is missing."),
        (
            "ALTER TABLE people_person ALTER COLUMN alias TYPE text",
            "The column people_person.alias is of the type text instead of character varying(20).",
        ),
        ("ALTER TABLE people_person ALTER COLUMN alias DROP NOT NULL", "The column people_person.alias may be empty"),
        (
            "ALTER TABLE funding_limit DROP CONSTRAINT funding_limit_dates_in_order",
            "funding_limit_dates_in_order is missing on the table funding_limit.",
        ),
        ("DROP INDEX channel_finder", "channel_finder is missing on the table people_channel."),
        ("DROP INDEX person_alias_once", "person_alias_once is missing on the table people_person."),
        (
            "ALTER TABLE people_channel DROP CONSTRAINT people_channel_ref_key",
            "the uniqueness of ref is missing on the table people_channel.",
        ),
        ("DROP INDEX people_consent_person_id_4e1b9ab5", "the index of person_id is missing on the table"),
    ],
)
def test_what_is_missing_is_told_by_name(sql: str, told: str) -> None:
    with connection.cursor() as cursor:
        if sql.startswith("DROP INDEX people_"):
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE tablename = 'people_consent' AND indexdef LIKE '%%(person_id)'"
            )
            sql = f"DROP INDEX {cursor.fetchone()[0]}"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)
    assert any(told in fault for fault in tables.faults()), list(tables.faults())


def test_a_foreign_key_that_is_missing_is_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'people_channel'::regclass AND contype = 'f'"
            " AND pg_get_constraintdef(oid) LIKE '%%(person_id)%%'"
        )
        cursor.execute(f'ALTER TABLE people_channel DROP CONSTRAINT "{cursor.fetchone()[0]}"')
    assert "the foreign key of person_id is missing on the table people_channel." in tables.faults()


def test_every_state_has_its_scripts() -> None:
    from przystan.project.upgrades.states import STATES

    for state in STATES:
        assert state.scripts()
        assert all(isinstance(script, Path) and script.read_text().startswith("--") for script in state.scripts())
