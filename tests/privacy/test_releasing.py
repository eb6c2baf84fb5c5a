"""A copy of a case file of tier 3 or 4: who leads it gives or withholds it, and nobody else learns of it."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from przystan.access.models import AuditEntry
from przystan.access.modules import holders
from przystan.access.scope import acting
from przystan.casework import actions as casework
from przystan.casework.enums import CaseKind, MemberRole
from przystan.casework.models import CaseFile
from przystan.privacy import actions, tasks
from przystan.privacy.enums import Delivery, Ground, RequestKind, RequestState
from przystan.privacy.models import Erasure, Pack, Release, SubjectRequest
from przystan.privacy.queries.releasing import File
from tests import factories
from tests.casework.conftest import Files, build
from tests.harness.age import QuickLock

TITLE, WORDS, BEFORE, OTHER = "Canary-title-legal", "Canary-now-5519", "Canary-before-2203", "Canary-other-6672"
ASKED = "This person asked for a copy of their data"
OUTSIDE = ["colleague", "elsewhere", "excluded", "coordinator", "reception", "director", "officer", "administrator"]
OUTSIDE += ["stranger"]
COPY = {"language": "pl", "earlier": "on"}
REASON = {"ground": "others", "words": "Her brother tells of himself in it"}


@pytest.fixture
def files(db: None, settings: Any, tmp_path: Any) -> Files:
    settings.KEYS_DIR = tmp_path / "keys"
    made = build()
    made.with_key("lawyer", "lawyer2")
    return made


@pytest.fixture
def legal(files: Files) -> CaseFile:
    """Led by "lawyer", with "lawyer2" in the team; beside it a file of another lawyer, and that of tier 2."""
    case: CaseFile = files.act("lawyer", casework.open_case, person=files.person, kind=CaseKind.LEGAL, title=TITLE)
    note = files.act("lawyer", casework.write_note, case=case, text=BEFORE)
    files.act("lawyer", casework.amend_note, note=note, number=1, text=WORDS)
    files.act("lawyer", casework.name_member, case=case, user=files.people["lawyer2"])
    other = files.act("lawyer2", casework.open_case, person=files.person, kind=CaseKind.LEGAL, title=OTHER)
    files.act("lawyer2", casework.write_note, case=other, text=OTHER)
    return case


@pytest.fixture
def asked(files: Files, legal: CaseFile) -> SubjectRequest:
    made: SubjectRequest = files.act(
        "coordinator", actions.receive, person=files.person, kind=RequestKind.COPY, received_on=timezone.localdate()
    )
    return made


def as_file(case: CaseFile) -> File:
    return File(holders()["casework.casefile"], case)


def notice(client: Client, case: CaseFile) -> HttpResponse:
    return client.get(f"/cases/{case.ref}/")


def copy_url(case: CaseFile) -> str:
    return f"/privacy/files/casework.casefile/{case.ref}/copy/"


def opened(client: Client, case: CaseFile, **form: str) -> tuple[str, dict[str, Any]]:
    """Make the copy, fetch it, open it by the passphrase that was shown: the page and the data."""
    made = client.post(copy_url(case), form or COPY)
    assert made.status_code == 200, made.text
    fetched = client.post(f"/privacy/files/casework.casefile/{case.ref}/copies/{made.context['pack'].ref}/")
    bundle = zipfile.ZipFile(io.BytesIO(QuickLock.decrypt(fetched.content, made.context["words"])))
    return bundle.read("index.html").decode(), json.loads(bundle.read("data.json"))


def addresses(case: CaseFile, pack: Pack) -> list[str]:
    base = f"/privacy/files/casework.casefile/{case.ref}/"
    return [base + "copy/", base + "withholding/", f"{base}copies/{pack.ref}/"]


def test_who_leads_a_file_makes_its_copy(files: Files, legal: CaseFile, asked: SubjectRequest) -> None:
    second = files.act("lawyer", casework.open_case, person=files.person, kind=CaseKind.LEGAL, title=OTHER)
    files.act("lawyer", casework.write_note, case=second, text=OTHER)
    client = files.unlocked("lawyer")
    assert ASKED in notice(client, legal).text
    assert "Other people named in your notes are not taken out" in client.get(copy_url(legal)).text
    page, data = opened(client, legal)
    everything = page + json.dumps(data, ensure_ascii=False)
    for known in (TITLE, WORDS, BEFORE, "Adwokat/-ka lub radca prawny/-a", timezone.localdate().isoformat()):
        assert known in everything
    assert page.index(WORDS) < page.index(BEFORE)
    assert [len(data[table]) for table in ("casework.casefile", "casework.noteversion")] == [1, 2]
    for hidden in (OTHER, "Canary-note-9245", "Lawyer Nowak", "Second Lawyer", legal.ref):
        assert hidden not in everything
    assert 'lang="pl"' in page
    assert "Teczki" in page  # in the language of who reads it, not of who makes it
    told = AuditEntry.objects.filter(object_ref=legal.ref, action__startswith="copy.").order_by("seq")
    assert [row.action for row in told] == ["copy.make", "copy.fetch"]
    assert "The copy was made on" in notice(client, legal).text


def test_earlier_wordings_stay_out_where_who_leads_it_says_so(
    files: Files, legal: CaseFile, asked: SubjectRequest
) -> None:
    page, _data = opened(files.unlocked("lawyer"), legal, language="en")
    assert WORDS in page
    assert BEFORE not in page
    assert TITLE in page


def test_with_a_locked_key_one_is_told_to_unlock(files: Files, legal: CaseFile, asked: SubjectRequest) -> None:
    client = files.client("lawyer")
    piece, page = notice(client, legal).text, client.get(copy_url(legal)).text
    assert ASKED in piece
    assert copy_url(legal) not in piece
    for text in (piece, page):
        assert "Unlock your key first." in text
        assert TITLE not in text
    for url, sent in ((copy_url(legal), COPY), (f"/privacy/files/casework.casefile/{legal.ref}/withholding/", REASON)):
        assert client.post(url, sent).status_code == 302
        assert "Unlock your key first." in client.get(copy_url(legal)).text
    assert not Pack.objects.exists()
    assert not Release.objects.exists()


def test_a_member_who_does_not_lead_it_has_no_part(files: Files, legal: CaseFile, asked: SubjectRequest) -> None:
    opened(files.unlocked("lawyer"), legal)
    client, pack = files.unlocked("lawyer2"), Pack.objects.get()
    assert ASKED not in notice(client, legal).text
    for url in addresses(legal, pack):
        assert client.post(url, COPY | REASON).status_code == 404
    assert client.get(copy_url(legal)).status_code == 404
    assert Pack.objects.count() == 1


def test_for_others_there_is_neither_file_nor_copy(files: Files, legal: CaseFile, asked: SubjectRequest) -> None:
    opened(files.unlocked("lawyer"), legal)
    urls = addresses(legal, Pack.objects.get())
    for who in OUTSIDE:
        client = files.client(who)
        for method, url in [*(("post", url) for url in urls), *(("get", url) for url in urls[:1])]:
            there, nowhere = [getattr(client, method)(one) for one in (url, url.replace(legal.ref, "0" * 12))]
            assert there.status_code == nowhere.status_code == 404, (who, url)
            assert len(there.content) == len(nowhere.content)


def test_who_made_it_alone_fetches_it_and_only_while_leading(
    files: Files, legal: CaseFile, asked: SubjectRequest
) -> None:
    client, second = files.unlocked("lawyer"), files.unlocked("lawyer2")
    opened(client, legal)
    url = addresses(legal, Pack.objects.get())[2]
    third = files.people["lawyer3"] = factories.user(files.point.organisation, "lawyer", name="Third Lawyer")
    files.with_key("lawyer3")
    files.act("lawyer", casework.name_member, case=legal, user=third, role=MemberRole.LEAD)
    assert files.unlocked("lawyer3").get(copy_url(legal)).status_code == 200
    for other in (second, files.unlocked("lawyer3")):
        assert other.post(url).status_code == 404
    files.act("lawyer3", casework.end_member, case=legal, user=files.people["lawyer"])
    assert client.post(url).status_code == 404
    assert client.post(copy_url(legal), COPY).status_code == 404


def test_it_is_withheld_with_a_reason_that_stays_with_the_file(
    files: Files, legal: CaseFile, asked: SubjectRequest
) -> None:
    client = files.unlocked("lawyer")
    opened(client, legal)
    url = f"/privacy/files/casework.casefile/{legal.ref}/withholding/"
    assert client.post(url, {"ground": "others", "words": "short"}).status_code == 200
    assert not Release.objects.exclude(ground="").exists()
    assert client.post(url, REASON).status_code == 302
    assert "Withheld on" in notice(client, legal).text
    assert REASON["words"] in client.get(copy_url(legal)).text
    assert REASON["words"] not in files.client("lawyer").get(copy_url(legal)).text
    sealed = Release.objects.values_list("words", flat=True)[0].blob
    assert sealed
    assert REASON["words"].encode() not in sealed
    assert not Pack.objects.exists()
    row = AuditEntry.objects.get(action="copy.withhold")
    assert (row.object_ref, row.purpose, row.fields) == (legal.ref, "others", [])
    page, _data = opened(client, legal)  # thought better of it
    assert WORDS in page
    assert [(one.ground, one.words) for one in Release.objects.all()] == [("", "")]


def test_the_coordinator_learns_nothing_of_files_that_are_not_theirs_to_know(
    files: Files, legal: CaseFile, asked: SubjectRequest
) -> None:
    coordinator, person = files.client("coordinator"), files.person
    pages = [f"/privacy/requests/{asked.ref}/", "/privacy/", "/"]
    pages += [f"/privacy/people/{person.ref}/", f"/privacy/people/{person.ref}/erasure/"]
    before = [_without_tokens(coordinator.get(url)) for url in pages]
    client = files.unlocked("lawyer")
    opened(client, legal)
    client.post(f"/privacy/files/casework.casefile/{legal.ref}/withholding/", REASON)
    assert [_without_tokens(coordinator.get(url)) for url in pages] == before
    answered = coordinator.post(f"/privacy/people/{person.ref}/copies/", {"language": "en"})
    file = coordinator.post(f"/privacy/copies/{Pack.objects.latest('pk').ref}/").content
    bundle = zipfile.ZipFile(io.BytesIO(QuickLock.decrypt(file, answered.context["words"])))
    everything = bundle.read("index.html") + bundle.read("data.json")
    assert b"Canary-note-9245" in everything  # tier 2 is in it
    for hidden in (TITLE, WORDS, "privacy.release", "Withheld", legal.ref):
        assert hidden.encode() not in everything


def _without_tokens(response: HttpResponse) -> list[str]:
    assert response.status_code == 200
    return [line for line in response.text.splitlines() if "csrf" not in line.lower() and "data-lock" not in line]


def test_a_coordinator_in_the_team_reads_the_reason_of_the_law_only(
    files: Files, legal: CaseFile, asked: SubjectRequest
) -> None:
    both = files.people["both"] = factories.user(files.point.organisation, "coordinator", files.point)
    both.memberships.create(organisation=files.point.organisation, role="lawyer")
    files.with_key("both")
    files.act("lawyer", casework.name_member, case=legal, user=both)
    files.act("lawyer", actions.withhold, file=as_file(legal), ground=Ground.SECRECY, words=REASON["words"])
    page = files.unlocked("both").get(f"/privacy/requests/{asked.ref}/").text
    assert str(Ground.SECRECY.label) in page
    assert REASON["words"] not in page


def test_without_a_request_there_is_nothing_to_give(files: Files, legal: CaseFile) -> None:
    client = files.unlocked("lawyer")
    assert ASKED not in notice(client, legal).text
    assert client.get(copy_url(legal)).status_code == client.post(copy_url(legal), COPY).status_code == 404
    other = factories.person(files.point)
    for person, kind in ((files.person, RequestKind.ERASE), (other, RequestKind.COPY)):
        files.act("coordinator", actions.receive, person=person, kind=kind, received_on=timezone.localdate())
    assert ASKED not in notice(client, legal).text


def test_a_file_of_tier_2_is_in_the_copy_of_the_coordinator(files: Files, asked: SubjectRequest) -> None:
    client = files.client("lead")
    assert ASKED not in notice(client, files.case).text
    assert client.get(copy_url(files.case)).status_code == 404


def test_an_answer_of_the_coordinator_does_not_answer_for_the_file(
    files: Files, legal: CaseFile, asked: SubjectRequest
) -> None:
    client = files.unlocked("lawyer")
    ended = {"state": RequestState.ANSWERED, "delivery": Delivery.IN_PERSON}
    assert "A copy of a protected file that you lead is asked for" in client.get("/").text
    files.act("coordinator", actions.answer, request=asked, **ended)
    assert ASKED in notice(client, legal).text
    assert WORDS in opened(client, legal)[0]
    assert ASKED not in notice(client, legal).text
    assert "A copy of a case file" not in client.get("/").text


def test_a_refused_request_asks_for_no_file(files: Files, legal: CaseFile, asked: SubjectRequest) -> None:
    ended = {"state": RequestState.REFUSED, "delivery": Delivery.IN_PERSON}
    files.act("coordinator", actions.answer, request=asked, **ended)
    assert ASKED not in notice(files.unlocked("lawyer"), legal).text


@pytest.mark.age
def test_nothing_of_it_is_kept_in_clear_and_it_goes_after_a_day(
    files: Files, legal: CaseFile, asked: SubjectRequest
) -> None:
    assert files.unlocked("lawyer").post(copy_url(legal), COPY).status_code == 200
    content = bytes(Pack.objects.get().content)
    assert content.startswith(b"age-encryption.org/v1")
    for clear in (TITLE, WORDS, BEFORE, "PK\x03\x04", "index.html"):
        assert clear.encode() not in content
    Pack.objects.update(at=timezone.now() - timedelta(hours=25))
    tasks.throw_away(0)
    assert not Pack.objects.exists()
    assert Release.objects.count() == 1


def test_an_erasure_counts_no_file_that_is_not_to_be_known(
    files: Files, legal: CaseFile, asked: SubjectRequest
) -> None:
    opened(files.unlocked("lawyer"), legal)
    page = files.client("coordinator").get(f"/privacy/people/{files.person.ref}/erasure/").text
    assert "<li>Case files: 1</li>" in page  # of tier 2
    assert "Copy of a protected file" not in page
    assert "Copies made" not in page


def test_erasing_the_person_takes_it_away(files: Files, legal: CaseFile, asked: SubjectRequest) -> None:
    opened(files.unlocked("lawyer"), legal)
    erasure = files.act("coordinator", actions.ask_erasure, person=files.person)
    second = factories.actor(files.point.organisation, "coordinator")
    with acting(second):
        actions.confirm_erasure(by=second, erasure=erasure)
    report = Erasure.objects.get(pk=erasure.pk).report
    assert report["deleted"]["casework.casefile"] == 1  # of tier 2: the others are told to nobody
    assert not {"privacy.release", "privacy.pack"} & report["deleted"].keys()
    assert not CaseFile.objects.exists()
    assert not Release.objects.exists()
    assert not Pack.objects.exists()
