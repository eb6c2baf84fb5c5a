"""Where the people of the demo come from, in which years, and what they speak."""

from dataclasses import dataclass
from datetime import date

from przystan.project.demo.chance import Weighted

INVASION = date(2022, 2, 24)


@dataclass(frozen=True)
class Origin:
    """A language of names with the countries of its speakers, and how they come to Poland (see residence.py)."""

    language: str
    countries: Weighted[str]
    also_speaks: tuple[tuple[str, float], ...]
    ways: Weighted[str]


def _origin(language: str, countries: str, speaks: str, ways: str) -> Origin:
    return Origin(language, Weighted(_pairs(countries)), tuple(_pairs(speaks)), Weighted(_pairs(ways)))


def _pairs(text: str) -> list[tuple[str, float]]:
    return [(a, float(b)) for a, _, b in (pair.partition("=") for pair in text.split())]


# Countries, further languages with the chance of speaking them, and ways: work | study | family | asylum | eu | host.
ORIGINS = {
    origin.language: origin
    for origin in [
        _origin("uk", "UA=1", "ru=.85 en=.3", "work=6 study=1 family=2"),
        _origin("be", "BY=1", "ru=.97 en=.3", "work=5 study=1 family=1 asylum=3"),
        _origin("ru", "RU=.8 UA=.12 KZ=.05 BY=.03", "en=.35", "work=4 study=1 family=2 asylum=2"),
        _origin("ce", "RU=1", "ru=.95", "asylum=1"),
        _origin("ka", "GE=1", "ru=.6 en=.25", "work=7 family=1 asylum=1"),
        _origin("hy", "AM=.9 RU=.1", "ru=.9 en=.2", "work=5 family=2 asylum=1"),
        _origin(
            "ar", "SY=.35 IQ=.15 EG=.15 MA=.1 TN=.08 YE=.07 PS=.05 LB=.05", "en=.45 fr=.15", "asylum=5 study=2 family=3"
        ),
        _origin("fa", "AF=.55 IR=.45", "en=.35 ru=.05", "asylum=6 study=2 family=1"),
        _origin("hi", "IN=1", "en=.85", "work=5 study=3 family=1"),
        _origin("ne", "NP=1", "hi=.7 en=.7", "work=6 study=3"),
        _origin("bn", "BD=.85 IN=.15", "hi=.4 en=.65", "work=5 study=3"),
        _origin("vi", "VN=1", "en=.2 ru=.1", "work=5 family=3"),
        _origin("tr", "TR=1", "en=.5", "work=4 study=4 family=1"),
        _origin("es", "CO=.7 VE=.15 ES=.15", "en=.35", "work=7 family=1"),
        _origin("az", "AZ=1", "ru=.7 tr=.6 en=.3", "work=4 study=3 family=1"),
        _origin("uz", "UZ=1", "ru=.85", "work=7 study=1"),
        _origin("tg", "TJ=1", "ru=.85", "work=2 asylum=6"),
        _origin("kk", "KZ=1", "ru=.95 en=.2", "work=3 study=3 family=1"),
        _origin("ro", "MD=.75 RO=.25", "ru=.5 en=.25", "work=5 family=1"),
        _origin("fil", "PH=1", "en=.95", "work=1"),
        _origin("en", "ZW=.5 NG=.4 GB=.1", "fr=.1", "study=6 work=2 family=1"),
        _origin("fr", "CM=.6 SN=.15 CD=.15 FR=.1", "en=.5", "study=5 asylum=2 family=1"),
        _origin("ti", "ER=.7 ET=.3", "en=.4 ar=.2", "asylum=1"),
        _origin("so", "SO=1", "ar=.4 en=.4", "asylum=1"),
        _origin("he", "IL=1", "en=.8 ru=.2", "study=1 family=2"),
        _origin("zh", "CN=1", "en=.5", "study=2 work=1"),
        _origin("pl", "PL=1", "en=.5", "host=1"),
    ]
}

_BEFORE = Weighted(
    _pairs(
        "uk=42 be=8 ru=9 ce=7 ka=3 hy=4 ar=6 fa=1 hi=4 ne=2 bn=1.5 vi=2 tr=2 es=.7 az=1 uz=1 tg=1.2 kk=1 ro=1 fil=.3"
        " en=1.5 fr=1.2 ti=.3 so=.6 he=.4 zh=.8 pl=3"
    )
)
_SINCE = Weighted(
    _pairs(
        "uk=66 be=9 ru=3 ce=1.5 ka=2.6 hy=.8 ar=2 fa=1 hi=1.8 ne=1.4 bn=1 vi=.6 tr=1 es=2.4 az=.7 uz=1.2 tg=1 kk=.5"
        " ro=.5 fil=1.2 en=1.5 fr=.7 ti=.3 so=.4 he=.1 zh=.3 pl=2"
    )
)
# Two million people in six weeks: for a year the desk saw hardly anybody else.
_FIRST_YEAR = Weighted(_pairs("uk=90 be=4 ru=1.5 ka=1 hi=.5 ar=.7 fa=.4 es=.4 en=.5 pl=1"))


def origins_on(day: date) -> Weighted[str]:
    """Languages of those who come to the centre for the first time on a day."""
    if day < INVASION:
        return _BEFORE
    return _FIRST_YEAR if day < date(2023, 1, 1) else _SINCE
