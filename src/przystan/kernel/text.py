"""Text as people mean it: one way to write each letter, and nothing that is not seen."""

import unicodedata
from functools import lru_cache

# Unicode's format characters (Cf) but those that are drawn: a sign over a number, an end of a verse.
DRAWN = frozenset(map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD]))
JOINERS = "\u200c\u200d"  # ZWNJ, ZWJ
# Scripts in which a joiner between two letters changes how, and what, they say.
JOINING = (
    "ARABIC SYRIAC MONGOLIAN NKO ADLAM DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM"
    " SINHALA MYANMAR KHMER TIBETAN BALINESE JAVANESE"
).split()


def tidy(text: str) -> str:
    """Composed letters (NFC), without format characters: zero-width spaces, marks of direction, soft hyphens.

    A joiner stays between two letters of a script that needs it.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if not any(map(_is_unseen, text)):
        return text
    return "".join(letter for place, letter in enumerate(text) if not _is_unseen(letter) or _joins(letter, text, place))


@lru_cache(maxsize=4096)
def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" and letter not in DRAWN


def _joins(letter: str, text: str, place: int) -> bool:
    beside = text[place - 1 : place], text[place + 1 : place + 2]
    return letter in JOINERS and place > 0 and all(one and _needs_joiners(one) for one in beside)


@lru_cache(maxsize=4096)
def _needs_joiners(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LM" and unicodedata.name(letter, "").startswith(tuple(JOINING))


def folded_digits(text: str) -> str:
    """With digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
