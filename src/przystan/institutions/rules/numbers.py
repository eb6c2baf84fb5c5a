"""Numbers of the country's registers: their lengths, and the check digits of those that have one.

REGON: weights of the register of entities, modulo 11, a rest of 10 counts as 0; one of 14 digits (a local unit) begins
with the 9 of its parent, which must fit by themselves. NIP: modulo 11, no number has the rest 10. KRS and RSPO carry no
check digit.
"""

import re
from collections.abc import Sequence
from enum import Enum

REGON_9 = (8, 9, 2, 3, 4, 5, 6, 7)
REGON_14 = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)
NIP = (6, 5, 7, 2, 3, 4, 5, 6, 7)
RSPO_LONGEST = 6
LENGTHS = {"regon": (9, 14), "nip": (10,), "krs": (10,), "rspo": tuple(range(1, RSPO_LONGEST + 1))}


class Wrong(Enum):
    """Why digits cannot be a number of a register."""

    LENGTH = "length"
    CHECK = "check"


def clean(kind: str, text: str) -> tuple[str, Wrong | None]:
    """The digits of a number as typed ("PL 583-000-11-22", "000123456"), and what is wrong with it, if anything."""
    digits = re.sub(r"[\s./-]", "", text).upper().removeprefix("PL")
    if kind == "krs" and digits.isdigit() and len(digits) < 10:
        digits = digits.zfill(10)  # a spreadsheet lost its zeros
    if kind == "regon" and digits.isdigit() and 6 < len(digits) < 9:
        digits = digits.zfill(9)  # the same; the check digit tells whether that was it
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in LENGTHS[kind]:
        return digits, Wrong.LENGTH
    fits = {"regon": _regon, "nip": _nip}.get(kind)
    return digits, None if fits is None or fits(digits) else Wrong.CHECK


def _regon(digits: str) -> bool:
    whole = len(digits) == 9 or _sum(digits, REGON_14) % 10 == int(digits[13])
    return whole and _sum(digits, REGON_9) % 10 == int(digits[8])


def _nip(digits: str) -> bool:
    return _sum(digits, NIP) == int(digits[9])


def _sum(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def kinds_of(digits: str) -> list[str]:
    """Registers in which these digits may be a number; for a search."""
    return [kind for kind in LENGTHS if clean(kind, digits)[1] is None]
