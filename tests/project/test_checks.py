"""`przystan check` compares the state with what the code wants: each thing that was broken by hand is told."""

import os
import socket
from collections import namedtuple
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.harness import database
from tests.upgrades.restoring import Centre, restored

from przystan.project import checks, cluster, room
from przystan.project.checks import archive, clock, configuration, declared, disk, keys, locks, mail, rights
from przystan.project.checks.declared import Declared

ROLE = str(cluster.django_database()["USER"])
FUTURE = "UPDATE django_migrations SET applied = now() + interval '3 days' WHERE id = 1"


@pytest.fixture(scope="module")
def centre(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of its own, as `migrate` leaves it, used as the application's role."""
    with django_db_blocker.unblock(), database.copy_of(database.migrated(), "checks"):
        mend("ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_truncate")
        yield


def mend(sql: str) -> None:
    """As the owner, and for good."""
    with database.owner() as connection:
        connection.execute(sql.encode())


DAMAGE = {
    "Row-level security is off on the table people_person": (
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE people_person ENABLE ROW LEVEL SECURITY",
    ),
    "binds the owner of the table people_person otherwise": (
        "ALTER TABLE people_person FORCE ROW LEVEL SECURITY",
        "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY",
    ),
    "The policy need_to_know on the table people_exclusion does not say what": (
        "CREATE TABLE kept AS SELECT pg_get_expr(polqual, polrelid) AS seen,"
        " pg_get_expr(polwithcheck, polrelid) AS written FROM pg_policy WHERE polrelid = 'people_exclusion'::regclass;"
        " ALTER POLICY need_to_know ON people_exclusion USING (true)",
        "DO $$ DECLARE r record; BEGIN SELECT * INTO r FROM kept; EXECUTE format("
        "'ALTER POLICY need_to_know ON people_exclusion USING (%s) WITH CHECK (%s)', r.seen, r.written); END $$;"
        " DROP TABLE kept",
    ),
    "The policy wide_open on the table people_person is none of ours": (
        "CREATE POLICY wide_open ON people_person USING (true)",
        "DROP POLICY wide_open ON people_person",
    ),
    "The policy need_to_know on the table people_teammember is missing": (
        "ALTER POLICY need_to_know ON people_teammember RENAME TO moved",
        "ALTER POLICY moved ON people_teammember RENAME TO need_to_know",
    ),
    "The trigger access_audit_no_edit on the table access_auditentry is switched off. As the owner: "
    "ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_edit": (
        "ALTER TABLE access_auditentry DISABLE TRIGGER access_audit_no_edit",
        "ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_edit",
    ),
    "The trigger access_audit_no_truncate on the table access_auditentry is switched off": (
        "ALTER TABLE access_auditentry ENABLE TRIGGER access_audit_no_truncate",  # not ALWAYS
        "ALTER TABLE access_auditentry ENABLE ALWAYS TRIGGER access_audit_no_truncate",
    ),
    "The trigger support_support_guard on the table support_support is switched off": (
        "ALTER TABLE support_support DISABLE TRIGGER support_support_guard",
        "ALTER TABLE support_support ENABLE TRIGGER support_support_guard",
    ),
    "The trigger keep_before on the table people_channel is missing": (
        "ALTER TRIGGER keep_before ON people_channel RENAME TO moved",
        "ALTER TRIGGER moved ON people_channel RENAME TO keep_before",
    ),
    "The function app_uid is missing": (
        "ALTER FUNCTION app_uid() RENAME TO moved",
        "ALTER FUNCTION moved() RENAME TO app_uid",
    ),
    "The function app_uid_too is none of ours": (
        "CREATE FUNCTION app_uid_too() RETURNS bigint LANGUAGE sql AS $$ SELECT 1::bigint $$",
        "DROP FUNCTION app_uid_too()",
    ),
    "The function procrastinate_too is none of ours": (
        "CREATE FUNCTION procrastinate_too() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "DROP FUNCTION procrastinate_too()",
    ),
    "The trigger listens on the table people_person is none of ours": (
        "CREATE TRIGGER listens AFTER INSERT ON people_person FOR EACH ROW"
        " EXECUTE FUNCTION people_factbefore_keep('id')",
        "DROP TRIGGER listens ON people_person",
    ),
    "The rule listens on the table people_person is none of ours": (
        "CREATE RULE listens AS ON UPDATE TO people_person DO NOTHING",
        "DROP RULE listens ON people_person",
    ),
    "The view everybody is none of ours": ("CREATE VIEW everybody AS SELECT 1 AS one", "DROP VIEW everybody"),
    "The schema elsewhere is none of ours": ("CREATE SCHEMA elsewhere", "DROP SCHEMA elsewhere"),
    "The function app_acts does not do what this version does": (
        "CREATE OR REPLACE FUNCTION app_acts() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT true $$",
        "CREATE OR REPLACE FUNCTION app_acts() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE"
        " AS $$ SELECT app_org() IS NOT NULL OR app_purpose() = 'system' $$",
    ),
    f"{ROLE} lacks the right SELECT on people_relation": (
        f"REVOKE SELECT ON people_relation FROM {ROLE}",
        f"GRANT SELECT ON people_relation TO {ROLE}",
    ),
    f"{ROLE} has the right TRUNCATE on people_person and should not": (
        f"GRANT TRUNCATE ON people_person TO {ROLE}",
        f"REVOKE TRUNCATE ON people_person FROM {ROLE}",
    ),
    f"{ROLE} has the right DELETE on access_auditentry and should not": (
        "GRANT DELETE ON access_auditentry TO PUBLIC",
        "REVOKE DELETE ON access_auditentry FROM PUBLIC",
    ),
    f"{ROLE} has the right UPDATE on access_auditentry.mac and should not": (
        f"GRANT UPDATE (mac) ON access_auditentry TO {ROLE}",
        f"REVOKE UPDATE (mac) ON access_auditentry FROM {ROLE}",
    ),
    f"{ROLE} may not run the function app_org": (
        f"REVOKE EXECUTE ON FUNCTION app_org() FROM PUBLIC, {ROLE}",
        f"GRANT EXECUTE ON FUNCTION app_org() TO PUBLIC, {ROLE}",
    ),
}


def test_what_migrations_leave_is_what_they_declare(centre: None) -> None:
    """Both ways: nothing is left out of the comparison."""
    assert list(checks.guards()) == []
    wanted = declared.declared()
    assert set(wanted.policies) == set(locks.rules(locks.HERE))
    assert {table for table, _ in locks.rows(locks.LOCKED)} == set(wanted.locked)


@pytest.mark.parametrize("told", DAMAGE)
def test_what_was_broken_is_told(centre: None, told: str) -> None:
    harm, undo = DAMAGE[told]
    mend(harm)
    try:
        faults = list(checks.guards())
    finally:
        mend(undo)
    assert any(told in fault for fault in faults), faults
    assert list(checks.guards()) == [], "the test cleans up after itself"


def test_without_temporary_tables_it_says_that_it_did_not_compare(
    centre: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.utils import ProgrammingError

    def refused(*_: Any) -> None:
        raise ProgrammingError("permission denied to create temporary tables in database")

    monkeypatch.setattr(locks, "as_said", refused)
    assert list(locks.faults(declared.declared())) == [
        f"Policies were not compared word by word: the role {ROLE} may make no temporary tables."
    ]


def test_statements_are_followed_in_their_order() -> None:
    found = Declared()
    found.read(
        "ALTER TABLE a ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON a USING (x) WITH CHECK (y);\n"
        "-- CREATE POLICY commented ON a USING (true);\n"
        "CREATE FUNCTION f(n bigint) RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TRIGGER t ON a; END $$;"
        "CREATE TRIGGER t BEFORE UPDATE OF c ON a FOR EACH ROW EXECUTE FUNCTION f();"
        "CREATE TRIGGER u AFTER INSERT ON b FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE b ENABLE ALWAYS TRIGGER u;"
    )
    assert found == Declared(
        {"a": False},
        {("a", "p"): "USING (x) WITH CHECK (y)"},
        {("a", "t"): "O", ("b", "u"): "A"},
        {"f": " BEGIN DROP TRIGGER t ON a; END "},
    )
    found.read("ALTER POLICY p ON a USING (z); ALTER TABLE a FORCE ROW LEVEL SECURITY; DROP TRIGGER t ON a")
    assert (found.policies, found.locked, list(found.triggers)) == (
        {("a", "p"): "USING (z)"},
        {"a": True},
        [("b", "u")],
    )
    found.read("DROP POLICY p ON a; ALTER TABLE a DISABLE ROW LEVEL SECURITY; DROP FUNCTION IF EXISTS f(bigint)")
    assert (found.policies, found.locked, found.functions) == ({}, {}, {})


def test_rights_of_kinds() -> None:
    assert rights.wanted_on("people_person_id_seq", "S") == {"USAGE"}
    assert rights.wanted_on("access_auditentry", "r") == {"SELECT", "INSERT"}
    assert rights.wanted_on("a_view_of_somebody", "v") == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("failed", "archived", "told"),
    [(None, None, False), (None, 1, False), (1, None, True), (2, 1, True), (1, 2, False)],
)
def test_a_log_of_writes_that_cannot_be_copied_away(
    monkeypatch: pytest.MonkeyPatch, failed: int | None, archived: int | None, told: bool
) -> None:
    """It piles up until the disk is full, and nothing since can be brought back; what was mended is mended."""
    times = [f"now() + interval '{n} min'" if n else "NULL::timestamptz" for n in (failed, archived)]
    rows = (
        f"(SELECT '0001'::text AS last_failed_wal, {times[0]} AS last_failed_time, {times[1]} AS last_archived_time) x"
    )
    monkeypatch.setattr(archive, "FAILED", archive.FAILED.replace("pg_stat_archiver", rows))
    assert ["cannot copy its log of writes away (0001" in fault for fault in archive.faults()] == [True] * told


@pytest.mark.parametrize(("free", "wrong"), [(14, True), (15, False), (80, False)])
def test_a_disk_nearly_full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, wrong: bool) -> None:
    usage = namedtuple("usage", "total used free")
    gigabytes = 1024**3
    monkeypatch.setattr(room, "folders", lambda: [tmp_path])
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: usage(100 * gigabytes, 0, free * gigabytes))
    assert [f"({free} %)" in fault for fault in disk.faults()] == [True] * wrong


def test_a_small_disk_has_to_have_room_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(room, "folders", lambda: [tmp_path])
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: usage(2 * 1024**3, 0, 900 * 1024**2))
    assert any("Only 900 MB" in fault for fault in disk.faults())


def test_one_sentence_for_each_disk(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_DIR, settings.AUDIT_ANCHORS = str(tmp_path), str(tmp_path / "missing" / "anchors.log")
    found = {os.stat(folder).st_dev for folder in room.folders()}
    assert len(found) == len(room.folders())


@pytest.mark.parametrize("address", ["nonsense", "nonsense://mail", "smtp://", "submission:///"])
def test_an_address_of_mail_that_is_none(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("EMAIL_URL", address)
    assert [fault.startswith("EMAIL_URL is not the address") for fault in mail.faults()] == [True]


@pytest.mark.parametrize("address", ["", "dummy://", "console://", "submission://user:secret@mail.example.org:587"])
def test_addresses_of_mail(monkeypatch: pytest.MonkeyPatch, settings: Any, address: str) -> None:
    settings.EMAIL_HOST = ""
    monkeypatch.setenv("EMAIL_URL", address)
    assert list(mail.faults()) == []


def test_a_mail_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        monkeypatch.setenv("EMAIL_URL", "smtp://127.0.0.1")
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        assert [fault.startswith("The mail server 127.0.0.1 does not answer") for fault in mail.faults()] == [True]
        server.listen()
        assert list(mail.faults()) == []


def test_a_clock_that_was_set_back(centre: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(clock.faults()) == []
    real = timezone.now()
    monkeypatch.setattr(clock.timezone, "now", lambda: real - timedelta(days=3))
    faults = list(clock.faults())
    assert any("that of the database" in fault for fault in faults)
    assert any("Has it been set back?" in fault for fault in faults)


def test_a_time_zone_nobody_knows(centre: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise clock.zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(clock.zoneinfo, "ZoneInfo", missing)
    assert "apt-get install tzdata" in "".join(clock.zones(timezone.now()))


def test_a_time_zone_that_is_otherwise_in_the_database(centre: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "OFFSETS", "SELECT 0 FROM unnest(ARRAY[1, 2]) WHERE %s <> '' AND %s IS NOT NULL")
    assert ["has other hours" in fault for fault in clock.zones(timezone.now())] == [True]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Centre]:
    """A centre with data and keys, on which much was done by hand behind the product's back."""
    with restored("last-filled", tmp_path_factory.mktemp("broken")) as centre:
        done = centre.run("migrate")
        assert done.returncode == 0, done.stderr
        for name in ("centre-1.key", "audit-1.key"):
            (centre.folder / "keys" / name).write_bytes(os.urandom(32))
        with centre.owner() as connection:
            connection.execute(FUTURE.encode())
            connection.execute(b"ALTER TABLE people_person DISABLE ROW LEVEL SECURITY")
            connection.execute(b"ALTER TABLE access_auditentry DISABLE TRIGGER USER")
            connection.execute(f"GRANT UPDATE (mac) ON access_auditentry TO {ROLE}".encode())
            connection.execute(f"REVOKE SELECT ON people_relation FROM {ROLE}".encode())
        yield centre


def test_the_command_tells_all_of_it(broken: Centre) -> None:
    """Case 9 of the faults, as one who runs the command sees it."""
    done = broken.run("check", EMAIL_URL="nonsense", PRZYSTAN_DEMO="1")
    assert done.returncode == 1, done.stderr
    for words in (
        "Row-level security is off on the table people_person",
        "The trigger access_audit_no_edit on the table access_auditentry is switched off",
        "lacks the right SELECT on people_relation",
        "has the right UPDATE on access_auditentry.mac",
        "centre-1.key is another file",
        "audit-1.key is another file",
        "EMAIL_URL is not the address",
        "Has it been set back?",
    ):
        assert words in done.stdout, done.stdout


def test_the_command_tells_an_upgrade_that_never_ended_in_polish(broken: Centre) -> None:
    with broken.owner() as connection:
        connection.execute(b"COMMENT ON TABLE django_migrations IS 'upgrade began 2026-11-30 08:00'")
    done = broken.run("check", PRZYSTAN_LANGUAGE="pl")
    assert done.returncode == 1
    assert "Aktualizacja rozpoczęta 2026-11-30 08:00 (UTC) nie dobiegła końca" in done.stdout


def test_each_part_is_looked_at() -> None:
    """A check that nobody calls looks at nothing."""
    files = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - {"__init__", "declared"}
    text = Path(checks.__file__).read_text()
    assert all(f"{name}.faults(" in text or f"{name}.remarks(" in text for name in files)
    assert configuration
    assert keys
