"""Phone numbers, as they are written and as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.kernel.phones import digits_of, is_dummy, is_possible


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("600 123 456", "48600123456"),
        ("+48 600-123-456", "48600123456"),
        ("0048600123456", "48600123456"),
        ("+380 67 123 45 67", "380671234567"),
        ("٦٠٠ ١٢٣ ٤٥٦", "48600123456"),
        ("६००१२३४५६", "48600123456"),
        ("123", "123"),
        ("", ""),
        ("none", ""),
    ],
)
def test_phones_of_any_country(text: str, digits: str) -> None:
    assert digits_of(text) == digits


@pytest.mark.parametrize("digits", ["000000000", "48000000000", "123456789", "987654321", "12345", ""])
def test_a_field_that_was_only_filled_is_no_number(digits: str) -> None:
    assert is_dummy(digits)
    assert not is_dummy("48600123456")


@pytest.mark.parametrize("text", ["600 100 200", "+380 67 111 22 33", "٦٠٠١٠٠٢٠٠", "(58) 301 00 00"])
def test_numbers_that_can_be_called(text: str) -> None:
    assert is_possible(text)


@pytest.mark.parametrize("text", ["301 00 00", "600 100 20", "+48 600 100 2000", "+380 67 111", "mama", ""])
def test_numbers_of_a_wrong_length_cannot_be(text: str) -> None:
    assert not is_possible(text)


@given(st.text(max_size=60))
def test_digits_never_overflow(text: str) -> None:
    assert len(digits_of(text)) <= 20
