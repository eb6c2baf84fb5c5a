"""Letter tables of romanise.py: passport rules of each country, Polish transcription, everyday English."""

import re

Rules = list[tuple[re.Pattern[str], str]]

# Languages whose names are written in Latin letters already.
LATIN = frozenset(["vi", "tr", "es", "az", "uz", "ro", "fil", "en", "fr", "so", "pl"])


def _letters(pairs: str) -> dict[str, str]:
    """'щ=shch ь=' as a table."""
    return dict(pair.split("=") for pair in pairs.split())


def _rules(*pairs: tuple[str, str]) -> Rules:
    return [(re.compile(pattern), replacement) for pattern, replacement in pairs]


_CYRILLIC = _letters(
    "а=a б=b в=v г=g ґ=g д=d е=e ё=e є=ie ж=zh з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r"
    " с=s т=t у=u ў=u ф=f х=kh"
    " ц=ts ч=ch ш=sh щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia '= ’= ʼ="
)
_UK = _CYRILLIC | _letters("г=h и=y")
_TG = _CYRILLIC | _letters("ӣ=i ӯ=u қ=q ҳ=h ҷ=j ғ=gh ю=yu я=ya ё=yo й=y ъ=")
_KK = _CYRILLIC | _letters("ә=a ғ=gh қ=q ң=n ө=o ұ=u ү=u һ=h і=i й=i ы=y ю=yu я=ya")
_POLISH = _CYRILLIC | _letters("в=w ж=ż х=ch ц=c ч=cz ш=sz щ=szcz й=j ю=ju я=ja є=je ё=jo ї=ji ь= ъ= э=e")

_GEORGIAN = _letters(
    "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k"
    " ღ=gh ყ=q შ=sh ჩ=ch ც=ts ძ=dz"
    " წ=ts ჭ=ch ხ=kh ჯ=j ჰ=h"
)
_ARMENIAN = _letters(
    "ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=y թ=t ժ=zh ի=i լ=l խ=kh ծ=ts կ=k հ=h ձ=dz ղ=gh ճ=ch մ=m յ=y"
    " ն=n շ=sh ո=o չ=ch պ=p ջ=j ռ=r"
    " ս=s վ=v տ=t ր=r ց=ts ւ=v փ=p ք=k և=ev օ=o ֆ=f"
)

_FIRST = r"(?:(?<=^)|(?<=[аеёиоуыэюяіїєўьъ'’ʼ]))"
_CONSONANT = "бвгґджзйклмнпрстўфхцчшщ"
# "Stem and soft sign" of Polish transcription, shared by the three East Slavic languages.
_POLISH_ENDINGS = (
    (r"сь?к(ий|і)$", "ski"),
    (r"ць?к(ий|і)$", "cki"),
    (r"зьк(ий|і)$", "zki"),
    (r"(ська|ская)$", "ska"),
    (r"(цька|цкая)$", "cka"),
)
_POLISH_SOFT = (
    (r"л(?=[іиеёєюяь])", "l"),
    (r"л", "ł"),
    (r"lя", "la"),
    (r"lю", "lu"),
    (r"l[еє]", "le"),
    (r"lё", "lo"),
    (r"lь", "l"),
    (r"нь", "ń"),
    (r"сь", "ś"),
    (r"зь", "ź"),
    (r"ць", "ć"),
    (rf"(?<=[{_CONSONANT}])я", "ia"),
    (rf"(?<=[{_CONSONANT}])ю", "iu"),
    (rf"(?<=[{_CONSONANT}])є", "ie"),
    (r"(?<=[жшчщ])ё", "o"),
    (rf"(?<=[{_CONSONANT}])ё", "io"),
)
_POLISH_E = ((r"(?<=[жшчщц])е", "e"), (rf"(?<=[{_CONSONANT}])(?<!л)е", "ie"), (rf"{_FIRST}е", "je"))


def _polish_rules(*own: tuple[str, str]) -> Rules:
    return _rules(*_POLISH_ENDINGS, *own, *_POLISH_SOFT)


SYSTEMS: dict[str, tuple[Rules, dict[str, str]]] = {
    # Cabinet resolution 55 of 2010.
    "uk-passport": (
        _rules((r"зг", "zgh"), (r"^є", "ye"), (r"^ї", "yi"), (r"^й", "y"), (r"^ю", "yu"), (r"^я", "ya")),
        _UK,
    ),
    "uk-english": (
        _rules((r"ий$", "y"), (r"ій$", "iy"), (r"ія$", "ia"), (r"є", "ye")),
        _UK | _letters("ю=yu я=ya й=y"),
    ),
    "uk-polish": (_polish_rules((r"ьо", "io"), (r"^ї", "ji")), _POLISH | _letters("г=h и=y")),
    # ICAO 9303, in Russian passports since 2014.
    "ru-passport": ([], _CYRILLIC),
    "ru-english": (
        _rules((r"(ий|ый)$", "y"), (rf"{_FIRST}е", "ye"), (r"ия$", "ia"), (r"ё", "yo"), (r"кс", "x")),
        _CYRILLIC | _letters("ю=yu я=ya й=y ъ="),
    ),
    "ru-polish": (
        _polish_rules((r"ый$", "y"), (r"(?<=[жшц])и", "y"), *_POLISH_E),
        _POLISH | _letters("ы=y и=i"),
    ),
    "be-passport": (
        _rules((r"^е", "ye"), (r"^ё", "yo"), (r"^ю", "yu"), (r"^я", "ya")),
        _CYRILLIC | _letters("г=h ё=io"),
    ),
    "be-english": (_rules((r"^е", "ye")), _CYRILLIC | _letters("г=h ё=yo ю=yu я=ya й=y ў=w")),
    "be-polish": (_polish_rules((r"дзь", "dź"), *_POLISH_E), _POLISH | _letters("г=h ы=y")),
    "ka-passport": ([], _GEORGIAN),
    "hy-passport": (_rules((r"ու", "u"), (r"^ե", "ye"), (r"^ո", "vo"), (r"^և", "yev")), _ARMENIAN),
    "tg-passport": (_rules((r"^е", "ye")), _TG),
    "kk-passport": ([], _KK),
    "tg-polish": (_polish_rules(*_POLISH_E), _POLISH | _letters("ӣ=i ӯ=u қ=k ҳ=h ҷ=dż ғ=g")),
    "kk-polish": (_polish_rules(), _POLISH | _letters("ә=a ғ=g қ=k ң=n ө=o ұ=u ү=u һ=h ы=y")),
    "ce-passport": ([], _CYRILLIC),
    "ce-polish": (_polish_rules(*_POLISH_E), _POLISH | _letters("ы=y")),
}

# What a Pole hears behind a foreign Latin spelling (Georgian, Armenian, Kazakh, Arabic, Hindi …).
POLISH_SOUNDS = {
    "sh": "sz", "ch": "cz", "zh": "ż", "kh": "ch", "ts": "c", "gh": "g", "j": "dż", "y": "j", "v": "w",
    "q": "k", "oo": "u", "ee": "i", "ou": "u", "x": "ks", "ph": "f",
}  # fmt: skip
POLISH_EAR = re.compile("|".join(sorted(POLISH_SOUNDS, key=len, reverse=True)))

TO_RUSSIAN: dict[str, dict[str, str]] = {
    "uk": _letters("і=и ї=и є=е ґ=г '=ъ ʼ=ъ"),
    "tg": _letters("ӣ=и ӯ=у қ=к ҳ=х ҷ=дж ғ=г"),
    "kk": _letters("ә=а ғ=г қ=к ң=н ө=о ұ=у ү=у һ=х і=и"),
    "az": _letters(
        "a=а b=б c=дж ç=ч d=д e=е ə=а f=ф g=г ğ=г h=г x=х ı=ы i=и j=ж k=к q=к l=л m=м n=н o=о ö=о"
        " p=п r=р s=с ş=ш t=т u=у ü=ю"
        " v=в y=й z=з"
    ),
    "uz": _letters(
        "a=а b=б c=ч d=д e=е f=ф g=г h=х x=х i=и j=дж k=к q=к l=л m=м n=н o=о p=п r=р s=с t=т u=у v=в y=й z=з ‘="
    ),
}
TO_RUSSIAN_RULES: dict[str, Rules] = {
    "uk": _rules((r"([сц])ький$", r"\1кий"), (r"([сц])ька$", r"\1кая"), (r"ьо", "ё")),
    "az": _rules((r"ıyev", "иев"), (r"yev", "ев"), (r"ya", "я"), (r"yu", "ю"), (r"i̇", "и")),
    "uz": _rules((r"o‘", "у"), (r"g‘", "г"), (r"sh", "ш"), (r"ch", "ч"), (r"yev", "ев"),
           (r"ya", "я"), (r"yu", "ю"), (r"yo", "ё"), (r"ye", "е"), (r"^e", "э")),
}  # fmt: skip
