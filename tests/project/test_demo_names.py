"""Names of the synthetic people: right letters, right grammar, the same for the same seed."""

from random import Random

import pytest

from przystan.project.demo.names import languages, new_family, new_name, romanise
from przystan.project.demo.names.grammar import feminine, patronymic
from przystan.project.demo.names.stock import stocks


@pytest.mark.parametrize(
    ("native", "language", "passport", "polish"),
    [
        ("Щербак", "uk", "Shcherbak", "Szczerbak"),
        ("Юлія", "uk", "Yuliia", "Julija"),
        ("Яворська", "uk", "Yavorska", "Jaworska"),
        ("Сергій", "uk", "Serhii", "Serhij"),
        ("Сергей", "ru", "Sergei", "Siergiej"),
        ("Наталья", "ru", "Natalia", "Natalja"),
        ("Уладзімір", "be", "Uladzimir", "Uładzimir"),
        ("ალექსანდრე", "ka", "Aleksandre", "Aleksandre"),
        ("Գևորգյան", "hy", "Gevorgyan", "Geworgjan"),
        ("Əliyeva", "az", "Aliyeva", "Əliyeva"),
    ],
)
def test_spellings_are_those_of_the_offices(native: str, language: str, passport: str, polish: str) -> None:
    assert romanise.passport(native, language) == passport
    assert romanise.polish(native, language) == polish


def test_a_ukrainian_has_a_russian_spelling_too() -> None:
    assert stocks()["uk"].russian["Микола"] == "Николай"
    assert romanise.russian("Яворський", "uk") == "Яворский"
    assert romanise.russian("Hacıyev", "az") == "Гаджиев"


def test_grammar_of_families() -> None:
    assert feminine("Яворський", "uk") == "Яворська"
    assert feminine("Шевченко", "uk") == "Шевченко"
    assert feminine("Кавалёў", "be") == "Кавалёва"
    assert feminine("Kowalski", "pl") == "Kowalska"
    assert patronymic("Микола", "uk", female=True) == "Миколаївна"
    assert patronymic("Евгений", "ru", female=False) == "Евгеньевич"
    assert patronymic("Giorgi", "ka", female=False) == ""


@pytest.mark.parametrize("language", languages())
def test_each_language_names_people_in_latin_letters_too(language: str) -> None:
    names = [new_name(Random(n), language, female=bool(n % 2)) for n in range(60)]
    assert len({name.spellings[0].text for name in names}) > 40
    for name in names:
        first = name.spellings[0]
        assert first.given
        assert first.family
        assert all(ord(letter) < 0x250 or letter in "‘’" for letter in first.text)


def test_the_same_seed_gives_the_same_people() -> None:
    def people(seed: int) -> list[str]:
        rng = Random(seed)
        return [new_name(rng, "uk", female=True).spellings[0].text for _ in range(50)]

    assert people(1) == people(1)
    assert people(1) != people(2)


def test_a_family_shares_its_name() -> None:
    rng = Random(5)
    family = new_family(rng, "ka")
    names = {new_name(rng, "ka", female=n % 2 == 0, family=family).spellings[0].family for n in range(6)}
    assert len(names) == 1
