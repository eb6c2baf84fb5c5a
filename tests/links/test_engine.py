"""Purposes with a second code, with words to fill in, answered more than once; what becomes of links by themselves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from przystan.access.actors import Actor, system
from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.links import actions, purposes, tokens
from przystan.links.actions.reminding import make_due, note_silence
from przystan.links.enums import LinkState
from przystan.links.models import MOST_WRONG_CODES, Link, Made, Reminder
from przystan.links.purposes import Purpose
from przystan.links.tasks import look_over
from przystan.people.models import Person
from przystan.privacy.actions.notices import ask_to_read
from przystan.privacy.by_link import READ
from przystan.team.queries import actor_for
from przystan.ui.forms import Form

from .conftest import Bearer

pytestmark = pytest.mark.django_db


class NoteForm(Form):
    note = forms.CharField(label="Your note", max_length=40)


Changed = Callable[..., Purpose]


@pytest.fixture
def changed(person: Person) -> Iterator[Changed]:
    """The purpose of the sample, as another module might declare it."""
    with mock.patch.dict(purposes.declared(), clear=False) as known:

        def change(**values: Any) -> Purpose:
            known[READ.code] = replace(READ, **values)
            return known[READ.code]

        yield change


def ask(person: Person, adviser: User) -> Made:
    by = actor_for(adviser)
    assert by
    with acting(by):
        return ask_to_read(by=by, ref=person.ref, language="en")


def state() -> LinkState:
    return Link.objects.get().state


@pytest.fixture
def guarded(changed: Changed, person: Person, adviser: User) -> tuple[Made, Bearer]:
    """A question with a field, behind a code."""
    changed(second=True, form=NoteForm)
    made = ask(person, adviser)
    return made, Bearer(made)


def test_a_code_that_went_another_way_opens_it(guarded: tuple[Made, Bearer]) -> None:
    made, bearer = guarded
    asked = bearer.open()
    assert "UODO" not in asked.text
    assert state() == LinkState.WAITING, "whoever has no code has opened nothing"
    spoken = f" {made.code[:3]} {made.code[3:]} "
    assert "UODO" in bearer.post(bearer.question, code=spoken).text
    assert state() == LinkState.OPENED


def proof_in(page: str) -> str:
    return page.partition('name="proof" value="')[2].partition('"')[0]


def test_a_second_browser_needs_the_code_again(guarded: tuple[Made, Bearer]) -> None:
    made, bearer = guarded
    bearer.open()
    proof = proof_in(bearer.post(bearer.question, code=made.code).text)
    other = Bearer(made)
    other.open()
    page = other.post(other.answer, note="forwarded")
    assert page.status_code == 200
    assert 'name="code"' in page.text
    assert 'name="note" value="forwarded"' in page.text, "what was typed goes along"
    assert state() == LinkState.OPENED
    assert bearer.post(bearer.answer, note="mine", proof=proof).status_code == 302
    assert state() == LinkState.ANSWERED


@pytest.mark.parametrize("proof", ["", "x", "0123456789abcdef:1abcde:forged"])
def test_a_forged_proof_opens_nothing(guarded: tuple[Made, Bearer], proof: str) -> None:
    bearer = guarded[1]
    bearer.get()
    assert 'name="code"' in bearer.post(bearer.answer, note="x", proof=proof).text
    assert state() == LinkState.WAITING


def test_a_proof_is_for_one_link(guarded: tuple[Made, Bearer]) -> None:
    link = guarded[0].link
    assert tokens.is_proof(link.digest, tokens.proof_of(link.digest))
    assert not tokens.is_proof("f" * 64, tokens.proof_of(link.digest))


def test_after_five_wrong_codes_it_leads_nowhere(guarded: tuple[Made, Bearer]) -> None:
    made, bearer = guarded
    bearer.get()
    for number in range(MOST_WRONG_CODES):
        assert state() == LinkState.WAITING, number
        page = bearer.post(bearer.question, code=f"{(int(made.code) + 1) % 10**6:06}")
        assert "not the code" in page.text
    assert bearer.post(bearer.question, code=made.code).status_code == 404
    assert AuditEntry.objects.filter(action="link.wrong_code").count() == MOST_WRONG_CODES


def test_what_was_typed_stays_while_the_language_changes(changed: Changed, person: Person, adviser: User) -> None:
    changed(form=NoteForm)
    bearer = Bearer(ask(person, adviser))
    bearer.open()
    page = bearer.post(bearer.question + "?in=uk", note="Тут <b>")
    assert 'lang="uk"' in page.text
    assert "Тут &lt;b&gt;" in page.text


def test_a_form_that_is_wrong_says_so_in_the_language_of_the_page(
    changed: Changed, person: Person, adviser: User
) -> None:
    changed(form=NoteForm)
    bearer = Bearer(ask(person, adviser))
    bearer.open()
    page = bearer.post(bearer.answer + "?in=pl", note="")
    assert page.status_code == 200
    assert "To pole jest wymagane" in page.text or "wymagane" in page.text
    assert state() == LinkState.OPENED


def test_what_the_purpose_refuses_is_said_and_nothing_is_answered(
    changed: Changed, person: Person, adviser: User
) -> None:
    def refuse(**_: Any) -> None:
        raise ValidationError("Not on a Sunday.")

    changed(form=NoteForm, answer=refuse)
    bearer = Bearer(ask(person, adviser))
    bearer.open()
    page = bearer.post(bearer.answer, note="kept")
    assert "Not on a Sunday." in page.text
    assert 'value="kept"' in page.text
    assert state() == LinkState.OPENED


def test_it_can_be_answered_as_often_as_the_purpose_says(changed: Changed, person: Person, adviser: User) -> None:
    changed(uses=2)
    bearer = Bearer(ask(person, adviser))
    for used in (1, 2, 2):
        bearer.open()
        bearer.post(bearer.answer)
        assert Link.objects.get().used == used


def test_a_question_that_is_gone_leads_nowhere(bearer: Bearer, link: Link) -> None:
    bearer.get()
    Link.objects.update(purpose="old.module")
    assert bearer.get().status_code == bearer.post(bearer.question).status_code == 404


# What becomes of links by themselves.


def days_later(days: float) -> datetime:
    Link.objects.update(
        made_at=timezone.now() - timedelta(days=days), expires_at=timezone.now() + timedelta(days=14 - days)
    )
    return timezone.now()


def hourly(now: datetime) -> int:
    with acting(system(0, "links.time")) as by:
        return make_due(by=by, now=now)


def test_reminders_are_due_after_some_days_each_once(link: Link) -> None:
    made = {days: hourly(days_later(days)) for days in (2.9, 3.1, 3.2, 7.1, 7.2)}
    assert made == {2.9: 0, 3.1: 1, 3.2: 0, 7.1: 1, 7.2: 0}
    assert [(row.number, bool(row.done_at)) for row in Reminder.objects.order_by("number")] == [(1, True), (2, False)]


def test_a_job_that_did_not_run_for_long_makes_one_reminder(link: Link) -> None:
    assert hourly(days_later(10)) == 1
    assert Reminder.objects.get().number == 2


@pytest.mark.parametrize("change", ["answered", "revoked", "over"])
def test_nobody_is_reminded_of_what_needs_no_answer(link: Link, change: str) -> None:
    now = days_later(5)
    values = {
        "answered": {"used": 1, "answered_at": now},
        "revoked": {"revoked_at": now},
        "over": {"expires_at": now - timedelta(hours=1)},
    }
    Link.objects.update(**values[change])
    assert hourly(now) == 0


def test_no_answer_is_noted_by_a_job_and_told_to_the_purpose(changed: Changed, person: Person, adviser: User) -> None:
    told: list[str] = []
    changed(silence=lambda *, by, link: told.append(f"{by.purpose} {link.ref}"))
    made = ask(person, adviser)
    look_over(0)
    assert state() == LinkState.WAITING
    Link.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert state() == LinkState.WAITING, "only a job says that nobody answered"
    for _ in range(2):
        look_over(0)
    assert state() == LinkState.SILENT
    assert told == [f"links.time {made.link.ref}"]
    assert AuditEntry.objects.filter(action="link.silent").count() == 1


def test_one_links_trouble_stops_no_other(
    changed: Changed, person: Person, adviser: User, caplog: pytest.LogCaptureFixture
) -> None:
    from tests import factories

    first = ask(person, adviser).link
    second = ask(factories.person(person.point), adviser).link

    def fail(*, by: Actor, link: Link) -> None:
        if link.pk == first.pk:
            raise RuntimeError("the module is broken")

    changed(silence=fail)
    Link.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    look_over(0)
    assert [Link.objects.get(pk=one.pk).state for one in (first, second)] == [LinkState.WAITING, LinkState.SILENT]
    assert "failed for a link" in caplog.text


def test_what_was_answered_meanwhile_is_not_silent(bearer: Bearer, link: Link) -> None:
    bearer.open()
    bearer.post(bearer.answer)
    Link.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    with acting(system(link.organisation_id, "links.time")) as by:
        note_silence(by=by, link=link)
    assert state() == LinkState.ANSWERED


@pytest.mark.parametrize("after", ["answered", "revoked"])
def test_what_is_over_is_not_made_anew(bearer: Bearer, link: Link, adviser: User, after: str) -> None:
    by = actor_for(adviser)
    assert by
    if after == "answered":
        bearer.open()
        bearer.post(bearer.answer)
    with acting(by):
        if after == "revoked":
            actions.revoke(by=by, link=link)
        with pytest.raises(ValidationError):
            actions.renew(by=by, link=link)


@given(st.text(alphabet=tokens.ALPHABET, min_size=27, max_size=27))
def test_a_digest_is_of_the_token_alone(token: str) -> None:
    assert tokens.digest_of(token) == tokens.digest_of(token.upper())
    assert tokens.digest_of(token) != tokens.digest_of(token[:-1])
    assert token not in tokens.digest_of(token)


def test_tokens_are_long_enough_and_never_the_same() -> None:
    made = {tokens.new_token() for _ in range(500)}
    assert len(made) == 500
    assert {len(one) * 5 for one in made} == {135}
    assert {len(tokens.new_code()) for _ in range(50)} == {6}


@given(st.integers(0, 10**6 - 1), st.integers(0, 10**6 - 1))
def test_a_code_fits_its_link_and_no_other(one: int, other: int) -> None:
    kept = tokens.code_digest("a" * 64, f"{one:06}")
    assert tokens.is_code("a" * 64, kept, f"{other:06}") == (one == other)
    assert not tokens.is_code("b" * 64, kept, f"{one:06}")
