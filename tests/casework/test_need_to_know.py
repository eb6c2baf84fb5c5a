"""What the database itself, the person's page and `decide` say about files, for each persona."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from przystan.access.decisions import Standing, decide
from przystan.access.models import AuditEntry, Glass
from przystan.access.scope import acting
from przystan.casework import actions
from przystan.casework.enums import CaseKind
from przystan.casework.models import CaseFile
from przystan.casework.queries import case_seen, cases_of, my_cases
from przystan.casework.rights import CASES_READ
from przystan.people.models import Person
from tests.casework.conftest import TITLE, Files

TABLES = ["casework_casefile", "casework_note", "casework_noteversion"]
TEAM = {"lead", "member"}
EVERYBODY = ["lead", "member", "colleague", "elsewhere", "excluded", "coordinator", "lawyer", "reception", "director"]
EVERYBODY += ["officer", "administrator", "stranger"]


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("table", TABLES)
def test_the_database_shows_rows_to_the_team_alone(files: Files, who: str, table: str) -> None:
    with acting(files.actor(who)):
        assert rows(table) == (1 if who in TEAM else 0)


@pytest.mark.parametrize("table", TABLES)
def test_without_anybody_there_are_no_rows(files: Files, table: str) -> None:
    with connection.cursor() as cursor:
        for name in ("uid", "org", "purpose"):
            cursor.execute("SELECT set_config(%s, '', true)", [f"app.{name}"])
    found = rows(table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.purpose', 'system', true)")
    assert found == 0


@pytest.mark.parametrize("who", EVERYBODY)
def test_lists_and_decisions_agree(files: Files, who: str) -> None:
    actor = files.actor(who)
    case = CaseFile.objects.get(pk=files.case.pk)
    decision = decide(actor, CASES_READ, case)
    with acting(actor):
        assert CaseFile.objects.seen_by(actor).exists() == (case.standing_of(actor) is Standing.TEAM)
        if actor.can(CASES_READ):
            assert my_cases(actor).exists() == decision.allowed
        if not decision.allowed:
            with pytest.raises(CaseFile.DoesNotExist):
                case_seen(actor, case.ref)


def test_a_colleague_learns_that_there_is_a_file_and_who_leads_it(files: Files) -> None:
    for who, mine, others in [("lead", 1, 0), ("colleague", 0, 1), ("coordinator", 0, 1), ("reception", 0, 0)]:
        actor = files.actor(who)
        with acting(actor):
            found = cases_of(actor, Person.objects.seen_by(actor).get(pk=files.person.pk))
        assert (len(found.mine), len(found.others)) == (mine, others), who
        assert [one.leads for one in found.others] == [("Lead Nowak",)] * others


@pytest.mark.parametrize("kind", [CaseKind.LEGAL, CaseKind.PSYCHOLOGY, CaseKind.PROTECTION])
def test_of_a_secret_file_nobody_learns_that_it_is_there(files: Files, kind: CaseKind) -> None:
    files.with_key("lawyer")
    secret = files.act("lawyer", actions.open_case, person=files.person, kind=kind, title="Canary-secret")
    for who in ("lead", "colleague", "coordinator", "lawyer2"):
        actor = files.actor(who)
        with acting(actor):
            found = cases_of(actor, Person.objects.seen_by(actor).get(pk=files.person.pk))
        assert secret.ref not in {one.ref for one in [*found.mine, *found.others]}, who
        assert files.client(who).get(f"/cases/{secret.ref}/").status_code == 404
        assert secret.ref not in files.client(who).get(f"/people/{files.person.ref}/").text


def test_a_member_whose_role_ends_reads_no_secret_file(files: Files) -> None:
    files.with_key("lawyer")
    secret = files.act("lawyer", actions.open_case, person=files.person, kind=CaseKind.LEGAL, title="x")
    assert files.client("lawyer").get(f"/cases/{secret.ref}/").status_code == 200
    membership = files.people["lawyer"].memberships.get()
    membership.role = "adviser"
    membership.save()
    client = files.client("lawyer")
    assert client.get(f"/cases/{secret.ref}/").status_code == 404
    assert secret.ref not in client.get("/cases/").text


def test_broken_glass_lends_a_file_for_reading_until_its_hour(files: Files) -> None:
    actor, url = files.actor("colleague"), f"/cases/{files.case.ref}/"
    glass = broken(files, "colleague", hours=4)
    with acting(actor):
        actions.lend(by=actor, case=files.case, glass=glass)
    page = files.client("colleague").get(url)
    assert "emergency look: reading only" in page.text
    assert files.client("colleague").post(url, {"text": "x", "about": "2026-11-20"}).status_code == 404
    assert AuditEntry.objects.filter(action="glass.open", object_ref=files.case.ref, purpose=glass.ref).exists()
    again = broken(files, "colleague", hours=-1)
    with acting(actor):
        actions.lend(by=actor, case=files.case, glass=again)
    assert files.client("colleague").get(url).status_code == 404


def broken(files: Files, who: str, hours: int) -> Glass:
    now = timezone.now()
    return Glass.objects.create(
        organisation_id=files.point.organisation_id,
        user=files.people[who],
        model="casework.casefile",
        object_ref=files.case.ref,
        tier=2,
        category="danger",
        reason=b"x",
        opened_at=now - timedelta(hours=5),
        until=now + timedelta(hours=hours),
    )


def test_the_persons_page_says_whom_to_ask_and_nothing_of_the_matter(files: Files) -> None:
    for who in ("colleague", "coordinator"):
        text = files.client(who).get(f"/people/{files.person.ref}/").text
        assert "Lead Nowak" in text, who
        assert TITLE not in text
        assert f"/cases/{files.case.ref}/" not in text
    assert f"/cases/{files.case.ref}/" in files.client("lead").get(f"/people/{files.person.ref}/").text
