"""The guide on the screen: every page, in every language, and the screen that each page tells of."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from przystan.access.addresses import CLOSED, policy
from przystan.access.modules import guides
from przystan.guides import pages

LANGUAGES = [code for code, _ in settings.LANGUAGES]
TABLE = {"div", "table", "thead", "tbody", "tr", "th", "td"}
# Addresses at which nobody reads anything.
SILENT = {"ui:asset"}


def test_every_screen_has_a_page_of_the_guide() -> None:
    screens = {name for name, asks in policy().items() if asks != CLOSED} - SILENT
    assert sorted(screens - set(guides())) == [], "say `guide=` in the module's module.py, or beside the address"


def test_every_screen_leads_to_a_page_that_is_there() -> None:
    assert sorted(set(guides().values()) - set(pages.names())) == []


def test_a_screen_that_another_page_tells_of_says_so_beside_its_address() -> None:
    assert guides()["people:search"] == guides()["desk:person"] == "people"
    assert guides()["desk:log"] == "support"
    assert guides()["people:protection"] == "cases"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_exists_in_every_language_and_the_first_leads_to_it(language: str) -> None:
    written = {path.stem for path in (pages.FOLDER / language).iterdir()}
    assert written == set(pages.names())
    first = (pages.FOLDER / language / "index.md").read_text()
    assert re.findall(r"\(([a-z-]+)\.md\)", first) == list(pages.names())[1:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", pages.names())
def test_a_page_becomes_plain_html(name: str, language: str) -> None:
    shown = pages.shown(name, language)
    assert shown.title
    assert set(re.findall(r"<(\w+)", shown.html)) <= {"p", "h2", "ul", "ol", "li", "strong", "em", "a", "code"} | TABLE
    assert not re.search(r"\.md|\]\(|\*\*", shown.html)


def test_links_lead_to_pages_of_the_guide_and_nowhere_else() -> None:
    html = pages.shown("index", "en").html
    assert '<a href="/guide/first-day/">The first day</a>' in html
    assert "the operator's pages</a>" not in html
    assert "the operator's pages" in html


def test_in_a_sheet_headings_stand_lower_and_links_turn_the_page() -> None:
    sheet = pages.shown("first-day", "en", sheet=True).html
    assert "<h4>" in sheet
    assert "<h2>" not in sheet
    assert '<a href="/guide/support/" hx-get="/guide/support/">Support</a>' in sheet


def test_html_in_a_page_is_shown_as_text(tmp_path, monkeypatch) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "index.md").write_text("# <b>T</b>\n\n<script>alert(1)</script> [x](javascript:alert(1))\n")
    monkeypatch.setattr(pages, "FOLDER", tmp_path)
    pages.names.cache_clear()
    try:
        html = pages.shown.__wrapped__("index", "en").html
    finally:
        pages.names.cache_clear()
    assert "<script" not in html
    assert "<a" not in html


@pytest.mark.parametrize("name", ["nothing", "..", "index.md"])
def test_what_is_no_page_is_unknown(name: str) -> None:
    with pytest.raises(pages.Unknown):
        pages.shown(name, "en")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pl", "en"])
def test_it_is_read_before_the_login_in_ones_own_language(client: Client, language: str) -> None:
    with translation.override(language):
        answer = client.get("/guide/first-day/", headers={"accept-language": language})
    assert pages.shown("first-day", language).title in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.django_db
def test_a_sheet_holds_the_page_alone(client: Client) -> None:
    headers = {"HX-Request": "true", "accept-language": "en"}
    first = client.get("/guide/people/", headers=headers | {"HX-Trigger": "help-opens"}).text
    assert "<html" not in first
    assert "autofocus" not in first, "the keys above it are read first"
    assert '<h3 tabindex="-1" autofocus>People</h3>' in client.get("/guide/people/", headers=headers).text


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_missing(client: Client) -> None:
    assert client.get("/guide/nothing/").status_code == 404
