"""What somebody without an account sees and does through a link, and what is noted of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from przystan.access.deeds import told
from przystan.access.models import AuditEntry, User
from przystan.access.scope import acting
from przystan.links import actions
from przystan.links.enums import LinkState
from przystan.links.models import Link, Made
from przystan.people.models import Person
from przystan.privacy.models import Notice, NoticeText
from przystan.team.queries import actor_for

from .conftest import Bearer, staff

pytestmark = pytest.mark.django_db


def state(link: Link) -> LinkState:
    link.refresh_from_db()
    return link.state


def test_a_person_reads_and_says_so(bearer: Bearer, link: Link, person: Person, adviser: User) -> None:
    cover = bearer.get()
    assert cover.status_code == 200
    assert "Przystanek" in cover.text
    assert 'lang="uk"' in cover.text, "in the language it was sent in"
    question = bearer.open()
    assert "UODO" in question.text
    assert "ul. Długa 1" in question.text
    assert state(link) == LinkState.OPENED
    thanks = bearer.get(bearer.post(bearer.answer + "?in=ru").url)
    assert 'lang="ru"' in thanks.text
    assert state(link) == LinkState.ANSWERED
    notice = Notice.objects.get()
    assert (notice.person, notice.language, notice.read_on) == (person, "ru", timezone.localdate())
    assert notice.text
    assert notice.text.version == 1
    page = staff(adviser).get(reverse("desk:person", args=[person.ref])).text
    assert "has read it" in page
    assert "Russian" in page


def test_what_was_done_is_in_the_audit_log_and_no_token_is(bearer: Bearer, link: Link, made: Made) -> None:
    bearer.open()
    bearer.post(bearer.answer)
    rows = {row.action: row for row in AuditEntry.objects.order_by("seq")}
    assert [*rows] == ["link.make", "link.open", "notice.read", "link.answer"]
    opened = rows["link.open"]
    assert (opened.actor, opened.purpose, opened.object_ref) == (None, "link", link.ref)
    assert opened.organisation_id == link.organisation_id
    words = told([opened, rows["link.make"]])
    assert [(one.who, one.about) for one in words] == [("who holds a link", ""), ("Ala Nowak", "")]


def test_a_preview_by_a_messenger_is_no_opening(bearer: Bearer, link: Link) -> None:
    for _ in range(5):
        assert bearer.get().status_code == 200
        assert bearer.client.head(bearer.cover).status_code == 200
        assert bearer.get(bearer.question).status_code == 302
        assert bearer.get(bearer.answer).status_code == 302
    assert state(link) == LinkState.WAITING
    assert not AuditEntry.objects.filter(action="link.open").exists()
    assert "UODO" not in bearer.get().text, "what is asked comes only when somebody opens it"


def test_a_preview_tells_nothing(bearer: Bearer, person: Person) -> None:
    page = bearer.get().text
    assert "og:description" in page
    head = page[: page.index("<body")]
    for word in ("Przystanek", person.ref, "data", "дан", "Олена"):
        assert word not in head


def test_the_version_that_was_shown_is_the_one_that_was_read(bearer: Bearer) -> None:
    """Another wording came into force while the page lay open."""
    bearer.open()
    NoticeText.objects.create(version=2, bodies={"uk": "UODO, nowy"}, valid_from=timezone.localdate())
    bearer.post(bearer.answer)
    assert Notice.objects.get().text.version == 1


@pytest.mark.parametrize("shown", ["", "2", "3", "-1", "x", "1" * 40, "²"])
def test_a_version_that_no_page_can_have_shown_was_not_read(bearer: Bearer, shown: str) -> None:
    bearer.open()
    NoticeText.objects.create(version=2, bodies={"uk": "UODO"}, valid_from=timezone.localdate() + timedelta(days=1))
    bearer.post(bearer.answer, shown=shown)
    assert Notice.objects.get().read_on is None


def test_the_second_answer_is_the_first_one(bearer: Bearer, made: Made, link: Link) -> None:
    bearer.open()
    again = Bearer(made)
    again.open()
    assert bearer.post(bearer.answer).status_code == 302
    late = again.post(again.answer)
    assert late.status_code == 302, "it says thanks, as to the first"
    assert AuditEntry.objects.filter(action="link.answer").count() == 1
    assert Link.objects.get().used == 1


def ended(link: Link, how: str, adviser: User) -> None:
    by = actor_for(adviser)
    assert by
    if how == "expired":
        Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        return
    with acting(by):
        (actions.revoke if how == "revoked" else actions.renew)(by=by, link=link)


@pytest.mark.parametrize("how", ["expired", "revoked", "renewed"])
def test_what_ends_in_the_middle_takes_no_answer_and_gives_back_what_was_typed(
    bearer: Bearer, link: Link, adviser: User, how: str
) -> None:
    bearer.open()
    ended(link, how, adviser)
    answer = bearer.post(bearer.answer, note="I come at <three>")
    assert answer.status_code == 404
    assert "I come at &lt;three&gt;" in answer.text
    assert Notice.objects.get().read_on is None
    assert not Link.objects.get().used


@pytest.mark.parametrize("how", ["expired", "revoked", "renewed"])
def test_one_that_has_ended_looks_like_one_that_never_was(bearer: Bearer, link: Link, adviser: User, how: str) -> None:
    bearer.get()
    never = Bearer(Made(link, "0" * 27))
    never.client.cookies["csrftoken"] = bearer.client.cookies["csrftoken"].value
    ended(link, how, adviser)
    for path in ("cover", "question", "answer"):
        pages = []
        for one in (bearer, never):
            with CaptureQueriesContext(connection) as asked:
                answer = one.get() if path == "cover" else one.post(getattr(one, path), note="Words")
            pages.append((answer.status_code, answer.text, sorted(answer.headers.items()), len(asked)))
        assert pages[0] == pages[1], path
        assert pages[0][0] == 404


def test_no_cookie_but_the_one_against_forgery(bearer: Bearer) -> None:
    bearer.open()
    bearer.post(bearer.answer)
    bearer.get()
    assert set(bearer.client.cookies) == {"csrftoken"}
    strange = Bearer(Made(Link(), "1" * 27))
    strange.get()
    assert not strange.client.cookies, "nothing to send, no cookie"


def test_a_form_of_another_site_is_refused(bearer: Bearer, link: Link) -> None:
    bearer.open()
    assert bearer.client.post(bearer.answer).status_code == 403
    assert state(link) == LinkState.OPENED


def test_its_pages_are_kept_by_nobody_and_send_no_address_on(bearer: Bearer) -> None:
    answers = [bearer.get(), bearer.open(), bearer.post(bearer.answer), bearer.get()]
    for answer in answers:
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "<script" not in answer.text


def test_who_sent_it_sees_it_without_opening_or_answering(made: Made, link: Link, adviser: User) -> None:
    maker = staff(adviser)
    question = maker.post(reverse("links:question", args=[made.token]))
    assert "UODO" in question.text
    assert maker.post(reverse("links:answer", args=[made.token])).status_code == 200
    assert state(link) == LinkState.WAITING


def test_in_every_language_of_the_bearer(bearer: Bearer) -> None:
    for code in ("pl", "en", "uk", "ru"):
        page = bearer.get(f"{bearer.cover}?in={code}")
        assert f'<html lang="{code}"' in page.text
        assert page["Content-Language"] == code
    assert '<html lang="uk"' in bearer.get(f"{bearer.cover}?in=xx").text


def test_too_often_is_refused_alike_whether_there_is_a_link(bearer: Bearer, link: Link) -> None:
    answers = []
    for one in (bearer, Bearer(Made(link, "2" * 27))):
        last = [one.get(headers={"accept-language": "en"}) for _ in range(41)][-1]
        answers.append((last.status_code, last.text))
    assert answers[0][0] == 429
    assert answers[0] == answers[1]


def test_staff_that_is_logged_in_answers_links_of_others(made: Made, link: Link, person: Person) -> None:
    """An interpreter with an account is asked by a link, too."""
    from tests import factories

    other: Client = staff(factories.user(person.organisation, "interpreter", person.point))
    other.post(reverse("links:question", args=[made.token]))
    assert other.post(reverse("links:answer", args=[made.token]), {"shown": "1"}).status_code == 302
    assert state(link) == LinkState.ANSWERED
