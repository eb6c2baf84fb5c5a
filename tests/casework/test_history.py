"""What a file said of itself before: kept by the database, sealed as it was, for its team only."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from przystan.access import scope
from przystan.access.actors import system
from przystan.access.models import AuditEntry
from przystan.casework import actions
from przystan.casework.models import CaseBefore, CaseFile
from przystan.casework.queries import case_seen
from przystan.casework.queries.history import history_of, told
from przystan.people.queries.changes import Change, Line
from przystan.privacy.actions.wiping import wipe_rows
from tests.casework.conftest import TITLE, Files
from tests.casework.test_pages import OUTSIDE

pytestmark = pytest.mark.django_db


def timeline(files: Files, who: str = "lead") -> list[Change]:
    def tell(by: Any) -> list[Change]:
        case = case_seen(by, files.case.ref)
        return told(by, case, list(history_of(by, case)))

    changes: list[Change] = files.act(who, tell)
    return changes


def link(files: Files) -> str:
    return reverse("casework:history", args=[files.case.ref])


def test_closing_and_opening_again_are_told(files: Files) -> None:
    assert timeline(files) == []
    files.act("lead", actions.close_case, case=files.case)
    files.act("lead", actions.reopen_case, case=files.case)
    again, closed = timeline(files)
    assert (closed.what, closed.by, closed.kind) == ("case file", "Lead Nowak", "changed")
    assert [(line.label, line.was, bool(line.became)) for line in closed.lines] == [("closed on", "", True)]
    assert again.lines == [Line("closed on", closed.lines[0].became or "", "")]
    assert AuditEntry.objects.filter(action="read", fields__contains=["earlier"], object_ref=files.case.ref).exists()


def test_a_title_stays_sealed(files: Files) -> None:
    def retitle(by: Any) -> None:
        case = case_seen(by, files.case.ref)
        case.title = "Other words"
        case.save()

    files.act("lead", retitle)
    assert timeline(files)[0].lines == [Line("title", "a sealed text", "another sealed text")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT before->>'title' FROM casework_casebefore")
        kept = bytes.fromhex(cursor.fetchone()[0][2:])
    assert kept
    assert TITLE.encode() not in kept


@pytest.mark.parametrize("who", OUTSIDE)
def test_for_others_it_is_missing_for_the_database_too(files: Files, who: str) -> None:
    files.act("lead", actions.close_case, case=files.case)
    there = files.client(who).get(link(files))
    nowhere = files.client(who).get(reverse("casework:history", args=["000000000000"]))
    assert there.status_code == nowhere.status_code == 404
    assert len(there.content) == len(nowhere.content)
    with scope.acting(files.actor(who)):
        assert not CaseBefore.objects.exists()


def test_the_team_gets_there_from_the_file_once_something_changed(files: Files) -> None:
    here = reverse("casework:case", args=[files.case.ref])
    assert link(files) not in files.client("member").get(here).text
    files.act("lead", actions.close_case, case=files.case)
    assert link(files) in files.client("member").get(here).text
    assert "closed on" in files.client("member").get(link(files)).text


def test_it_goes_with_the_file(files: Files) -> None:
    files.act("lead", actions.close_case, case=files.case)
    wipe_rows({CaseFile: {files.case.pk}}, by=system(files.case.organisation_id, "tests"))
    assert not CaseBefore.objects.exists()
