"""Two who hold one link answer at the same moment, over two connections: one counts, the other is told."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from unittest import mock

import pytest
from django import forms

from przystan.access.actors import Actor
from przystan.access.models import AuditEntry
from przystan.access.scope import acting
from przystan.links import actions, purposes
from przystan.links.models import Link, Made
from przystan.privacy.actions.notices import ask_to_read
from przystan.privacy.by_link import READ
from przystan.privacy.loading import load_notices
from przystan.team.queries import actor_for
from przystan.ui.forms import Form
from tests import factories
from tests.harness.at_once import together

from .conftest import Bearer

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30


class NoteForm(Form):
    """Whoever has filled it in waits until the other has, too: both have seen an open link by then."""

    together = threading.Barrier(2)
    note = forms.CharField(label="Your note", max_length=40)

    def clean_note(self) -> str:
        if self.cleaned_data["note"] != "alone":
            self.together.wait(PATIENCE)
        return str(self.cleaned_data["note"])


@pytest.fixture
def taken() -> Iterator[list[str]]:
    """What the purpose was given to write down."""
    words: list[str] = []
    answer = READ.answer

    def keep(**values: object) -> None:
        answer(**values)
        words.append(values["words"]["note"])  # type: ignore[index]

    with mock.patch.dict(purposes.declared(), {READ.code: replace(READ, form=NoteForm, answer=keep)}):
        yield words


@pytest.fixture
def made(taken: list[str]) -> Made:
    load_notices()
    person = factories.person(factories.point(factories.organisation()))
    by = actor_for(factories.user(person.organisation, "adviser", person.point))
    assert by
    with acting(by):
        return ask_to_read(by=by, ref=person.ref, language="en")


def test_one_answer_counts_and_the_other_is_told(made: Made, taken: list[str]) -> None:
    told: dict[str, tuple[int, str]] = {}

    def send(note: str) -> None:
        bearer = Bearer(made)
        bearer.open()
        page = bearer.post(bearer.answer, note=note)
        told[note] = page.status_code, page.text

    assert together(lambda: send("yes, at ten"), lambda: send("no, never")) == [None, None]
    [kept] = taken
    [lost] = {*told} - {kept}
    assert told[kept][0] == 302
    assert told[lost][0] == 409
    assert "It was answered already" in told[lost][1]
    assert lost in told[lost][1], "what was written is given back"
    assert kept not in told[lost][1], "and not what the other wrote"
    assert Link.objects.get().used == 1
    assert AuditEntry.objects.filter(action="link.answer").count() == 1


def erase(by: Actor, link: Link) -> None:
    """What erasing or protecting the person does to the link."""
    actions.lead_nowhere(by=by, keys={link.pk})


def revoke(by: Actor, link: Link) -> None:
    actions.revoke(by=by, link=link)


@pytest.mark.parametrize("end", [revoke, erase])
def test_who_answers_while_it_ends_is_told_that_it_leads_nowhere(
    made: Made, taken: list[str], end: Callable[[Actor, Link], None]
) -> None:
    told: list[tuple[int, str]] = []
    by = actor_for(made.link.by)  # type: ignore[arg-type]
    assert by

    bearer = Bearer(made)
    bearer.open()

    def send() -> None:
        page = bearer.post(bearer.answer, note="I come")
        told.append((page.status_code, page.text))

    def ended() -> None:
        with acting(by):
            end(by, made.link)
            NoteForm.together.wait(PATIENCE)  # it has ended, and that is not yet written for good

    assert together(send, ended) == [None, None]
    [(status, page)] = told
    assert (status, taken) == (404, [])
    assert "This link leads nowhere" in page
    assert "I come" in page


def test_who_comes_after_is_told_as_well(made: Made, taken: list[str]) -> None:
    first, second = Bearer(made), Bearer(made)
    first.open()
    second.open()
    assert first.post(first.answer, note="alone").status_code == 302
    late = second.post(second.answer, note="late")
    assert late.status_code == 409
    assert "late" in late.text
    assert second.post(second.answer).status_code == 302, "with nothing written it says thanks"
    assert taken == ["alone"]
