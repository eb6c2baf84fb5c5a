"""A confirmation on paper: who, when, which services; nothing else, only by who works with the person, written down."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from przystan.access.actors import Forbidden
from przystan.access.models import AuditEntry, User
from przystan.people.models import PersonLanguage
from przystan.support.actions import confirm_given
from tests import factories

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


class Desk:
    """An adviser who works with a person, and one who does not."""

    def __init__(self) -> None:
        self.organisation = factories.organisation("Centrum Przystań")
        self.point = factories.point(self.organisation)
        self.adviser = factories.actor(self.organisation, "adviser", self.point)
        self.colleague = factories.actor(self.organisation, "adviser", self.point)
        self.person = factories.person(self.point, team=[self.adviser], birth="1991-04-12")
        names = {"pl": "Porada", "uk": "Порада", "ru": "Совет", "en": "Advice"}
        self.advice = factories.service()
        type(self.advice).objects.filter(pk=self.advice.pk).update(names=names)
        self.secret = factories.service("Pomoc w sprawie przemocy")
        self.given = factories.support(self.point, self.advice, self.person, day=JUNE, place="the shelter")
        factories.support(self.point, self.secret, self.person, day=JUNE)
        self.page = self.client(self.adviser)

    def client(self, actor: Any) -> Client:
        found = Client(headers={"accept-language": "en"})
        found.force_login(User.objects.get(pk=actor.user_id))
        return found

    @property
    def url(self) -> str:
        return f"/people/{self.person.ref}/confirmation/"

    def made(self) -> Any:
        return AuditEntry.objects.filter(action="support.confirm")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_it_says_who_when_and_what_was_ticked_and_nothing_else(desk: Desk) -> None:
    page = desk.page.get(desk.url)
    assert "checked" not in page.text.partition("ticks-list")[2], "nothing is ticked beforehand"
    assert not desk.made().exists()
    paper = desk.page.post(desk.url, {"services": [desk.advice.pk], "gloss": ""}).text
    paper = paper[paper.index("<article") : paper.index("</article>")]
    for words in ("Centrum Przystań", desk.person.display_name, "1991-04-12", "01.06.2026", "Porada", "Potwierdzenie"):
        assert words in paper, words
    for words in ("przemocy", "shelter", desk.person.ref, "Порада"):
        assert words not in paper, words
    row = desk.made().get()
    assert (row.actor_id, row.object_ref, row.fields) == (desk.adviser.user_id, desk.person.ref, ["supports"])


@pytest.mark.parametrize(("gloss", "words"), [("uk", "Порада"), ("ru", "Совет"), ("en", "Advice")])
def test_it_says_all_once_more_in_a_second_language(desk: Desk, gloss: str, words: str) -> None:
    paper = desk.page.post(desk.url, {"services": [desk.advice.pk], "gloss": gloss}).text
    assert "Porada" in paper
    assert re.search(rf'lang="{gloss}">{words}<', paper)


@pytest.mark.parametrize(("spoken", "gloss"), [(["ka", "uk"], "uk"), (["ka"], ""), ([], "")])
def test_the_second_language_is_one_of_the_persons(desk: Desk, spoken: list[str], gloss: str) -> None:
    for language in spoken:
        PersonLanguage.objects.create(person=desk.person, language=language)
    assert desk.page.get(desk.url).context["form"]["gloss"].value() == gloss


def test_days_narrow_it_and_nothing_on_them_makes_no_paper(desk: Desk) -> None:
    ticked = {"services": [desk.advice.pk]}
    assert "01.06.2026" in desk.page.post(desk.url, ticked | {"since": "2026-06-01", "until": "2026-06-01"}).text
    for days in ({"since": "2026-06-02"}, {"until": "2026-05-31"}, {"since": "2026-06-02", "until": "2026-05-31"}):
        assert "<article" not in desk.page.post(desk.url, ticked | days).text
    assert "Nothing of this was given" in desk.page.post(desk.url, ticked | {"since": "2026-06-02"}).text
    assert desk.made().count() == 1


def test_what_was_taken_back_is_not_confirmed(desk: Desk) -> None:
    factories.reverse(desk.given, JUNE)
    assert "<article" not in desk.page.post(desk.url, {"services": [desk.advice.pk]}).text


def test_a_service_that_was_not_given_cannot_be_ticked(desk: Desk) -> None:
    other = factories.service("Never given")
    page = desk.page.post(desk.url, {"services": [other.pk]}).text
    assert "<article" not in page
    assert "Never given" not in desk.page.get(desk.url).text


def test_who_does_not_work_with_the_person_finds_no_such_page(desk: Desk) -> None:
    page = desk.client(desk.colleague)
    assert page.get(desk.url).status_code == 404
    assert page.post(desk.url, {"services": [desk.advice.pk]}).status_code == 404
    assert desk.url not in page.get(f"/people/{desk.person.ref}/").text
    assert desk.url in desk.page.get(f"/people/{desk.person.ref}/").text
    with pytest.raises(Forbidden):
        confirm_given(by=desk.colleague, person=desk.person, services=[desk.advice.pk])
    assert not desk.made().exists()
