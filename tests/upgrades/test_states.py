"""Data of every earlier version come up to this one: what people wrote is untouched, the tables as if made anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from przystan.access import verifying
from przystan.access.keys import staff
from przystan.access.keys.unlocked import ring
from przystan.access.models import User
from przystan.access.scope import acting
from przystan.casework.demo import PASSPHRASE
from przystan.casework.models import CaseMember, Note, NoteVersion
from przystan.people.models import Channel, Person, TitleHeld
from przystan.support.models import Support
from przystan.team.queries import actor_for
from tests.harness import database

from .comparing import Rows, contents, differences, shape
from .restoring import Centre, restored

# Sessions end with an upgrade from the first state; the rest is Django's, or made by the machine of what people wrote.
MACHINES = {
    *("django_session", "django_migrations", "django_cache", "upgrade_text", "auth_permission"),
    *("people_personname.keys", "people_namesearch.keys"),
}
# Words that are sealed from now on: tested on their own. Rows of the log have a number instead of an id.
SEALED = {"people_channel.shared_with", "people_titleheld.document", "support_support.correction_reason"}
SHIPPED = {"privacy_retentionrule"}  # brought up to date with each version
# What is wrong with any demo on the tests' own server, and no matter of an upgrade.
ALLOWED = ("never typed back from paper", "can lose saved work")


@dataclass(frozen=True)
class Upgraded:
    """A centre after `przystan migrate`; `before` is what its tables held."""

    state: str
    centre: Centre
    before: Rows


@pytest.fixture(scope="module", params=["first-filled", "first-empty", "second-filled", "last-filled", "last-empty"])
def upgraded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None
) -> Iterator[Upgraded]:
    with restored(request.param, tmp_path_factory.mktemp(request.param)) as centre:
        with centre.owner() as connection:
            before = contents(connection)
        done = centre.run("migrate")
        assert done.returncode == 0, done.stderr
        yield Upgraded(request.param, centre, before)


@pytest.fixture
def inside(upgraded: Upgraded, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Upgraded]:
    """This process uses the upgraded centre, as the application's role."""
    monkeypatch.setattr(settings, "KEYS_DIR", str(upgraded.centre.folder / "keys"))
    monkeypatch.setattr(settings, "AUDIT_ANCHORS", str(upgraded.centre.folder / "anchors.log"))
    with django_db_blocker.unblock(), database.using(upgraded.centre.database):
        yield upgraded


def test_what_people_wrote_is_untouched(upgraded: Upgraded) -> None:
    with upgraded.centre.owner() as connection:
        after = contents(connection)
    before = {table: rows for table, rows in upgraded.before.items() if table != "access_auditentry"}
    found = differences(before, after, MACHINES | SEALED | SHIPPED)
    assert not found, "\n".join(found[:20])


def test_the_tables_are_as_if_made_anew(upgraded: Upgraded) -> None:
    with upgraded.centre.owner() as connection:
        found = shape(connection)
    with database.connect_to(database.cluster.owner_database() | {"NAME": database.migrated()}) as connection:
        fresh = shape(connection)
    for kind in fresh:
        assert not (missing := fresh[kind] - found[kind]), f"{kind} are missing: {missing}"
        assert not (more := found[kind] - fresh[kind]), f"{kind} are left over: {more}"


def test_a_second_time_there_is_nothing_to_do(upgraded: Upgraded) -> None:
    if upgraded.state != "first-filled":
        pytest.skip("the longest way is enough")
    assert "(0 changes made)" in (done := upgraded.centre.run("migrate")).stdout, done.stderr
    assert upgraded.centre.run("migrate", "--plan").stdout == "Nothing to do.\n"


def test_check_is_content(upgraded: Upgraded) -> None:
    if upgraded.state.endswith("empty"):
        pytest.skip("where there is more, more can be wrong")
    done = upgraded.centre.run("check", PRZYSTAN_DEMO="1")
    faults = [line for line in done.stdout.splitlines() if not any(words in line for words in ALLOWED)]
    assert faults in ([], ["All is well."]), done.stderr


def test_rows_of_the_log_are_all_there_and_chained(inside: Upgraded) -> None:
    names = ("at", "actor_id", "action", "model", "object_ref", "fields", "roles")
    before = [{name: row[name] for name in names} for row in inside.before["access_auditentry"].values()]
    with inside.centre.owner() as connection:
        rows = list(contents(connection)["access_auditentry"].values())
    rows.sort(key=lambda row: int(row["seq"]))
    after = [{name: row[name] for name in names} for row in rows[: len(before)]]
    assert after == before
    report = verifying.verify()
    assert report.fault is None
    assert report.rows == len(rows)


def test_words_that_are_sealed_now_open_and_are_the_same(inside: Upgraded) -> None:
    for model, field in ((Channel, "shared_with"), (TitleHeld, "document"), (Support, "correction_reason")):
        for key, row in inside.before[model._meta.db_table].items():
            if (old := row[field]) in ("", "\\x"):
                continue
            now = getattr(model._base_manager.get(pk=key), field)
            assert now if old.startswith("\\x") else now == old, "it opens; and if it was in clear, it says the same"


def test_notes_of_case_files_open_for_their_team(inside: Upgraded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by the passphrase that its reader had."""
    monkeypatch.setattr(settings, "PASSPHRASE_MEMORY", 128 * 1024)  # as it was when the keys were made
    privates: dict[int, bytes] = {}
    notes = list(Note.objects.select_related("case").order_by("id"))
    assert len(notes) == len(inside.before.get("casework_note", ()))
    for note in notes:
        member = CaseMember.objects.filter(case=note.case).order_by("id").first()
        assert member
        reader, actor = member.user, actor_for(member.user)
        assert actor
        if reader.pk not in privates and staff.state_of(reader):
            privates[reader.pk] = staff.by_passphrase(reader, PASSPHRASE)
        with acting(actor), ring(reader.pk, privates.get(reader.pk)):
            assert NoteVersion.objects.filter(note=note).latest("id").text


def test_the_pages_open(inside: Upgraded) -> None:
    for user in User.objects.filter(memberships__role="coordinator").order_by("id")[:1]:
        client = Client()
        client.force_login(user)
        person = Person.objects.order_by("id").first()
        pages = ["/", "/people/", "/reports/", "/programmes/", *([f"/people/{person.ref}/"] if person else [])]
        for page in pages:
            answer = client.get(page, follow=True)
            assert answer.status_code == 200, f"{page}: {answer.status_code}"


def test_who_worked_with_somebody_lately_is_in_their_team(inside: Upgraded) -> None:
    """Need-to-know began after the first state: its teams are made of the last year's work, the others keep theirs."""
    if "people_teammember" in inside.before:
        expected = {member(row) for row in inside.before["people_teammember"].values()}
    else:
        expected = set(worked_lately(inside.before))
    with inside.centre.owner() as connection:
        rows = contents(connection)["people_teammember"].values()
    assert {member(row) for row in rows} == expected


def member(row: dict[str, Any]) -> tuple[int, int, str]:
    """(person, colleague, why)."""
    return row["person_id"], row["user_id"], row["source"]


def worked_lately(before: Rows) -> Iterator[tuple[int, int, str]]:
    """(person, colleague, why) of the last 365 days, by the rows themselves."""
    since = (timezone.now() - timedelta(days=365)).isoformat()
    for person in before["people_person"].values():
        if person["created_by_id"] and person["created_at"] > since:
            yield person["id"], person["created_by_id"], "registered"
    for recipient in before["support_supportperson"].values():
        entry = before["support_support"][str(recipient["support_id"])]
        if entry["kind"] == "full" and entry["sign"] == 1 and entry["staff_id"] and entry["day"] > since[:10]:
            yield recipient["person_id"], entry["staff_id"], "support"
