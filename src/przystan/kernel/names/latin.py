"""Reads a Latin word aloud, whichever country's spelling it is in."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Longest first is the only order that matters; the regular expression below sees to it.
_SPELLINGS: Final = {
    # sibilants: Polish, English, German, French, Czech
    "schtsch": "Q", "shch": "Q", "szcz": "Q", "chtch": "Q", "stsch": "Q", "šč": "Q", "ść": "Q",
    "shtsh": "Q", "schch": "Q", "sch": "S", "sh": "S", "sz": "S", "š": "8", "ş": "8", "ș": "8", "ś": "8",
    "ŝ": "8", "tsch": "C", "tch": "C", "tsh": "C", "cz": "C", "č": "č", "ć": "č", "ç": "č",
    "ch": "4", "cch": "k", "zh": "Lη", "ž": "9", "ż": "9", "ź": "9", "rz": "ρ0", "ř": "ρ0",
    "dsch": "J", "dzh": "J", "dż": "J", "dź": "J", "dž": "J", "dj": "J", "jh": "J", "xh": "J",
    "dz": "ʒ", "dse": "ʒe", "dsi": "ʒi", "dsy": "ʒy", "dsj": "ʒ5", "ts": "c", "tz": "c", "ţ": "ț", "ț": "ț",
    # throat and breath: Arabic, Persian, Hindi, Georgian and Armenian in Latin letters
    "kh": "x", "gh": "G", "ğ": "G", "ġ": "G", "th": "Tη", "dh": "Dη", "ph": "f", "bh": "b", "ḥ": "h", "ḫ": "x",
    "ks": "X", "ksh": "X", "x": "X", "ck": "2k", "qu": "q", "đ": "d", "ð": "D", "þ": "T", "ł": "l",
    # vowels: French and English pairs, German and Turkish marks, Polish nasals
    "ou": "u", "oo": "u", "ee": "ē", "aa": "a", "ii": "i", "uu": "u",
    "ya": "ja", "ye": "je", "yo": "jo", "yu": "ju", "ą": "ą", "ę": "e", "ó": "ó", "ö": "ö", "ø": "ö", "ő": "ö",
    "ü": "ü", "ű": "ü", "ä": "ä",
    "ə": "ä", "æ": "ä", "å": "o", "ë": "ë", "ı": "y", "î": "i", "ư": "u", "ơ": "o", "ñ": "n", "ß": "s",
    # single letters that differ from their sound
    "c": "2", "ce": "3e", "ci": "3i", "cy": "3y", "cé": "3e", "cë": "3ë", "cę": "3e", "j": "5", "z": "7",
}  # fmt: skip
_PATTERN: Final = re.compile("|".join(sorted(map(re.escape, _SPELLINGS), key=len, reverse=True)) + "|.", re.S)
_SIGNED: Final = frozenset("pbfvwmnlrtdkghqsaeiouy")


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """The sign of a letter without a rule of its own: the letter under its marks."""
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base in _SIGNED else _SPELLINGS.get(base, "")


def read_latin(word: str) -> str:
    """Signs (see `sounds`) of a lower-case Latin word; letters without a sound are left out."""
    return "".join(_SPELLINGS.get(part) or _letter(part) for part in _PATTERN.findall(word))
