"""A token is nowhere, its bearer sees one row, and nobody learns of a protected person by a link."""

import io
import logging
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from przystan.access.actors import Forbidden
from przystan.access.actors import bearer as bearer_of
from przystan.access.keys import staff as keys
from przystan.access.keys.unlocked import ring
from przystan.access.models import AuditEntry, User
from przystan.access.rights import Right
from przystan.access.scope import acting, counting, guarded_models
from przystan.links.bearers import holding
from przystan.links.enums import LinkState
from przystan.links.models import Link, Made
from przystan.links.queries import reminding
from przystan.links.queries.held import asked
from przystan.links.rights import LINK_ANSWER
from przystan.people.actions.protecting import protect
from przystan.people.models import Exclusion, Person
from przystan.privacy.actions.notices import ask_to_read
from przystan.privacy.models import Notice
from przystan.project.logs import RoutesOnly, lines
from przystan.team.models import Membership
from przystan.team.queries import actor_for
from tests import factories
from tests.access.clock import Clock, clock

from .conftest import ADDRESS, Bearer, staff

pytestmark = pytest.mark.django_db
__all__ = ["clock"]


def made_on_page(adviser: User, person: Person) -> tuple[Client, str, str]:
    """By hand, as at the desk: the page with the address, and the token."""
    client = staff(adviser)
    page = client.post(reverse("links:new", args=["privacy.notice", person.ref]), {"language": "uk"}).text
    found = ADDRESS.search(page)
    assert found, "the address is on the page that makes it"
    return client, page, found[2]


def everything() -> str:
    """All rows of all tables, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        return "\n".join(
            str(row) for table in connection.introspection.table_names(cursor) for row in _rows(cursor, table)
        )


def _rows(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f'SELECT t::text FROM "{table}" t')
    return list(cursor.fetchall())


def test_the_address_is_shown_once_and_kept_nowhere(
    adviser: User, person: Person, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client, page, token = made_on_page(adviser, person)
    assert "<svg" in page
    assert "Термін дії посилання" in page, "a message in the language of who receives it"
    link = Link.objects.get()
    holder = Bearer(Made(link, token))
    holder.open()
    for path in (reverse("links:index"), reverse("links:link", args=[link.ref]), "/", f"/people/{person.ref}/"):
        assert token not in client.get(path).text, path
    holder.post(holder.answer)
    assert token not in everything()
    assert all(token not in str(row.__dict__) for row in AuditEntry.objects.order_by("seq"))
    assert token not in repr(Made(link, token, "123456"))
    assert "123456" not in repr(Made(link, token, "123456"))


def test_no_log_has_the_path_of_a_refused_form(bearer: Bearer) -> None:
    """Django says which form had no token against forgery, by its path."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(lines(json=True))
    handler.addFilter(RoutesOnly())
    logger = logging.getLogger("django.security.csrf")
    logger.addHandler(handler)
    try:
        assert bearer.client.post(bearer.answer).status_code == 403
    finally:
        logger.removeHandler(handler)
    assert "/links/<token:token>/answer/" in said.getvalue()
    assert bearer.cover not in said.getvalue()


def test_the_handler_of_every_log_leaves_paths_out(settings: Any) -> None:
    handler = settings.LOGGING["handlers"]["stderr"]
    assert "routes_only" in handler["filters"]


def test_for_the_bearer_every_list_is_empty_but_for_what_is_asked(made: Made) -> None:
    """Of every model that has lists, by what the module says and by the lock of its table."""
    with holding(made.token) as held:
        assert held
        by = held[0]
        seen = {
            model._meta.label: model._default_manager.seen_by(by).count()  # type: ignore[attr-defined]
            for model in apps.get_models()
            if hasattr(model._default_manager, "seen_by")
        }
    assert {label: number for label, number in seen.items() if number} == {"links.Link": 1, "privacy.Notice": 1}


def test_who_holds_a_link_and_may_not_answer_reads_nothing_of_it(made: Made) -> None:
    for rights, found in ((frozenset({LINK_ANSWER}), True), (frozenset[Right](), False)):
        bearer = bearer_of(made.link.organisation_id, made.link.digest, rights)
        with acting(bearer):
            assert (asked(bearer, Notice) is not None) == found


def test_to_the_database_the_bearer_is_nobody_but_that(made: Made, person: Person) -> None:
    other = factories.person(person.point)
    by = actor_for(factories.user(person.organisation, "adviser", person.point))
    assert by
    with acting(by):
        ask_to_read(by=by, ref=other.ref, language="pl")
    with acting(bearer_of(person.organisation_id, made.link.digest, frozenset({LINK_ANSWER}))):
        tables = {model._meta.db_table for model in guarded_models()} | {"links_link", "links_reminder"}
        seen = {table: _count(table) for table in sorted(tables | {"people_namesearch"})}
    assert {table: number for table, number in seen.items() if number} == {"privacy_notice": 1, "links_link": 1}


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_link_that_has_ended_opens_no_row_in_the_database(made: Made) -> None:
    Link.objects.update(revoked_at=timezone.now())
    with acting(bearer_of(made.link.organisation_id, made.link.digest, frozenset({LINK_ANSWER}))):
        assert (_count("links_link"), _count("privacy_notice")) == (1, 0)
    with acting(bearer_of(made.link.organisation_id, "f" * 64, frozenset({LINK_ANSWER}))):
        assert (_count("links_link"), _count("privacy_notice")) == (0, 0)


def test_nothing_is_counted_for_a_bearer(made: Made) -> None:
    with holding(made.token) as held:
        assert held
        with pytest.raises(Forbidden), counting():
            pass


def protected(person: Person) -> User:
    manager = factories.user(person.organisation, "case_manager")
    factories.work_with(person, manager)
    by = actor_for(manager)
    assert by
    keys.confirm(manager, keys.set_up(manager, "cztery słowa których nikt"))
    with ring(manager.pk, keys.by_passphrase(manager, "cztery słowa których nikt")), acting(by):
        protect(by=by, person=Person.objects.get(pk=person.pk))
    return manager


def test_protecting_somebody_ends_links_about_them(bearer: Bearer, link: Link, person: Person, adviser: User) -> None:
    bearer.open()
    protected(person)
    link.refresh_from_db()
    assert link.state == LinkState.REVOKED
    assert bearer.get().status_code == bearer.post(bearer.answer).status_code == 404
    client = staff(adviser)
    page = client.get(reverse("links:index")).text
    assert "somebody whom you may not see any more" in page
    assert [word for word in (person.ref, link.ref, "Олена", "revoked") if word in page] == []
    assert client.get(reverse("links:link", args=[link.ref])).status_code == 404
    assert client.post(reverse("links:renew", args=[link.ref])).status_code == 404
    link.refresh_from_db()
    assert link.state == LinkState.REVOKED, "it cannot be made anew"


def test_who_made_it_and_may_know_no_more_neither_renews_nor_reads_it(
    bearer: Bearer, link: Link, person: Person, adviser: User
) -> None:
    """The person put their name on the list of those who must not see them; a fresh token would be answered by them."""
    Exclusion.objects.create(person=person, user=adviser)
    client, digest = staff(adviser), link.digest
    for name in ("link", "renew", "revoke"):
        answer = client.get if name == "link" else client.post
        assert answer(reverse(f"links:{name}", args=[link.ref])).status_code == 404
    link.refresh_from_db()
    assert link.digest == digest


def test_who_has_another_role_now_finds_none_of_theirs(link: Link, person: Person, adviser: User) -> None:
    Membership.objects.filter(user=adviser).update(role="teacher")
    assert "Олена" not in staff(adviser).get(reverse("links:index")).text


def test_no_link_is_made_about_who_is_protected(person: Person, adviser: User) -> None:
    manager = protected(person)
    page = staff(manager).post(reverse("links:new", args=["privacy.notice", person.ref]), {"language": "uk"})
    assert "No link is made about a protected person" in page.text
    assert staff(adviser).get(reverse("links:new", args=["privacy.notice", person.ref])).status_code == 404
    assert not Link.objects.exists()


def test_what_was_read_stays_when_somebody_is_protected(bearer: Bearer, person: Person) -> None:
    bearer.open()
    bearer.post(bearer.answer)
    protected(person)
    assert Notice.objects.get().read_on
    assert Link.objects.get().state == LinkState.ANSWERED


WORD = re.compile(r"[0-9a-z]{27}")


def test_reminders_name_no_address(link: Link) -> None:
    assert not WORD.search(reminding(link))
    assert "http" not in reminding(link)


@pytest.mark.parametrize("how", ["get", "post"])
@pytest.mark.parametrize("page", ["cover", "question", "answer"])
def test_a_session_that_ended_leads_a_link_to_no_login(
    bearer: Bearer, clock: Clock, person: Person, how: str, page: str
) -> None:
    """On the computer of an office: the token would stand in the address of the login page, which browsers keep."""
    client = staff(factories.user(person.organisation, "reception", person.point))
    client.get("/")
    clock.wait(hours=13)
    answer = getattr(client, how)(getattr(bearer, page), {"shown": "1"})
    assert "login" not in answer.get("Location", "")
    assert answer.status_code == (302 if how == "get" and page != "cover" else 302 if page == "answer" else 200)
    assert "_auth_user_id" not in client.session
    assert client.get("/").url.startswith("/account/login/")


@pytest.mark.parametrize("header", ["HX-Current-URL", "Referer"])
def test_no_page_that_leads_to_the_login_names_a_link(bearer: Bearer, header: str) -> None:
    for secret in (bearer.cover, bearer.question, bearer.answer):
        asked = Client().post("/supports/new/", headers={header: f"http://testserver{secret}"})
        assert asked.url.startswith("/account/login/?next=%2F&")
