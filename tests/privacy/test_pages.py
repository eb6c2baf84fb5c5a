"""The privacy pages by personas: who finds which, what they say, and what a post does."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pyrage
import pytest
from django.test import Client
from django.utils import timezone

from przystan.access.models import AuditEntry, Glass
from przystan.casework.models import CaseFile, CaseMember, Note, NoteVersion
from przystan.kernel.refs import new_ref
from przystan.people.models import Channel, Citizenship, Person, PersonName, Relation, TeamMember
from przystan.privacy import tasks
from przystan.privacy.enums import ErasureState
from przystan.privacy.loading import load_retention
from przystan.privacy.models import ChainCheck, Erasure, Pack, RetentionRule, SubjectRequest
from przystan.team.queries import actor_for
from tests import factories

pytestmark = pytest.mark.django_db
REASON = {"category": "danger", "reason": "She fainted at the desk and we must call somebody."}


@pytest.fixture
def centre():
    return factories.organisation()


@pytest.fixture
def gdansk(centre):
    return factories.point(centre, "Gdańsk")


@pytest.fixture
def tczew(centre):
    return factories.point(centre, "Tczew")


def logged_in(of, role: str = "adviser", at=None, name: str = "Ala Nowak") -> Client:
    client = Client()
    client.account = factories.user(of, role, at, name)
    client.force_login(client.account)
    return client


PAGES = {
    "/privacy/": {"adviser", "coordinator", "director", "data_protection_officer"},
    "/privacy/ask/": {"adviser", "coordinator"},
    "/privacy/sent/": {"adviser", "coordinator"},
    "/privacy/glass/": {"coordinator", "director", "data_protection_officer"},
    "/privacy/audit/": {"data_protection_officer"},
    "/privacy/requests/": {"coordinator"},
    "/privacy/erasures/": {"adviser", "coordinator", "data_protection_officer"},
    "/privacy/retention/": {"coordinator", "data_protection_officer"},
    "/settings/access/": {
        "adviser",
        "coordinator",
        "director",
        "data_protection_officer",
        "interpreter",
        "administrator",
    },
}


@pytest.mark.parametrize("role", sorted(PAGES["/settings/access/"]))
def test_who_finds_which_page(centre, role):
    client = logged_in(centre, role)
    found = {url for url in PAGES if client.get(url).status_code == 200}
    assert found == {url for url, roles in PAGES.items() if role in roles}


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        ("coordinator", "gdansk", 200),
        ("coordinator", "tczew", 404),
        ("adviser", "gdansk", 404),
        ("director", None, 404),
    ],
)
def test_who_answers_for_a_person(centre, gdansk, tczew, role, at, status):
    person = factories.person(gdansk)
    client = logged_in(centre, role, {"gdansk": gdansk, "tczew": tczew, None: None}[at])
    for part in ("", "requests/new/", "holds/new/", "erasure/"):
        assert client.get(f"/privacy/people/{person.ref}/{part}").status_code == status, part


def test_a_stranger_and_a_protected_person_are_missing_alike(centre, gdansk):
    client = logged_in(centre, "coordinator", gdansk)
    alien = factories.person(factories.point(factories.organisation()))
    hidden = factories.person(gdansk, protected=True, alias="Bez-1")
    pages = [client.get(f"/privacy/people/{ref}/") for ref in (alien.ref, hidden.ref, new_ref())]
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(rb"[A-Za-z0-9]{64}|/privacy/people/\w+/", b"", page.content) for page in pages}) == 1


def test_asking_for_a_person_of_another_point_opens_their_page(centre, gdansk, tczew):
    person, client = factories.person(gdansk), logged_in(centre, "adviser", tczew)
    url = f"/privacy/ask/people.person/{person.ref}/"
    assert client.post(url, REASON | {"reason": "short"}).status_code == 200
    assert not Glass.objects.exists()
    answer = client.post(url, REASON)
    assert (answer.status_code, answer.url) == (302, f"/people/{person.ref}/")
    assert TeamMember.objects.get(user=client.account).person == person


def test_unknown_and_hidden_answer_the_same(centre, gdansk, tczew):
    client = logged_in(centre, "adviser", tczew)
    hidden = factories.person(gdansk, protected=True, alias="Bez-7F3K-Q2")
    for ref in (hidden.ref, new_ref()):
        answer = client.post(f"/privacy/ask/people.person/{ref}/", REASON)
        assert (answer.status_code, answer.url) == (302, "/privacy/sent/")
    for ref in ("Bez-7F3K-Q2", "Bez-7F3K-Q3"):
        answer = client.post("/privacy/ask/", REASON | {"model": "people.person", "ref": ref})
        assert (answer.status_code, answer.url) == (302, "/privacy/sent/")
    assert client.get("/privacy/ask/people.channel/" + new_ref() + "/").status_code == 404
    assert client.post("/privacy/ask/", REASON | {"model": "people.person", "ref": "Nowak"}).status_code == 200


def test_from_asking_to_reviewing(centre, gdansk, tczew):
    client = logged_in(centre, "case_manager", tczew)
    hidden = factories.person(gdansk, protected=True, alias="Bez-7F3K-Q2")
    client.post(f"/privacy/ask/people.person/{hidden.ref}/", REASON)
    glass = Glass.objects.get()
    director, officer = logged_in(centre, "director"), logged_in(centre, "data_protection_officer")
    assert "1 emergency look to approve" in director.get("/").content.decode()
    page = director.get(f"/privacy/glass/{glass.ref}/").content.decode()
    assert "fainted" in page
    assert "Bez-" not in page
    assert AuditEntry.objects.filter(action="read", object_ref=glass.ref).exists()
    assert logged_in(centre, "coordinator", gdansk).get(f"/privacy/glass/{glass.ref}/").status_code == 404
    assert client.get(f"/privacy/glass/{glass.ref}/").status_code == 404
    director.post(f"/privacy/glass/{glass.ref}/approval/")
    assert TeamMember.objects.get(person=hidden).user == client.account
    Glass.objects.update(opened_at=timezone.now() - timedelta(hours=73))
    assert "not reviewed in time" in officer.get("/").content.decode()
    officer.post(f"/privacy/glass/{glass.ref}/review/", {"justified": "no", "note": "Ask next time."})
    glass.refresh_from_db()
    assert (glass.justified, glass.reviewed_by) == (False, officer.account)
    assert "not reviewed" not in director.get("/privacy/").content.decode()


def test_the_log_tells_references_and_never_names(centre, gdansk, tczew):
    officer = logged_in(centre, "data_protection_officer")
    person, client = factories.person(gdansk, "Oksana Kanarek"), logged_in(centre, "adviser", tczew, "Ewa Lis")
    client.post(f"/privacy/ask/people.person/{person.ref}/", REASON)
    page = officer.get("/privacy/audit/").content.decode()
    assert person.ref in page
    assert "Ewa Lis" in page
    assert "Kanarek" not in page
    assert "opened for an emergency look" in page
    narrowed = officer.get("/privacy/audit/", {"action": "glass.open", "account": client.account.ref, "days": "7"})
    assert "asked for an emergency look" not in narrowed.content.decode().split("<tbody>")[1]
    assert person.ref not in officer.get("/privacy/audit/", {"ref": new_ref()}).content.decode()
    assert (
        person.ref
        not in logged_in(factories.organisation(), "data_protection_officer").get("/privacy/audit/").content.decode()
    )


def test_the_log_has_pages_and_says_how_the_chain_is(centre, gdansk):
    officer = logged_in(centre, "data_protection_officer")
    by = actor_for(officer.account)
    from przystan.access import audit

    audit.record_all(by, "test.row", [factories.person(gdansk) for _ in range(60)])
    ChainCheck.objects.create(rows=60, fault="")
    page = officer.get("/privacy/audit/")
    assert len(page.context["rows"]) == 50
    rest = officer.get("/privacy/audit/", {"before": page.context["next"]}).context["rows"]
    assert [row.seq for row in rest] == sorted((row.seq for row in rest), reverse=True)
    assert len(rest) >= 10
    assert "whole" in page.content.decode()
    for fault, said in (("EDITED 7", "Wiersz 7 zmieniono"), (ChainCheck.ANCHORS, "Pliku zakotwiczeń nie ma")):
        ChainCheck.objects.create(rows=60, fault=fault)
        assert said in officer.get("/privacy/audit/", headers={"accept-language": "pl"}).content.decode()
    assert officer.get("/privacy/audit/", {"before": "nonsense", "days": "x"}).status_code == 200


def test_many_looks_of_one_account_are_shown(centre, gdansk, settings):
    from przystan.access import audit
    from przystan.access.tiers import Tier

    settings.UNUSUAL_LOOKS = 3
    curious, calm = factories.actor(centre), factories.actor(centre)
    for actor, count in ((curious, 4), (calm, 3)):
        for _ in range(count):
            audit.read(actor, factories.person(gdansk), ["country"], Tier.T2)
    rows = logged_in(centre, "data_protection_officer").get("/privacy/").context["unusual"]
    assert [row["seen"] for row in rows] == [4]


def test_requests_are_registered_extended_and_answered(centre, gdansk):
    client, person = logged_in(centre, "coordinator", gdansk), factories.person(gdansk)
    day = timezone.localdate()
    data = {"kind": "copy", "received_on": day.isoformat(), "note": "By post, please"}
    client.post(f"/privacy/people/{person.ref}/requests/new/", data)
    made = SubjectRequest.objects.get()
    assert timedelta(days=27) < made.due_on - day < timedelta(days=32)
    assert "By post" not in str(SubjectRequest.objects.values_list("note", flat=True)[0].blob)
    url = f"/privacy/requests/{made.ref}/"
    assert seen_fields(made) == []
    assert "By post" in client.get(url).content.decode()
    assert seen_fields(made) == [["note"]]
    client.post(url + "extension/", {"reason": "Many old papers to read"})
    client.get(url)
    assert seen_fields(made) == [["note"], ["extension_reason", "note"]]
    made.refresh_from_db()
    assert made.due_on - day > timedelta(days=80)
    SubjectRequest.objects.update(due_on=day - timedelta(days=1), received_on=day - timedelta(days=40))
    assert "late" in client.get("/").content.decode()
    client.post(url, {"state": "answered", "delivery": "in_person"})
    made.refresh_from_db()
    assert (made.state, made.answered_on) == ("answered", day)
    assert "late" not in client.get("/").content.decode()
    assert client.get("/privacy/requests/").status_code == 200
    assert client.get(f"/privacy/people/{person.ref}/").status_code == 200


@pytest.mark.age
def test_a_copy_is_closed_complete_and_names_nobody_else(centre, gdansk):
    client = logged_in(centre, "coordinator", gdansk, "Zofia Wilk")
    person, other = factories.person(gdansk, "Олена Канарек"), factories.person(gdansk, "Petro Szpak")
    Relation.objects.create(person=person, other=other, kind="partner")
    Channel.objects.create(person=person, kind="phone", value="+48 500 100 200", shared_with="her mother")
    factories.support(gdansk, factories.service("Advice on work"), person, other, staff=client.account)
    lawyer = factories.user(centre, "lawyer")
    for kind, words in (("support", "open words"), ("legal", "secret words")):
        case = CaseFile(organisation=centre, point=gdansk, person=person, kind=kind, title=f"{kind} file")
        case.__dict__["title"] = case.title if kind == "support" else ""
        case.save()
        CaseMember.objects.create(case=case, user=lawyer, role="lead")
        note = Note.objects.create(case=case, author=lawyer)
        if kind == "support":
            NoteVersion.objects.create(note=note, number=1, text=words, by=lawyer)
    made = client.post(f"/privacy/people/{person.ref}/copies/", {"language": "uk"})
    words, pack = made.context["words"], Pack.objects.get()
    answer = client.post(f"/privacy/copies/{pack.ref}/")
    assert answer.content.startswith(b"age-encryption.org")
    bundle = zipfile.ZipFile(io.BytesIO(pyrage.passphrase.decrypt(answer.content, words)))
    page, data = bundle.read("index.html").decode(), json.loads(bundle.read("data.json"))
    for known in ("Олена Канарек", "+48 500 100 200", "her mother", "Advice on work", "open words"):
        assert known in page
        assert known in json.dumps(data, ensure_ascii=False)
    assert len(data["casework.casefile"]) == 1  # nor does the secret one show that it is there
    for hidden in ("Petro", "Szpak", "Zofia", "Wilk", "secret", "legal file", person.ref):
        assert hidden not in page + json.dumps(data, ensure_ascii=False)
    assert 'lang="uk"' in page
    assert client.get(f"/privacy/copies/{pack.ref}/").status_code == 405
    assert logged_in(centre, "coordinator", gdansk).post(f"/privacy/copies/{pack.ref}/").status_code == 404
    assert {"copy.make", "copy.fetch"} <= set(AuditEntry.objects.values_list("action", flat=True))
    Pack.objects.update(at=timezone.now() - timedelta(hours=25))
    tasks.throw_away(0)
    assert not Pack.objects.exists()


def seen_fields(row) -> list[list[str]]:
    """What was written down about looks at it, the first first."""
    looks = AuditEntry.objects.filter(action="read", model=row._meta.label_lower, object_ref=row.ref, tier=2)
    return list(looks.order_by("seq").values_list("fields", flat=True))


def test_erasing_through_the_pages(centre, gdansk):
    client, second = logged_in(centre, "coordinator", gdansk), logged_in(centre, "data_protection_officer")
    person = factories.person(gdansk)
    url = f"/privacy/people/{person.ref}/erasure/"
    assert "Names: 1" in client.get(url).content.decode()
    assert Person.objects.filter(pk=person.pk).exists()
    client.post(url)
    erasure = Erasure.objects.get()
    client.post(f"/privacy/erasures/{erasure.ref}/confirmation/")
    assert PersonName.objects.filter(person=person).exists()
    assert "1 erasure to confirm" in second.get("/").content.decode()
    assert second.post(f"/privacy/erasures/{new_ref()}/confirmation/").status_code == 404
    second.post(f"/privacy/erasures/{erasure.ref}/confirmation/")
    erasure.refresh_from_db()
    assert erasure.state == ErasureState.DONE
    assert client.get(f"/privacy/people/{person.ref}/").status_code == 404
    assert erasure.person_ref in second.get("/privacy/erasures/").content.decode()


def test_the_preview_of_an_erasure_tells_how_many_sensitive_facts_there_are_and_is_noted(centre, gdansk):
    client, person = logged_in(centre, "coordinator", gdansk), factories.person(gdansk)
    url = f"/privacy/people/{person.ref}/erasure/"
    client.get(url)
    assert seen_fields(person) == []
    Citizenship.objects.create(person=person, country="BY")
    assert "Citizenship" in client.get(url).content.decode()
    assert seen_fields(person) == [["citizenships"]]


def test_holds_and_restriction(centre, gdansk):
    client, person = logged_in(centre, "coordinator", gdansk), factories.person(gdansk)
    url = f"/privacy/people/{person.ref}/"
    client.post(url + "holds/new/", {"reason": "A court asks for the file", "ends_on": ""})
    client.post(url + "erasure/")
    assert not Erasure.objects.exists()
    page = client.get(url).content.decode()
    assert "A court asks" in page
    hold = client.get(url).context["holds"][0]
    assert seen_fields(hold) == [["reason"], ["reason"]]
    client.post(f"{url}holds/{hold.ref}/end/")
    client.post(url + "restriction/")
    person.refresh_from_db()
    assert person.restricted_on == timezone.localdate()
    assert "Kept, but not used" in client.get(url).content.decode()
    client.post(url + "restriction/")
    person.refresh_from_db()
    assert person.restricted_on is None


def test_a_rule_of_retention_is_changed_by_who_may(centre, gdansk):
    load_retention()
    client = logged_in(centre, "coordinator")
    rule = RetentionRule.objects.get(code="ordinary-after-support")
    assert "5 years" in client.get("/privacy/retention/").content.decode()
    data = {"years": 7, "months": 0, "source": "Our lawyer"}
    assert client.get(f"/privacy/retention/{rule.ref}/").status_code == 200
    assert client.post(f"/privacy/retention/{rule.ref}/", data | {"years": 0}).status_code == 200
    assert client.post(f"/privacy/retention/{rule.ref}/", data).status_code == 302
    own = RetentionRule.objects.get(organisation=centre)
    assert (own.years, own.automatic, own.code) == (7, True, rule.code)
    assert client.post(f"/privacy/retention/{own.ref}/", data | {"years": 1, "automatic": "on"}).status_code == 302
    own.refresh_from_db()
    assert not own.automatic
    assert client.post(f"/privacy/retention/{own.ref}/automatic/", {"on": "1"}).status_code == 404
    officer = logged_in(centre, "data_protection_officer")
    officer.post(f"/privacy/retention/{own.ref}/automatic/", {"on": "1"})
    own.refresh_from_db()
    assert own.automatic
    assert logged_in(centre, "coordinator", gdansk).get(f"/privacy/retention/{own.ref}/").status_code == 404
    client.post(f"/privacy/retention/{own.ref}/", data)
    assert 'value="7"' in client.get(f"/privacy/retention/{rule.ref}/").content.decode()  # the own one in its place
    assert "7 years" in client.get("/privacy/retention/").content.decode()
