"""The same form sent at the same moment, and two who word one note anew."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings
from django.urls import reverse

from przystan.casework.models import CaseFile, CaseMember, Note, NoteVersion
from tests.casework.conftest import Files, build
from tests.casework.test_notes import page_of, texts
from tests.harness.at_once import together

AT_ONCE = 5


@pytest.fixture(scope="module", autouse=True)
def keys(committed: None, tmp_path_factory: Any) -> Iterator[None]:
    with override_settings(KEYS_DIR=tmp_path_factory.mktemp("keys")):
        yield


@pytest.fixture
def busy() -> Files:
    return build()


def test_parallel_posts_of_one_form_write_one_note(busy: Files) -> None:
    client, url = busy.client("member"), reverse("casework:case", args=[busy.case.ref])
    sent = {"text": "Once", "about": "2026-11-20", "form_token": str(uuid4())}
    answers = together(*[lambda: client.post(url, sent)] * AT_ONCE)
    assert [answer.status_code for answer in answers] == [302] * AT_ONCE, answers  # type: ignore[attr-defined]
    assert Note.objects.filter(case=busy.case).count() == 2
    assert NoteVersion.objects.filter(note__case=busy.case).count() == 2


def test_parallel_posts_of_one_form_open_one_file(busy: Files) -> None:
    client, url = busy.client("colleague"), reverse("casework:new") + f"?person={busy.person.ref}"
    sent = {"ref": "0123456789ab", "kind": "support", "title": "Once"}
    answers = together(*[lambda: client.post(url, sent)] * AT_ONCE)
    assert [answer.status_code for answer in answers] == [302] * AT_ONCE, answers  # type: ignore[attr-defined]
    assert CaseFile.objects.filter(person=busy.person).count() == 2
    assert CaseMember.objects.filter(case__ref="0123456789ab").count() == 1


def test_of_two_editors_at_once_one_is_asked(busy: Files) -> None:
    lead, member, url = busy.client("lead"), busy.client("member"), page_of(busy)
    answers = together(
        lambda: lead.post(url, {"number": 1, "text": "By the lead"}),
        lambda: member.post(url, {"number": 1, "text": "By the member"}),
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409], answers  # type: ignore[attr-defined]
    assert len(texts(busy)) == 2
