"""What was typed into the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.people.rules.box import birth_of, own_ref, understand


@pytest.mark.parametrize(
    ("text", "name", "birth", "digits"),
    [
        ("kovalenko 1987", "kovalenko", "1987", ""),
        ("Олена 3.05.1987", "Олена", "1987-05-03", ""),
        ("1987-05-03 Olena", "Olena", "1987-05-03", ""),
        ("05.1987", "", "1987-05", ""),
        ("+48 600 123 456", "", "", "48600123456"),
        ("(600) 123-456", "", "", "600123456"),
        ("600123456 Oleks", "Oleks", "", "600123456"),
        ("O'Brien-Kowalska", "O'Brien-Kowalska", "", ""),
        ("31.02.1987", "", "", "31021987"),
        ("123", "", "", ""),
        ("1234", "", "", "1234"),
        ("1987", "", "1987", "1987"),
        ("Olena 4567", "Olena", "", "4567"),
        ("10 lutego 1980", "", "1980-02-10", ""),
        ("Olena 10 february 1980", "Olena", "1980-02-10", ""),
        ("10 лютого 1980 Олена", "Олена", "1980-02-10", ""),
        ("10 февраля 1980", "", "1980-02-10", ""),
        ("Maja 1980", "Maja", "1980", ""),
        ("31 lutego 1980", "", "", "3121980"),
        ("N.N.", "", "", ""),
        ("NN", "", "", ""),
        ("Natalia N", "Natalia N", "", ""),
        ("/kovalenko 1987", "kovalenko", "1987", ""),
        (" // 600 123 456", "", "", "600123456"),
        ("/", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_words_are_sorted(text: str, name: str, birth: str, digits: str) -> None:
    asked = understand(text)
    assert (asked.name, asked.birth, asked.digits) == (name, birth, digits)


def test_what_may_be_a_reference_is_kept() -> None:
    for text in ("gd/2019/034", "GD 2020 474", "2020/474"):
        assert text in understand(text).references
    assert "2020/474" in understand("Olena 2020/474").references
    assert understand("kovalenko").references == ()


def test_our_own_references_have_a_shape() -> None:
    assert own_ref("0123456789ab") == own_ref("0123-4567-89AB") == "0123456789ab"
    assert not own_ref("registration")


@pytest.mark.parametrize(
    ("text", "email", "name"),
    [
        ("Olena@Example.org", "olena@example.org", ""),
        ("Olena <o.k@example.org>", "o.k@example.org", "Olena"),
        ("a1@example.org", "a1@example.org", ""),
        ("olena@", "", "olena@"),
        ("@example", "", "@example"),
    ],
)
def test_an_address_is_told_from_a_name(text: str, email: str, name: str) -> None:
    asked = understand(text)
    assert (asked.email, asked.name) == (email, name)


@given(st.text(max_size=300))
def test_any_text_is_understood(text: str) -> None:
    asked = understand(text)
    assert len(asked.text) <= 200
    assert not asked.birth or birth_of(asked.birth) == asked.birth
