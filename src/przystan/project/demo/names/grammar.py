"""Feminine surnames and patronymics of the languages that have them."""

import re

_FEMININE: dict[str, tuple[tuple[str, str], ...]] = {
    "uk": ((r"ий$", "а"), (r"(ов|ев|єв|ін|їн)$", r"\1а")),
    "ru": ((r"(ск|цк)ий$", r"\1ая"), (r"(ый|ой)$", "ая"), (r"(ов|ев|ёв|ин|ын)$", r"\1а")),
    "be": ((r"(ск|цк)і$", r"\1ая"), (r"([оеёа])ў$", r"\1ва"), (r"(ін|ын)$", r"\1а")),
    "pl": ((r"(sk|ck|dzk)i$", r"\1a"),),
    "az": ((r"(ov|yev)$", r"\1a"),),
    "uz": ((r"(ov|yev|ev)$", r"\1a"),),
}
_FEMININE["ce"] = _FEMININE["tg"] = _FEMININE["kk"] = _FEMININE["ru"]

# (pattern of the father's name, son's ending, daughter's ending); the first that fits counts.
_PATRONYMIC: dict[str, tuple[tuple[str, str, str], ...]] = {
    "uk": (
        (r"^Микола$", "Миколайович", "Миколаївна"),
        (r"^Ілля$", "Ілліч", "Іллівна"),
        (r"^Григорій$", "Григорович", "Григорівна"),
        (r"ій$", "ійович", "іївна"),
        (r"ь$", "ьович", "івна"),
        (r"о$", "ович", "івна"),
        (r"$", "ович", "івна"),
    ),
    "ru": (
        (r"^Дмитрий$", "Дмитриевич", "Дмитриевна"),
        (r"^Павел$", "Павлович", "Павловна"),
        (r"^Пётр$", "Петрович", "Петровна"),
        (r"^Лев$", "Львович", "Львовна"),
        (r"^Михаил$", "Михайлович", "Михайловна"),
        (r"^Илья$", "Ильич", "Ильинична"),
        (r"^Никита$", "Никитич", "Никитична"),
        (r"ий$", "ьевич", "ьевна"),
        (r"[йь]$", "евич", "евна"),
        (r"[аиоу]$", "евич", "евна"),
        (r"$", "ович", "овна"),
    ),
    "be": (
        (r"^Пётр$", "Пятровіч", "Пятроўна"),
        (r"^Павел$", "Паўлавіч", "Паўлаўна"),
        (r"^Юрый$", "Юр'евіч", "Юр'еўна"),
        (r"ь$", "ьевіч", "ьеўна"),
        (r"й$", "евіч", "еўна"),
        (r"а$", "авіч", "аўна"),
        (r"$", "авіч", "аўна"),
    ),
    "az": ((r"$", " oğlu", " qızı"),),
    "uz": ((r"$", " o‘g‘li", " qizi"),),
    "kk": ((r"$", "ұлы", "қызы"),),
}
_PATRONYMIC["ce"] = _PATRONYMIC["tg"] = _PATRONYMIC["ru"]


def feminine(family: str, language: str) -> str:
    """The feminine of a family name; the same name where the language or the name has none."""
    for pattern, replacement in _FEMININE.get(language, ()):
        changed, count = re.subn(pattern, replacement, family)
        if count:
            return changed
    return family


def patronymic(father: str, language: str, *, female: bool) -> str:
    """The name after the father ("Олександрівна"); empty where the language has none."""
    for pattern, son, daughter in _PATRONYMIC.get(language, ()):
        if re.search(pattern, father):
            return re.sub(pattern, daughter if female else son, father, count=1)
    return ""
