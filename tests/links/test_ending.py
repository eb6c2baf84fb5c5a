"""How long an answered link says thanks, and what is left of links once those whom they ask about are gone."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from przystan.access.actors import system
from przystan.access.keys import staff as keys
from przystan.access.keys.unlocked import ring
from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.links import actions
from przystan.links.enums import LinkState
from przystan.links.models import MOST_WRONG_CODES, Link, Made, Reminder
from przystan.links.purposes import declared
from przystan.links.tokens import digest_of
from przystan.people.actions.protecting import protect
from przystan.people.checks import faults
from przystan.people.models import Person
from przystan.people.queries.links import links_to, personal, privacy_of
from przystan.privacy import actions as privacy
from przystan.team.queries import actor_for
from tests import factories

from .conftest import Bearer

pytestmark = pytest.mark.django_db
End = Callable[[Person], None]


def protected(person: Person) -> None:
    manager = factories.user(person.organisation, "case_manager")
    factories.work_with(person, manager)
    by = actor_for(manager)
    assert by
    keys.confirm(manager, keys.set_up(manager, "cztery słowa których nikt"))
    with ring(manager.pk, keys.by_passphrase(manager, "cztery słowa których nikt")), acting(by):
        protect(by=by, person=Person.objects.get(pk=person.pk))


def erased(person: Person) -> None:
    asker, second = (factories.actor(person.organisation, "coordinator") for _ in range(2))
    with acting(asker):
        asked = privacy.ask_erasure(by=asker, person=Person.objects.get(pk=person.pk))
    with acting(second):
        privacy.confirm_erasure(by=second, erasure=asked)


def answered(bearer: Bearer) -> None:
    bearer.open()
    assert bearer.post(bearer.answer).status_code == 302
    assert bearer.get().status_code == 200


def nowhere(bearer: Bearer) -> None:
    """No page of it is there any more, nor is its token."""
    assert [bearer.get().status_code, bearer.open().status_code, bearer.post(bearer.answer).status_code] == [404] * 3


@pytest.mark.parametrize("end", [protected, erased])
def test_an_open_link_about_somebody_ends_with_them(
    bearer: Bearer, made: Made, link: Link, person: Person, end: End
) -> None:
    bearer.open()
    Reminder.objects.create(link=link, number=1, due_at=timezone.now())
    end(person)
    nowhere(bearer)
    link.refresh_from_db()
    assert (link.state, link.is_open, link.digest == digest_of(made.token)) == (LinkState.REVOKED, False, False)
    assert AuditEntry.objects.filter(action="link.revoke", object_ref=link.ref).count() == 1
    assert not Reminder.objects.filter(done_at=None).exists()


@pytest.mark.parametrize("end", [protected, erased])
def test_nothing_tells_that_somebody_who_is_gone_has_answered(
    bearer: Bearer, made: Made, link: Link, person: Person, end: End
) -> None:
    """Not to whoever takes their phone. Staff still knows that an answer came."""
    answered(bearer)
    end(person)
    nowhere(bearer)
    link.refresh_from_db()
    assert (link.state, link.digest == digest_of(made.token)) == (LinkState.ANSWERED, False)
    assert not AuditEntry.objects.filter(action="link.revoke").exists(), "it was not open"


def test_links_about_others_stay(bearer: Bearer, link: Link, person: Person) -> None:
    erased(factories.person(person.point))
    assert bearer.get().status_code == 200
    link.refresh_from_db()
    assert link.is_open


def test_links_that_asked_about_a_record_that_was_merged_away_end_too(
    bearer: Bearer, link: Link, person: Person
) -> None:
    bearer.open()
    kept = factories.person(person.point)
    Person.objects.filter(pk=person.pk).update(merged_into=kept)
    erased(kept)
    nowhere(bearer)


def test_whatever_purpose_a_module_declares_its_links_end_by_the_link_itself() -> None:
    """So no module has to think of it: a key from rows about a person to the link is enough."""
    assert privacy_of(Link).parted
    assert list(faults(Link)) == []
    asking = {model for model, _ in links_to(Link)}
    assert asking & set(personal()), "none of the purposes asks about people: then this says nothing"
    assert {code.split(".")[0] for code in declared()} <= {model._meta.app_label for model in asking}


def test_what_a_model_declares_has_to_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Link.Privacy, "parted", "przystan.links.actions.no_such_thing")
    assert any("parted" in fault for fault in faults(Link))


def lead_nowhere(link: Link) -> None:
    with acting(system(link.organisation_id, "tests")) as by:
        actions.lead_nowhere(by=by, keys={link.pk})


def past(link: Link) -> None:
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def revoked(link: Link) -> None:
    Link.objects.update(revoked_at=timezone.now())


def locked(link: Link) -> None:
    Link.objects.update(wrong_codes=MOST_WRONG_CODES)


def silent(link: Link) -> None:
    Link.objects.update(silent_at=timezone.now())


VARIES = re.compile(r"[0-9a-f]{64}|s\d+_x\d+")  # digests, names of savepoints


NEVER_ANSWERED = [(end, False) for end in (past, revoked, locked, silent, lead_nowhere)]


@pytest.mark.parametrize(("end", "first"), [*NEVER_ANSWERED, (past, True), (revoked, True), (lead_nowhere, True)])
def test_what_is_over_is_asked_for_and_answered_as_what_never_was(
    bearer: Bearer, link: Link, end: Callable[[Link], None], first: bool
) -> None:
    """The same statements, status, headers and words: nothing is left to be measured but chance."""
    if first:
        answered(bearer)
    else:
        bearer.get()
    never = Bearer(Made(link, "0" * 27))
    never.client.cookies["csrftoken"] = bearer.client.cookies["csrftoken"].value
    end(link)
    for path in ("cover", "question", "answer"):
        assert _asked(bearer, path) == _asked(never, path), path


def _asked(one: Bearer, path: str) -> tuple[object, ...]:
    with CaptureQueriesContext(connection) as said:
        page = one.get() if path == "cover" else one.post(getattr(one, path), note="Words", code="000000")
    statements = [VARIES.sub("…", row["sql"]) for row in said]
    assert page.status_code == 404
    return page.status_code, len(page.content), page.text, sorted(page.headers.items()), statements


def test_it_says_thanks_as_long_as_it_would_have_worked(bearer: Bearer, link: Link, adviser: User) -> None:
    answered(bearer)
    assert "Дякуємо" in bearer.get().text
    link.refresh_from_db()
    assert (link.says_thanks, link.is_open) == (True, False)
    past(link)
    assert bearer.get().status_code == 404
    link.refresh_from_db()
    assert (link.state, link.says_thanks) == (LinkState.ANSWERED, False), "staff still knows"
