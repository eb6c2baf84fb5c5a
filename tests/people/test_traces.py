"""What in a text tells of somebody, and who is meant by a name and a birth date."""

import pytest

from przystan.people.rules.traces import traces

OLENA = traces(
    ["GD/77", "olena@example.org", "x"], ["Олена Коваленко", "Olena Kovalenko"], "1990-05-03", ["48600123456"]
)


@pytest.mark.parametrize(
    "text",
    [
        "birthday of Olena",
        "urodziny Oleny",
        "see gd/77",
        "call 600 123 456",
        "write to OLENA@example.org",
        {"before": {"text": "pani Kovalenko"}},
        ["nobody", ["Kowalenko Olena"]],
    ],
)
def test_a_text_that_tells_of_her(text: object) -> None:
    assert OLENA.told_in(text)


@pytest.mark.parametrize(
    "text", ["", "Polish A1, lesson 3", "Ola", "6001234", "call 700 123 456", "x", {"a": 1}, ["Oliwia"], None]
)
def test_a_text_that_tells_of_nobody(text: object) -> None:
    assert not OLENA.told_in(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ask for Olena Kovalenko, room 3", True),
        ("pytać o Olenę Kovalenko", True),
        ("Коваленко, Олена", True),
        ("Olena Bondar, Ivan Kovalenko", True),  # all her words are there: the danger decides
        ("Olena Bondar", False),
        ("call 600 123 456", True),
        ("GD/77", True),
        ("", False),
    ],
)
def test_a_text_that_names_her(text: str, named: bool) -> None:
    assert OLENA.named_in(text) is named


@pytest.mark.parametrize(
    ("name", "birth", "fits"),
    [
        ("Олена Коваленко", "1990-05-03", True),
        ("Olena Kowalenko", "", True),
        ("Kovalenko Olena", "1990", True),
        ("Olena Kovalenko", "1991-05-03", False),
        ("Olena Bondar", "1990-05-03", False),
        ("Olena", "", False),
    ],
)
def test_who_is_meant(name: str, birth: str, fits: bool) -> None:
    assert OLENA.fit(name, birth) is fits
