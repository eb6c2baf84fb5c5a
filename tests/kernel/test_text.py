"""Text as it comes in: composed, and without what nobody sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.kernel.text import folded_digits, tidy


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain", "plain"),
        ("Gdan\u0301sk", "Gdańsk"),
        ("Ka\u200btarzyna", "Katarzyna"),
        ("\ufeffAnna\u202e\u2066", "Anna"),
        ("Kowal\u00adska", "Kowalska"),
        ("An\u200cna", "Anna"),  # a joiner means nothing in Latin
        ("می\u200cخواهم", "می\u200cخواهم"),  # in Persian it does
        ("ක්\u200dර", "ක්\u200dර"),  # and in Sinhala
        ("\u200cمی\u200c", "می"),  # but not at an end
        ("\u0600٣", "\u0600٣"),  # a sign that is drawn
    ],
)
def test_what_is_unseen_goes_and_what_a_script_needs_stays(text, kept):
    assert tidy(text) == kept


@given(st.text(max_size=40))
def test_tidy_text_stays_as_it_is(text):
    assert tidy(tidy(text)) == tidy(text)
    assert unicodedata.is_normalized("NFC", tidy(text))


def test_digits_of_any_script_are_digits():
    assert folded_digits("٠١٢ ۳४५ 6") == "012 345 6"
