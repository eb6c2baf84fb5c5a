"""Phone numbers of any country, written in any way."""

import re

import phonenumbers

from .text import folded_digits

HOME = "PL"  # a number without a country code is read as Polish, as it was dialled here
HOME_CODE, HOME_DIGITS = 48, 9  # shorter ones are those of services, of no person


def digits_of(text: str) -> str:
    """The number with its country code, digits only (E.164 without "+"); the digits as they are if it is no number."""
    text = folded_digits(text)
    plain = re.sub(r"\D", "", text)
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return plain[:20]
    if not phonenumbers.is_possible_number(number):
        return plain[:20]
    return f"{number.country_code}{phonenumbers.national_significant_number(number)}"[:20]


def is_possible(text: str) -> bool:
    """Whether there can be such a number: as long as numbers of its country are, called from anywhere."""
    try:
        number = phonenumbers.parse(folded_digits(text), HOME)
    except phonenumbers.NumberParseException:
        return False
    if number.country_code == HOME_CODE:
        return len(phonenumbers.national_significant_number(number)) == HOME_DIGITS
    return phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE


def is_dummy(digits: str) -> bool:
    """Whether somebody only filled a field: one digit nine times, or counting up or down ("000000000", "123456789")."""
    last = digits[-9:]
    return len(last) < 7 or len(set(last)) == 1 or last in "01234567890" or last in "09876543210"
