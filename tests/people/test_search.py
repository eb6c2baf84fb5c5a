"""One box: any spelling, any script, part of a name, phone, birth, reference; each candidate with its reason."""

import pytest

from przystan.access.actors import Actor, Forbidden
from przystan.people import actions
from przystan.people.models import Channel, Person, PersonName
from przystan.people.queries import search
from przystan.team.models import Point
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def point() -> Point:
    return factories.point(factories.organisation())


@pytest.fixture
def adviser(point: Point) -> Actor:
    return factories.actor(point.organisation)


@pytest.fixture
def olena(point: Point, adviser: Actor) -> Person:
    person = factories.person(point, "Олена Коваленко", birth="1987-05-03", centre_reference="GD/2019/034")
    actions.keep_channel(by=adviser, fact=Channel(person=person, kind="phone", value="+48 600 123 456"))
    actions.keep_channel(by=adviser, fact=Channel(person=person, kind="email", value="olena.k@example.org"))
    for name, birth in [("Olena Shevchenko", "1990"), ("Jan Kowalski", "1955-01-01"), ("Ольга Коваль", "")]:
        factories.person(point, name, birth=birth)
    return person


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Олена Коваленко", "same_words"),
        ("Olena Kovalenko", "other_script"),
        ("KOWALENKO OŁENA", "order_swapped"),
        ("Kovalenko", "partial"),
        ("olen koval", "partial"),
        ("Olena Kovadenko", "typo"),
        ("kovalenko 1987", "birth_year"),
        ("kovalenko 03.05.1987", "birth"),
        ("kovadenko", "typo"),
        ("600 123 456", "phone"),
        ("Olena.K@Example.org", "email"),
        ("0048600123456", "phone"),
        ("123-456", "phone_end"),
        ("gd/2019/034", "reference"),
        ("GD-2019-034", "reference"),
        ("gd 2019 034", "reference"),
        ("2019/034", "reference"),
        ("3456", "phone_end"),
        ("kovalenko 3 maja 1987", "birth"),
        ("kovalenko 05.03.1987", "birth_swapped"),
    ],
)
def test_found_first_and_told_why(olena: Person, adviser: Actor, text: str, code: str) -> None:
    first = search(adviser, text)[0]
    assert first.person == olena
    assert code in first.codes
    assert all(str(words) for words in first.reasons)


@pytest.mark.parametrize("typed", ["+380501234567", "00380 50 123 45 67", "050 123 45 67"])
@pytest.mark.parametrize("kept", ["380501234567", "480501234567"])
def test_a_number_is_found_under_another_country_s_code(point: Point, adviser: Actor, typed: str, kept: str) -> None:
    """As it was dialled at home, it was once kept with the code of Poland."""
    person = factories.person(point, "Iryna Bondar")
    person.channels.create(kind="phone", value="050 123 45 67", digits=kept)
    [found] = search(adviser, typed)
    assert found.person == person
    assert {"phone", "phone_end"} & set(found.codes)


def test_by_our_own_reference(olena: Person, adviser: Actor) -> None:
    for text in (olena.ref, olena.ref.upper(), f"{olena.ref[:4]}-{olena.ref[4:]}"):
        assert [one.person for one in search(adviser, text)] == [olena]


def test_a_reference_with_other_letters_is_another(olena: Person, adviser: Actor) -> None:
    assert search(adviser, "TCZ/2019/034") == []


def test_a_birth_year_alone(olena: Person, adviser: Actor) -> None:
    assert [one.person for one in search(adviser, "1987")] == [olena]


def test_a_slip_is_found_beside_a_namesake(olena: Person, point: Point, adviser: Actor) -> None:
    """A namesake elsewhere fitted by the name alone, and nobody looked further."""
    meant = factories.person(point, "Halyna Ponomarenko", birth="1994-12-30")
    elsewhere = factories.person(factories.point(point.organisation), "Halyna Ponomarenko", birth="1960-06-06")
    factories.person(point, "Halyna Ponomarenko", birth="1950-01-05")
    found = search(factories.actor(point.organisation, at=point), "Halyna Ponomarenko 30.12.1993")
    assert {one.person for one in found} == {meant, elsewhere}
    assert "birth_year_off" in next(one for one in found if one.person == meant).codes


def test_a_short_word_is_a_name_and_the_beginning_of_one(point: Point, adviser: Actor) -> None:
    mai, maisuradze, both = (factories.person(point, name) for name in ("Mai", "Nino Maisuradze", "Olga Kovtun"))
    assert [one.person for one in search(adviser, "Mai")] == [mai, maisuradze]
    assert both in [one.person for one in search(adviser, "ol kov")]


def test_nobody_s_name_is_nobody(point: Point, adviser: Actor) -> None:
    factories.person(point, "Natalia Nowak")
    factories.person(point, "N.N.")
    assert search(adviser, "N.N.") == []
    assert [one.person.display_name for one in search(adviser, "Natalia Nowak")] == ["Natalia Nowak"]


def test_a_wrong_year_still_finds_and_says_so(olena: Person, adviser: Actor) -> None:
    first = search(adviser, "Олена Коваленко 1978")[0]
    assert first.person == olena
    assert "birth_differs" in first.codes


def test_other_forms_of_the_name_count_once(olena: Person, adviser: Actor) -> None:
    actions.keep_name(by=adviser, fact=PersonName(person=olena, text="Helena Kowalenko", kind="former"))
    found = search(adviser, "Helena Kowalenko")
    assert [one.person for one in found].count(olena) == 1
    assert found[0].other_name == "Helena Kowalenko"


def test_strangers_find_nobody(olena: Person) -> None:
    stranger = factories.actor(factories.organisation())
    for text in ("Олена Коваленко", "600123456", "GD/2019/034", "1987", olena.ref):
        assert search(stranger, text) == []
    with pytest.raises(Forbidden):
        search(factories.actor(olena.organisation, "teacher"), "Олена")


def test_a_merged_record_answers_as_the_kept_one(olena: Person, point: Point) -> None:
    other = factories.person(point, "Helena K.", centre_reference="TCZ/1")
    coordinator = factories.actor(point.organisation, "coordinator")
    actions.merge(by=coordinator, kept=olena, absorbed=other)
    for text in ("TCZ/1", other.ref, "Helena"):
        assert search(coordinator, text)[0].person == olena, text


@pytest.mark.parametrize("text", ["", " ", "%", "_", "'", "\\", "\0", "()", "1" * 300, "х" * 500, "🙂", "a'b\"c;--"])
def test_odd_text_is_no_error(olena: Person, adviser: Actor, text: str) -> None:
    search(adviser, text)


def test_the_limit_holds(point: Point, adviser: Actor) -> None:
    for _ in range(7):
        factories.person(point, "Anna Nowak")
    assert len(search(adviser, "Anna Nowak", limit=5)) == 5


@pytest.fixture
def zorianas(point: Point) -> list[Person]:
    names = "Петренко", "Іваненко", "Мельник", "Ткач", "Бондар", "Кравець", "Лисенко"
    people = [factories.person(point, f"Зоряна {name}", birth=f"19{70 + at}-04-01") for at, name in enumerate(names)]
    return [*people, factories.person(point, "Зоряна Гриценко")]


def test_another_name_and_another_birth_date_is_nobody(zorianas: list[Person], adviser: Actor) -> None:
    assert [one.person for one in search(adviser, "Зоряна Винниченко 1988")] == zorianas[-1:]
    assert not search(adviser, "Зоряна Винниченко 1988")[0].fits  # only the birth date is not known to differ


def test_who_fits_leaves_no_place_for_who_does_not(zorianas: list[Person], point: Point, adviser: Actor) -> None:
    meant = factories.person(point, "Zoriana Vynnychenko", birth="1988")
    for text in ("Зоряна Винниченко", "Зоряна Винниченко 1988", "Зоряна Винниченко 1978"):
        assert [one.person for one in search(adviser, text)] == [meant], text


def test_when_nobody_fits_the_nearest_few_come(zorianas: list[Person], adviser: Actor) -> None:
    found = search(adviser, "Зоряна Винниченко")
    assert len(found) == 5
    assert not any(one.fits for one in found)
    assert len(search(adviser, "Зоряна Винниченко", weak=3)) == 3


def test_a_part_of_a_long_name_fits(point: Point, adviser: Actor) -> None:
    person = factories.person(point, "María José García López Hernández")
    for text in ("garcia", "mari garc", "Hernandez Maria"):
        assert [(one.person, one.fits) for one in search(adviser, text)] == [(person, True)], text


def test_the_other_record_is_found_beside_the_one_at_hand(olena: Person, point: Point, adviser: Actor) -> None:
    other = factories.person(point, "Олена Ковальова")
    assert other in [one.person for one in search(adviser, "Олена Коваленко", besides=olena.pk)]
    assert olena not in [one.person for one in search(adviser, "Олена Коваленко", besides=olena.pk)]


def test_doubts_are_never_among_the_reasons(olena: Person, adviser: Actor) -> None:
    found = search(adviser, "Олена Коваленко 1978")[0]
    assert [str(words) for words in found.doubts] == ["another birth date"]
    assert "another birth date" not in map(str, found.reasons)


def test_an_address_of_another_centre_is_not_found(olena: Person) -> None:
    assert search(factories.actor(factories.organisation()), "olena.k@example.org") == []


def test_without_one_word_in_common_nobody_is_near(point: Point, adviser: Actor) -> None:
    factories.person(point, "Szymon Górski")
    assert search(adviser, "Korniiesko") == []
