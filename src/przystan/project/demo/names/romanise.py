"""Latin spellings of a name by rule: passport (ICAO 9303 and the countries' own tables), Polish, English.

Each function takes one native spelling ("Ковальчук") and gives one Latin spelling ("Kovalchuk"). They only
have to be as right as the papers that people bring: the demo needs one person spelt in many offices' ways.
"""

import re
import unicodedata
from functools import cache

from przystan.project.demo.names import tables

_ASCII_EXTRA = str.maketrans("đĐıİəƏłŁ", "dDiIaAlL", "ʻ‘’ʼ'")


@cache
def ascii_form(text: str) -> str:
    """A Latin-script name as the machine-readable zone of a passport has it: no marks, no apostrophes."""
    plain = text.translate(_ASCII_EXTRA)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def _by_letter(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in text)


def _by_rules(text: str, rules: list[tuple[re.Pattern[str], str]], table: dict[str, str]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return _by_letter(text, table)


def _each_word(text: str, system: str) -> str:
    rules, table = tables.SYSTEMS[system]
    spelt = (_by_rules(word, rules, table) for word in _parts(text.lower()))
    return "".join(_capital(part) for part in spelt)


def _parts(text: str) -> list[str]:
    return re.split(r"([ \-]+)", text)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


@cache
def passport(text: str, language: str) -> str:
    """As in the passport of the name's country; Latin scripts lose their marks."""
    if language in tables.LATIN:
        return ascii_form(text)
    return _each_word(text, f"{language}-passport")


@cache
def polish(text: str, language: str) -> str:
    """As a Polish clerk writes it down by ear or by the dictionary; Latin scripts keep their marks."""
    if language in tables.LATIN:
        return text
    if f"{language}-polish" in tables.SYSTEMS:
        return _each_word(text, f"{language}-polish")
    return tables.POLISH_EAR.sub(lambda m: tables.POLISH_SOUNDS[m[0]], passport(text, language).lower()).title()


@cache
def english(text: str, language: str) -> str:
    """The everyday English spelling (Yulia, Sergey, Kovalchuk)."""
    system = f"{language}-english"
    return _each_word(text, system) if system in tables.SYSTEMS else passport(text, language)


@cache
def russian(text: str, language: str) -> str:
    """The Russian (Cyrillic) spelling that Soviet and Russian papers give to a name of another language."""
    table = tables.TO_RUSSIAN[language]
    lowered = text.lower()
    for pattern, replacement in tables.TO_RUSSIAN_RULES.get(language, []):
        lowered = pattern.sub(replacement, lowered)
    return "".join(_capital(_by_letter(part, table)) for part in _parts(lowered))


RUSSIAN_BY_RULE = frozenset(tables.TO_RUSSIAN)
