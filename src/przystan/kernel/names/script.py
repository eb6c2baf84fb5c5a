"""Which writing system a text is in."""

from bisect import bisect_right
from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    """Writing systems that a name in our register may come in."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    ARMENIAN = "armenian"
    HEBREW = "hebrew"
    ARABIC = "arabic"
    INDIC = "indic"
    GEORGIAN = "georgian"
    HANGUL = "hangul"
    ETHIOPIC = "ethiopic"
    HAN = "han"
    KANA = "kana"
    OTHER = "other"
    NONE = "none"


# First code point of each stretch of Unicode, and what is written in it (Unicode blocks).
_STARTS = [
    (0x0000, Script.NONE), (0x0041, Script.LATIN), (0x005B, Script.NONE), (0x0061, Script.LATIN),
    (0x007B, Script.NONE), (0x00AA, Script.LATIN), (0x00AB, Script.NONE), (0x00BA, Script.LATIN),
    (0x00BB, Script.NONE), (0x00C0, Script.LATIN), (0x00D7, Script.NONE), (0x00D8, Script.LATIN),
    (0x00F7, Script.NONE), (0x00F8, Script.LATIN), (0x02B0, Script.NONE), (0x0370, Script.GREEK),
    (0x0400, Script.CYRILLIC), (0x0530, Script.ARMENIAN), (0x0590, Script.HEBREW),
    (0x0600, Script.ARABIC), (0x0700, Script.OTHER), (0x0750, Script.ARABIC), (0x0780, Script.OTHER),
    (0x0870, Script.ARABIC), (0x0900, Script.INDIC), (0x0D80, Script.OTHER), (0x10A0, Script.GEORGIAN),
    (0x1100, Script.HANGUL), (0x1200, Script.ETHIOPIC), (0x13A0, Script.OTHER), (0x1C80, Script.CYRILLIC),
    (0x1C90, Script.GEORGIAN), (0x1CC0, Script.OTHER), (0x1D00, Script.LATIN), (0x1DC0, Script.NONE),
    (0x1E00, Script.LATIN), (0x1F00, Script.GREEK), (0x2000, Script.NONE), (0x2C60, Script.LATIN),
    (0x2C80, Script.OTHER), (0x2D00, Script.GEORGIAN), (0x2D30, Script.OTHER), (0x2D80, Script.ETHIOPIC),
    (0x2DE0, Script.CYRILLIC), (0x2E00, Script.NONE), (0x2E80, Script.HAN), (0x3000, Script.NONE),
    (0x3005, Script.HAN), (0x3008, Script.NONE), (0x3040, Script.KANA), (0x3100, Script.OTHER),
    (0x3130, Script.HANGUL), (0x3190, Script.OTHER), (0x3400, Script.HAN), (0xA000, Script.OTHER),
    (0xA640, Script.CYRILLIC), (0xA6A0, Script.OTHER), (0xA720, Script.LATIN), (0xA800, Script.OTHER),
    (0xAB00, Script.ETHIOPIC), (0xAB30, Script.LATIN), (0xAB70, Script.OTHER), (0xAC00, Script.HANGUL),
    (0xD7B0, Script.OTHER), (0xF900, Script.HAN), (0xFB00, Script.LATIN), (0xFB07, Script.OTHER),
    (0xFB1D, Script.HEBREW), (0xFB50, Script.ARABIC), (0xFE00, Script.NONE), (0xFE70, Script.ARABIC),
    (0xFF00, Script.OTHER), (0x1F000, Script.NONE), (0x20000, Script.HAN), (0x32000, Script.OTHER),
]  # fmt: skip
_FIRST = [start for start, _ in _STARTS]


@lru_cache(maxsize=4096)
def script_of_letter(letter: str) -> Script:
    """The script of one character; Script.NONE when it is not a letter or a vowel sign."""
    return _STARTS[bisect_right(_FIRST, ord(letter)) - 1][1]


def script_of(text: str) -> Script:
    """The script that most letters of `text` are in; Script.NONE when there is no letter."""
    counts: dict[Script, int] = {}
    for letter in text:
        script = script_of_letter(letter)
        if script is not Script.NONE:
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else Script.NONE
