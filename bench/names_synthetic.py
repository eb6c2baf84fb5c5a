"""Makes names with known answers: Cyrillic names respelled by published transliteration tables.

The tables are those of the offices and publishers that produce such spellings: the passports of Ukraine
(Cabinet of Ministers 55/2010) and Russia (ICAO 9303), Polish (PWN), German (Duden), French (old passports)
and English (BGN/PCGN) transcription. They know nothing of the product's own tables. Everything is seeded.
Other scripts come from the hand-written `data/spellings.csv` (language, part, name, spellings).
"""

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"
VOWELS = "аеєиіїоуыэюяё"
Pair = tuple[str, str, bool]
Row = tuple[str, str]

_COMMON = dict(zip("абвдзийклмнопрстуфыэ", "a b v d z i y k l m n o p r s t u f y e".split(), strict=True))
UKRAINE = _COMMON | dict(
    zip("гґеєжиіїйхцчшщьюя'", "h g e ie zh y i i i kh ts ch sh shch  iu ia ".split(" "), strict=True)
)
UKRAINE_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
RUSSIA = _COMMON | dict(zip("геёжйхцчшщъьюя", "g e e zh i kh ts ch sh shch ie  iu ia".split(" "), strict=True))
ENGLISH = _COMMON | dict(
    zip("гґеєёжиіїйхцчшщъьюя'", "g g e ye yo zh i i yi y kh ts ch sh shch   yu ya ".split(" "), strict=True)
)
ENGLISH_START = {"е": "ye"}
GERMAN = _COMMON | dict(
    zip("вгґеєёжзиіїйхцчшщъьюя'", "w g g e je jo sch s i i ji i ch z tsch sch schtsch   ju ja ".split(" "), strict=True)
)
FRENCH = _COMMON | dict(
    zip("гґеєёжиіїйухцчшщъьюя'", "g g e ie io j i i ï ï ou kh ts tch ch chtch   iou ia ".split(" "), strict=True)
)
POLISH = _COMMON | dict(
    zip("вгґежиіїйлхцчшщъьюя'", "w g g e ż i i ji j ł ch c cz sz szcz   ju ja ".split(" "), strict=True)
)


def _letters(word: str, table: dict[str, str], start: dict[str, str] | None = None) -> str:
    signs = []
    for place, letter in enumerate(word):
        first = place == 0 or (start is ENGLISH_START and word[place - 1] in VOWELS + "ьъ")
        signs.append((start or {}).get(letter, table.get(letter, letter)) if first else table.get(letter, letter))
    return "".join(signs)


def ukraine(word: str) -> str:
    """Passport of Ukraine, Resolution 55 of 2010."""
    return _letters(word.replace("зг", "zgh"), UKRAINE, UKRAINE_START)


def russia(word: str) -> str:
    """Passport of Russia, as ICAO 9303."""
    return _letters(word, RUSSIA)


def english(word: str, *, ukrainian: bool = False) -> str:
    """BGN/PCGN, the spelling of newspapers; -ий and -ый are written -y."""
    table = ENGLISH | ({"г": "h", "и": "y", "є": "ye"} if ukrainian else {})
    start = None if ukrainian else ENGLISH_START
    for ending in ("ий", "ый", "ій"):
        word = word[:-2] + "y" if word.endswith(ending) else word
    return _letters(word, table, start)


def german(word: str, *, ukrainian: bool = False) -> str:
    """Duden transcription."""
    return _letters(word, GERMAN | ({"г": "h", "и": "y"} if ukrainian else {}))


def french(word: str, *, ukrainian: bool = False) -> str:
    """French transcription, also that of Soviet passports."""
    return _letters(word, FRENCH | ({"г": "h", "и": "y"} if ukrainian else {}))


def polish(word: str, *, ukrainian: bool = False) -> str:
    """PWN transcription: softened consonants write ie and i, l before a front vowel is l, else ł."""
    table = POLISH | ({"г": "h", "и": "y"} if ukrainian else {})
    signs = []
    for place, letter in enumerate(word):
        before, after = word[place - 1 : place], word[place + 1 : place + 2]
        soft = before and before not in VOWELS + "ьъ'жшчцщлй"
        hissing = before and before in "жшчцщл"
        if letter == "е" and not ukrainian:
            signs.append("e" if hissing else "ie" if soft else "je")
        elif letter in "єё":
            tail = "e" if letter == "є" else "o"
            signs.append(tail if hissing else ("i" if soft else "j") + tail)
        elif letter in "юя" and (soft or hissing):
            signs.append(("" if hissing else "i") + ("u" if letter == "ю" else "a"))
        elif letter == "л":
            signs.append("l" if after and after in "еєиіїюяьё" else "ł")
        elif letter == "и" and not ukrainian and before and before in "жшц":
            signs.append("y")
        elif letter == "ь" and before and before in "нсзц":
            signs[-1] = {"н": "ń", "с": "ś", "з": "ź", "ц": "ć"}[before]
        else:
            signs.append(table.get(letter, letter))
    spelled = "".join(signs)
    for long, short in (
        ("skij", "ski"),
        ("śkyj", "ski"),
        ("skyj", "ski"),
        ("ćkyj", "cki"),
        ("ćka", "cka"),
        ("śka", "ska"),
    ):
        spelled = spelled.replace(long, short) if spelled.endswith(long) else spelled
    return spelled


SYSTEMS: dict[str, list[Callable[[str], str]]] = {
    "uk": [
        ukraine,
        lambda word: polish(word, ukrainian=True),
        lambda word: english(word, ukrainian=True),
        lambda word: german(word, ukrainian=True),
        lambda word: french(word, ukrainian=True),
    ],
    "ru": [russia, polish, english, german, french],
}


def respell(name: str, system: Callable[[str], str]) -> str:
    """A whole Cyrillic name in one Latin spelling."""
    return " ".join(system(word).capitalize() for word in name.lower().split())


def _lists(language: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    with (DATA / "cyrillic.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["language"] == language:
                lists.setdefault(row["part"], []).append(row["name"])
    return lists


def _feminine(surname: str) -> str:
    if surname.endswith(("ський", "цький")):
        return surname[:-2] + "а"
    if surname.endswith(("ский", "цкий")):
        return surname[:-2] + "ая"
    return surname + "а" if surname.endswith(("ов", "ев", "єв", "ёв", "ин", "ын", "їн", "ін")) else surname


def cyrillic_people(language: str, count: int, seed: int) -> list[tuple[str, str]]:
    """(given name, surname) in Cyrillic, no two the same."""
    lists = _lists(language)
    choose = random.Random(seed)
    people: dict[tuple[str, str], None] = {}
    most = len(lists["surname"]) * (len(lists["male"]) + len(lists["female"]))
    while len(people) < min(count, most * 9 // 10):
        female = choose.random() < 0.5
        surname = choose.choice(lists["surname"])
        people[choose.choice(lists["female" if female else "male"]), _feminine(surname) if female else surname] = None
    return list(people)


def cyrillic_pairs(seed: int = 1, count: int = 600) -> Iterator[Pair]:
    """Half the same person in two spellings; half brothers and sisters, namesakes and strangers."""
    choose = random.Random(seed)
    for language in ("uk", "ru"):
        people = cyrillic_people(language, count, seed)
        by_surname: dict[str, list[tuple[str, str]]] = {}
        by_given: dict[str, list[tuple[str, str]]] = {}
        for person in people:
            by_surname.setdefault(person[1], []).append(person)
            by_given.setdefault(person[0], []).append(person)
        for person in people[: count // 2]:
            yield (*_two_spellings(person, person, language, choose), True)
            others = choose.choice([by_surname[person[1]], by_given[person[0]], people])
            other = choose.choice(others)
            if other != person:
                yield (*_two_spellings(person, other, language, choose), False)


def _two_spellings(
    one: tuple[str, str], other: tuple[str, str], language: str, choose: random.Random
) -> tuple[str, str]:
    systems = choose.sample(SYSTEMS[language], 2)
    first = " ".join(one) if choose.random() < 0.5 else respell(" ".join(one), systems[0])
    parts = other if choose.random() < 0.7 else other[::-1]
    return first, respell(" ".join(parts), systems[1])


def _spellings() -> dict[tuple[str, str], list[list[str]]]:
    found: dict[tuple[str, str], list[list[str]]] = {}
    with (DATA / "spellings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forms = [row["name"], *row["spellings"].split(";")]
            found.setdefault((row["language"], row["part"]), []).append(forms)
    return found


def spelling_pairs(languages: set[str], seed: int = 1, count: int = 300) -> Iterator[Pair]:
    """Pairs from the hand-written spellings: native script against Latin, or Latin against Latin."""
    choose = random.Random(seed)
    lists = _spellings()
    for language in sorted({language for language, _ in lists} & languages):
        given, surnames = lists[language, "given"], lists[language, "surname"]
        for _ in range(count // 2):
            one, family = choose.choice(given), choose.choice(surnames)
            yield _form(one, family, choose, native=True), _form(one, family, choose, native=False), True
            other, clan = choose.choice([(choose.choice(given), family), (one, choose.choice(surnames))])
            if (other, clan) != (one, family):
                yield _form(one, family, choose, native=True), _form(other, clan, choose, native=False), False


def _form(given: list[str], surname: list[str], choose: random.Random, *, native: bool) -> str:
    if native and choose.random() < 0.7:
        return f"{given[0]} {surname[0]}"
    return f"{choose.choice(given[1:])} {choose.choice(surname[1:])}"


def spelling_languages() -> set[str]:
    """Languages that have hand-written spellings."""
    return {language for language, _ in _spellings()}


def register(people: int = 20_000, queries: int = 200, seed: int = 1) -> tuple[list[Row], list[Row]]:
    """Passport spellings of Ukrainian and Russian names, and the same people asked for in Polish spelling."""
    choose = random.Random(seed)
    rows: list[Row] = []
    asked: list[Row] = []
    for language, passport in (("uk", ukraine), ("ru", russia)):
        names = cyrillic_people(language, people // 2, seed)
        for place, person in enumerate(names):
            name = " ".join(person)
            rows.append((f"{language}{place}", respell(name, passport) if choose.random() < 0.8 else name))
        for place in choose.sample(range(len(names)), min(queries // 2, len(names))):
            asked.append((f"{language}{place}", respell(" ".join(names[place]), SYSTEMS[language][1])))
    return rows, asked
