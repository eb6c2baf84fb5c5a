"""Names of countries and languages in the language of the page, from the CLDR (through Babel)."""

from functools import lru_cache

from babel import Locale
from babel.localedata import locale_identifiers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

STATELESS = "XX"
# Codes that the CLDR has beside the countries: unions, pseudo-codes for tests, outlying islands.
NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
# Spoken by people who come, without a locale of their own in the CLDR.
MORE_LANGUAGES = frozenset(
    {"rom", "ce", "av", "ady", "kbd", "inh", "lez", "ab", "cv", "ba", "ht", "prs", "ars", "ary", "arz"}
)
# Letters that an alphabet puts right after another one, against the order of Unicode.
_AFTER = str.maketrans(
    {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
    | {
        "ґ": "г~",
        "є": "е~",
        "ё": "е~",
        "і": "и~",
        "ї": "и~~",
        "å": "a~",
        "é": "e",
        "ã": "a",
        "í": "i",
        "ô": "o",
        "ç": "c",
    }
)


def country_name(code: str, language: str = "") -> str:
    """The country of an ISO 3166 alpha-2 code in the page's (or the given) language; XX is "stateless"."""
    if code == STATELESS:
        return _("stateless")
    return str(_locale(language).territories.get(code, code))


def language_name(code: str, language: str = "") -> str:
    """The language of an ISO 639 code in the page's (or the given) language."""
    return str(_locale(language).languages.get(code, code))


def countries() -> list[tuple[str, str]]:
    """(code, name) of all countries, in the order of the page's alphabet; stateless comes last."""
    return [*_countries(_code("")), (STATELESS, _("stateless"))]


def languages() -> list[tuple[str, str]]:
    """(code, name) of the languages that people may speak, in the order of the page's alphabet."""
    return list(_languages(_code("")))


def alphabetical(name: str) -> str:
    """Sort key of a word in Polish, English, Ukrainian or Russian order."""
    return name.lower().translate(_AFTER)


@lru_cache(maxsize=32)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(language).territories
    found = [
        (code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    ]
    return tuple(sorted(found, key=lambda pair: alphabetical(pair[1])))


@lru_cache(maxsize=32)
def _languages(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(language).languages
    known = {code for code in locale_identifiers() if "_" not in code} | MORE_LANGUAGES
    found = [(code, names[code]) for code in known if code in names and len(code) <= 3]
    return tuple(sorted(found, key=lambda pair: alphabetical(pair[1])))


def _locale(language: str) -> Locale:
    return _parsed(_code(language))


def _code(language: str) -> str:
    return (language or get_language() or "pl").split("-")[0]


@lru_cache(maxsize=32)
def _parsed(code: str) -> Locale:
    return Locale.parse(code)
