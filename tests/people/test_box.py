"""What was typed into the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.people.rules.box import birth_of, is_ref, understand


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
        ("1234", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_words_are_sorted(text: str, name: str, birth: str, digits: str) -> None:
    asked = understand(text)
    assert (asked.name, asked.birth, asked.digits) == (name, birth, digits)


def test_a_reference_is_looked_up_as_it_is_and_in_capitals() -> None:
    assert {"gd/2019/034", "GD/2019/034"} <= set(understand("gd/2019/034").references)
    assert understand("kovalenko").references == ()


def test_our_own_references_have_a_shape() -> None:
    assert is_ref("0123456789ab")
    assert not is_ref("registration")


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
