"""Phone numbers, as they are written and as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.kernel.phones import digits_of, is_dummy


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("600 123 456", "48600123456"),
        ("+48 600-123-456", "48600123456"),
        ("0048600123456", "48600123456"),
        ("+380 67 123 45 67", "380671234567"),
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


@given(st.text(max_size=60))
def test_digits_never_overflow(text: str) -> None:
    assert len(digits_of(text)) <= 20
