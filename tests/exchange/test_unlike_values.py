"""Values unlike our lists: understood where they are clear, else asked once for the file, and remembered."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from przystan.access.actors import Actor
from przystan.access.models import User
from przystan.exchange import actions, tasks
from przystan.exchange.models import ImportBatch, ValueMeaning
from przystan.exchange.queries.preview import unknown_values
from przystan.exchange.rules.places import find_place
from przystan.exchange.rules.unknown import Unknown
from przystan.exchange.rules.values import Unclear
from przystan.people.models import Person
from przystan.reference.loading import load_reference
from tests import factories

from .test_import import as_csv, checked, imported

HEADER = ["Imię", "Nazwisko", "Obywatelstwo", "Miasto", "Tytuł pobytu", "Język"]
PLACES = {"gdańsk": "1", "gdansk": "1", "gdynia": "2", "pruszcz gdański": "3", "kolbudy": "4", "bielsko biała": "5"}
PLACES |= {"nowy dwór gdański": "6", "nowy dwór mazowiecki": "7"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Gdańsk", "1"),
        ("Gdansk", "1"),
        ("GDAŃSK", "1"),
        ("Gdańsk-Oliwa", "1"),
        ("Gdańsk (Wrzeszcz)", "1"),
        ("81-001 Gdynia", "2"),
        ("Gdynia, ul. Morska 5", "2"),
        ("ul. Morska 5, 81-001 Gdynia", "2"),
        ("Pruszcz Gd.", "3"),
        ("gm. Kolbudy", "4"),
        ("Bielsko-Biała", "5"),
        ("m. Gdynia", "2"),
    ],
)
def test_towns_as_clerks_write_them(text, code):
    assert find_place(PLACES, text) == code


@pytest.mark.parametrize("text", ["Nowy Dwór", "Nowy D.", "N. Dwór", "Kijów", "12", "", "Pruszcz G"])
def test_towns_that_are_not_clear_are_asked(text):
    with pytest.raises(Unclear, match="not_a_place"):
        find_place(PLACES, text)


@pytest.fixture
def by(db: None) -> Actor:
    load_reference()
    centre = factories.organisation()
    return factories.actor(centre, "coordinator", at=factories.point(centre))


def a_file(by: Actor, *values: list[str], name: str = "a.csv") -> ImportBatch:
    rows = [["Anna", f"Nowak{'abcdefgh'[place]}", *value] for place, value in enumerate(values)]
    return checked(by, as_csv([HEADER, *rows]), name=name)


@pytest.mark.parametrize(
    ("written", "code"),
    [("BGD", "BD"), ("SYR", "SY"), ("xx", "XX"), ("Birma", "MM"), ("ukraińskie", "UA"), ("Wlochy", "IT")],
)
def test_countries_by_any_code_and_without_polish_letters(by, written, code):
    assert a_file(by, [written, "", "", ""]).rows.get().entry["citizenships"] == [code]


ODD = ["Korea", "Trójmiasto", "ochrona międzynarodowa", "surżyk"]


def test_what_is_not_clear_is_asked_once_for_the_file(by):
    batch = a_file(by, ODD, [*ODD[:2], "", ""], ["korea", "", "", ""])
    assert unknown_values(batch) == [
        (Unknown("countries", "korea"), 3),
        (Unknown("places", "trójmiasto"), 2),
        (Unknown("languages", "surżyk"), 1),
        (Unknown("titles", "ochrona międzynarodowa"), 1),
    ]


@pytest.mark.parametrize("word", ["karta pobytu", "Karta Pobytu", "KP", "pobyt czasowy", "student", "wiza"])
def test_a_word_for_several_titles_is_asked_and_asserts_none(by, word):
    batch = a_file(by, ["", "", word, ""], ["", "", word, ""])
    assert unknown_values(batch) == [(Unknown("titles", word.casefold()), 2)]
    assert not any("title" in row.entry for row in batch.rows.all())


@pytest.mark.parametrize(("word", "code"), [("pobyt czasowy i praca", "trp_work"), ("karta stałego pobytu", "pr")])
def test_a_word_for_one_title_is_understood(by, word, code):
    assert a_file(by, ["", "", word, ""]).rows.get().entry["title"] == code


def client_of(by: Actor, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(
        type(tasks.check), "configure", lambda task, **kwargs: SimpleNamespace(defer=task), raising=False
    )
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def test_said_once_it_is_understood_in_all_rows_and_in_the_next_file(by, monkeypatch):
    batch = a_file(by, ODD, ["Korea", "", "", ""])
    client, address = client_of(by, monkeypatch), f"/imports/{batch.ref}/values/"
    assert address in client.get(f"/imports/{batch.ref}/").content.decode()
    html = client.get(address).content.decode()
    assert "South Korea" in html
    gdansk = {"value0": "KR", "value2": "Gdansk", "value3": "refugee", "value1": "-"}
    assert client.post(address, gdansk).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.counts["bad"], batch.counts["new"]) == ("checked", 0, 2)
    imported(by, batch)
    person = Person.objects.get(names__text="Anna Nowaka")
    assert [one.country for one in person.citizenships.all()] == ["KR"]
    assert [one.place.name for one in person.dwellings.all()] == ["Gdańsk"]
    assert [one.title.code for one in person.titles.all()] == ["refugee"]
    assert not person.languages.exists()
    again = checked(by, as_csv([HEADER, ["Ewa", "Inna", *ODD]]), name="b.csv")
    assert again.counts["bad"] == 0


def test_a_town_that_does_not_exist_is_an_error_and_nothing_is_kept(by, monkeypatch):
    batch = a_file(by, ODD)
    answer = client_of(by, monkeypatch).post(f"/imports/{batch.ref}/values/", {"value2": "Atlantyda", "value0": "KR"})
    assert "we do not know this town" in answer.content.decode()
    assert not ValueMeaning.objects.exists()


def test_what_one_centre_says_is_not_said_for_another(by):
    batch = a_file(by, ODD)
    actions.say_meanings(by=by, batch=batch, meanings={Unknown("countries", "korea"): "KR"})
    centre = factories.organisation("Elsewhere")
    stranger = factories.actor(centre, "coordinator", at=factories.point(centre))
    assert a_file(stranger, ["Korea", "", "", ""], name="c.csv").counts["bad"] == 1


def test_meanings_are_said_before_the_import_only(by):
    batch = imported(by, a_file(by, ["Ukraina", "", "", ""]))
    with pytest.raises(ValidationError):
        actions.say_meanings(by=by, batch=batch, meanings={Unknown("countries", "korea"): "KR"})
