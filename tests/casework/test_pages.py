"""The pages of case files, as each persona sees them."""

import pytest
from django.urls import reverse

from przystan.access.models import AuditEntry
from przystan.casework import actions
from przystan.casework.models import CaseFile, CaseMember, Note, NoteVersion
from tests.casework.conftest import TITLE, WORDS, Files

OUTSIDE = ["colleague", "elsewhere", "excluded", "coordinator", "lawyer", "reception", "director", "officer"]
OUTSIDE += ["administrator", "stranger"]
NOBODY = "000000000000"


def addresses(files: Files, ref: str = "") -> list[str]:
    ref = ref or files.case.ref
    return [
        reverse("casework:case", args=[ref]),
        reverse("casework:team", args=[ref]),
        reverse("casework:note", args=[ref, files.note.ref]),
    ]


@pytest.mark.parametrize("who", ["lead", "member"])
def test_its_team_reads_a_file(files: Files, who: str) -> None:
    page, team, note = [files.client(who).get(url) for url in addresses(files)]
    assert TITLE in page.text
    assert WORDS in page.text
    assert "Member Nowak" in team.text
    assert WORDS in note.text


def test_no_title_of_a_page_says_whose_file_it_is(files: Files) -> None:
    for url in addresses(files):
        head = files.client("lead").get(url).text.split("</title>")[0]
        assert TITLE not in head
        assert "Коваленко" not in head


@pytest.mark.parametrize("who", OUTSIDE)
def test_for_others_a_file_is_missing(files: Files, who: str) -> None:
    for mine, missing in zip(addresses(files), addresses(files, NOBODY), strict=True):
        for method in ("get", "post"):
            there, nowhere = [getattr(files.client(who), method)(url) for url in (mine, missing)]
            assert there.status_code == nowhere.status_code == 404
            assert len(there.content) == len(nowhere.content)
            assert TITLE not in there.text
            assert WORDS not in there.text


@pytest.mark.parametrize("who", OUTSIDE)
def test_lists_of_others_hold_nothing_of_it(files: Files, who: str) -> None:
    page = files.client(who).get(reverse("casework:cases"))
    assert page.status_code in (200, 404)
    assert TITLE not in page.text
    assert files.case.ref not in page.text


def test_a_note_of_another_file_is_missing_in_this_one(files: Files) -> None:
    other = files.act("lead", actions.open_case, person=files.person, kind="support", title="Other")
    page = files.client("lead").get(reverse("casework:note", args=[other.ref, files.note.ref]))
    assert page.status_code == 404


def test_somebody_let_go_reads_nothing_at_the_next_request(files: Files) -> None:
    client = files.client("member")
    assert client.get(addresses(files)[0]).status_code == 200
    url = reverse("casework:end_member", args=[files.case.ref, files.people["member"].ref])
    assert files.client("lead").post(url).status_code == 302
    assert [client.get(one).status_code for one in addresses(files)] == [404] * 3
    assert TITLE not in client.get(reverse("casework:cases")).text


def test_who_is_excluded_later_reads_nothing_any_more(files: Files) -> None:
    client = files.client("member")
    files.person.exclusions.create(user=files.people["member"])
    assert [client.get(one).status_code for one in addresses(files)] == [404] * 3


def test_a_file_is_opened_from_the_form_once(files: Files) -> None:
    url = reverse("casework:new") + f"?person={files.person.ref}"
    client = files.client("colleague")
    form = client.get(url).context["form"]
    sent = {"ref": form["ref"].value(), "kind": "support", "title": "A new matter"}
    first, second = client.post(url, sent), client.post(url, sent)
    assert first.url == second.url == reverse("casework:case", args=[sent["ref"]])
    assert CaseFile.objects.count() == 2
    assert CaseMember.objects.filter(case__ref=sent["ref"]).count() == 1
    assert AuditEntry.objects.filter(action="case.open", object_ref=sent["ref"]).count() == 1


@pytest.mark.parametrize("kind", ["legal", "psychology", "protection"])
def test_an_adviser_is_offered_no_secret_kind(files: Files, kind: str) -> None:
    url = reverse("casework:new") + f"?person={files.person.ref}"
    client = files.client("colleague")
    assert kind not in client.get(url).text
    assert client.post(url, {"ref": "0123456789ab", "kind": kind, "title": "x"}).status_code == 200
    assert CaseFile.objects.count() == 1


@pytest.mark.parametrize("who", ["elsewhere", "excluded", "stranger", "director", "reception"])
def test_who_does_not_know_a_person_opens_no_file_about_them(files: Files, who: str) -> None:
    url = reverse("casework:new") + f"?person={files.person.ref}"
    assert files.client(who).get(url).status_code == 404
    assert files.client(who).post(url, {"kind": "support", "title": "x"}).status_code == 404


def test_a_note_is_written_once(files: Files) -> None:
    client, url = files.client("member"), addresses(files)[0]
    form = client.get(url).context["form"]
    sent = {"text": "Second note", "about": "2026-11-20", "form_token": str(form["form_token"].value())}
    assert [client.post(url, sent).status_code for _ in range(3)] == [302] * 3
    assert Note.objects.count() == NoteVersion.objects.count() == 2
    assert "Second note" in client.get(url).text


def test_what_was_typed_stays_when_it_is_refused(files: Files) -> None:
    page = files.client("member").post(addresses(files)[0], {"text": "Kept words", "about": "2999-01-01"})
    assert "Kept words" in page.text
    assert "This day has not come yet." in page.text


def test_a_closed_file_is_read_not_written(files: Files) -> None:
    url = reverse("casework:closure", args=[files.case.ref])
    assert files.client("member").post(url).status_code == 404
    assert files.client("lead").post(url).status_code == 302
    assert files.client("lead").post(addresses(files)[0], {"text": "x", "about": "2026-11-20"}).status_code == 404
    assert WORDS in files.client("member").get(addresses(files)[0]).text
    assert TITLE in files.client("member").get(reverse("casework:cases") + "?closed=1").text
    assert files.client("lead").post(url, {"undo": "1"}).status_code == 302
    assert TITLE in files.client("member").get(reverse("casework:cases")).text


def test_only_who_leads_names_colleagues(files: Files) -> None:
    url = reverse("casework:team", args=[files.case.ref])
    sent = {"user": files.people["colleague"].ref, "role": "works"}
    assert files.client("member").post(url, sent).status_code == 404
    assert files.client("lead").post(url, sent).status_code == 302
    assert files.client("colleague").get(addresses(files)[0]).status_code == 200


@pytest.mark.parametrize("who", ["excluded", "stranger", "reception", "director", "administrator"])
def test_who_must_not_know_is_not_offered_and_not_named(files: Files, who: str) -> None:
    url, ref = reverse("casework:team", args=[files.case.ref]), files.people[who].ref
    assert ref not in files.client("lead").get(url).text
    assert files.client("lead").post(url, {"user": ref, "role": "works"}).status_code == 200
    assert files.client(who).get(addresses(files)[0]).status_code == 404


def test_the_last_who_leads_cannot_go(files: Files) -> None:
    url = reverse("casework:end_member", args=[files.case.ref, files.people["lead"].ref])
    page = files.client("lead").post(url, follow=True)
    assert "Name somebody else who leads the file first." in page.text
    assert files.client("lead").get(addresses(files)[0]).status_code == 200


def test_each_look_leaves_one_row_for_the_file_and_one_for_each_note(files: Files) -> None:
    files.act("lead", actions.write_note, case=files.case, text="Another")
    before = AuditEntry.objects.filter(action="read").count()
    files.client("member").get(addresses(files)[0])
    rows = AuditEntry.objects.filter(action="read", actor_id=files.people["member"].pk)
    assert rows.count() - before == 3
    assert {(row.model, row.tier) for row in rows} == {("casework.casefile", 2), ("casework.note", 2)}
    assert rows.get(object_ref=files.note.ref).fields == ["about", "text"]


def test_of_a_restricted_person_nothing_new_is_written(files: Files) -> None:
    files.person.restricted_on = "2026-11-01"
    files.person.save()
    page = files.client("member").post(addresses(files)[0], {"text": "Kept words", "about": "2026-11-20"})
    assert "may only be kept now" in page.text
    assert "Kept words" in page.text
    page = files.client("member").post(addresses(files)[2], {"number": 1, "text": "Other words"})
    assert "may only be kept now" in page.text
    assert NoteVersion.objects.count() == 1


def test_who_leads_a_file_sees_who_looked_at_it_and_nobody_else_does(files: Files) -> None:
    files.client("member").get(f"/cases/{files.case.ref}/")
    page = files.client("lead").get(f"/cases/{files.case.ref}/team/").text
    assert "Who looked" in page
    assert "wrote a note" in page
    member = files.people["member"].full_name
    assert [row.who for row in files.client("lead").get(f"/cases/{files.case.ref}/team/").context["looks"]].count(
        member
    ) >= 2
    assert "Who looked" not in files.client("member").get(f"/cases/{files.case.ref}/team/").text
