"""Texts that break programs: the Big List of Naughty Strings (MIT, tests/data/naughty), and those we met ourselves."""

import json
from pathlib import Path

LIST = Path(__file__).parent.parent / "data" / "naughty" / "blns.json"
OURS = [
    "Zażółć gęślą jaźń",
    "Ґанок її Європи ё ъ",
    "مَرْيَم عَبْدُ ٱللّٰه",
    "שלום עולם",
    "abc\u202edcba",  # the rest is shown from right to left
    "\u2066a\u2069\u200e",
    "zero\u200bwidth\u200djoined\ufeff",
    "nul\0inside",
    "ctrl\x01\x08\x1b[31m",
    "\r\nSet-Cookie: a=b",
    "lone \ud800 surrogate",
    "\u0301\u0301\u0301",
    "％２ｅ＝１＋１",
    "-" * 3_000,
    "ﷺ" * 300,
    "ﷺ" * 190,  # short enough for a name, and eighteen times as long in plain letters
    "{{ settings.SECRET_KEY }}{% debug %}",
    "%s%(a)s%n{0}{a.b}",
    "'; DROP TABLE people_person; --",
    '"><script>window.ran=1</script>',
    "<img src=x onerror=window.ran=1>",
    "javascript:window.ran=1",
    "</textarea><svg onload=window.ran=1>",
]


def naughty() -> list[str]:
    """Every string once; the empty one is left out, which forms meet anyway."""
    found = json.loads(LIST.read_text(encoding="utf-8"))
    return [text for text in dict.fromkeys([*OURS, *found]) if text]
