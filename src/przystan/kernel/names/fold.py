"""Names cut into words, and their plain Latin form."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from przystan.kernel.names.respelled import in_one_script
from przystan.kernel.names.script import Script, script_of

LONGEST = 400  # characters of a name that are read; nobody's name is longer, a pasted page is

_APOSTROPHES = "'’ʼ‘`´ʻʹʾʿ′׳״"
_DOT_INSIDE = re.compile(r"\.(?=[^\s.])")
_TWO_SIGNS = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 夏侯 皇甫 남궁 황보 제갈 선우".split()
)  # family names of two signs
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def _clean_letter(letter: str) -> str:
    """Letters, their marks and digits stay; what joins is dropped; the rest parts two words."""
    category = unicodedata.category(letter)
    if letter in _APOSTROPHES or category == "Cf":
        return ""
    return letter if letter == "." or category[0] in "LMN" else " "


def clean(text: str) -> str:
    """Text in one Unicode form (NFKC), lower-case, with nothing in it but words, spaces and dots."""
    text = text[:LONGEST]
    if not text.isascii():
        # An apostrophe goes first: normalising turns some of them into a space and a mark.
        text = "".join(letter for letter in text if letter not in _APOSTROPHES)
        text = unicodedata.normalize("NFKC", text)
        text = unicodedata.normalize("NFC", text.lower())
    return "".join(map(_clean_letter, text)).lower()


def words(text: str) -> list[str]:
    """The words of a name in their own script; a dot stays, it marks an initial.

    Chinese and Korean names come without a space: the first sign is the family name.
    """
    found: list[str] = []
    for word in _DOT_INSIDE.sub(". ", clean(text)).split():
        if word.strip("."):
            found.extend([word] if word.isascii() else _syllables(in_one_script(word)))
    return found


def _syllables(word: str) -> list[str]:
    if len(word) > 2 and word[:2] in _TWO_SIGNS:
        return [word[:2], word[2:]]
    if len(word) > 1 and script_of(word) in (Script.HAN, Script.HANGUL):
        return [word[:1], word[1:]]
    return [word]


@lru_cache(maxsize=20_000)
def latin_word(word: str) -> str:
    """One word in lower-case ASCII letters and digits; may be empty."""
    return word if word.isascii() and word.isalnum() else _NOT_ASCII_WORD.sub("", anyascii(word).lower())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Plain Latin form of a name: lower-case ASCII words separated by one space.

    The form to show beside a foreign script, to sort by and to keep in a trigram index. The order
    of words stays. Folding twice gives the same as folding once. Empty when nothing can be read.
    """
    return " ".join(filter(None, (latin_word(word) for word in words(text))))
