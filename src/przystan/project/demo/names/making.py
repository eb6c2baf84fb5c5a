"""Makes one person's name and the spellings of it that a centre meets."""

from dataclasses import dataclass, replace
from random import Random

from przystan.project.demo.names import romanise
from przystan.project.demo.names.grammar import feminine, patronymic
from przystan.project.demo.names.stock import Stock, Word, stocks

# How likely a further Latin spelling is, and the ways of it, by language; the rest use DEFAULT_WAYS.
_EXTRA = 0.38
_DEFAULT_WAYS = ("polish", "english")
_WAYS = {
    "uk": ("polish", "english", "russian", "russian"),
    "be": ("polish", "russian", "russian"),
    "az": ("russian", "polish"),
    "uz": ("russian", "polish"),
    "tg": ("russian", "polish"),
    "kk": ("russian", "polish"),
}


@dataclass(frozen=True)
class FamilyName:
    """What a family shares: its name, masculine; for father-named peoples the father and his father."""

    language: str
    words: tuple[Word, ...]
    father: Word


@dataclass(frozen=True)
class Spelling:
    """One way to write a name. kind: native | passport | polish | english | russian | known_as."""

    kind: str
    script: str
    given: str
    middle: str
    family: str
    family_first: bool = False

    @property
    def text(self) -> str:
        """The whole name in the order of its language."""
        parts = (self.family, self.middle, self.given) if self.family_first else (self.given, self.middle, self.family)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class FullName:
    """A person's name; `spellings` begins with the one in the document."""

    language: str
    female: bool
    given: Word
    family: FamilyName
    spellings: tuple[Spelling, ...]


def languages() -> tuple[str, ...]:
    """Codes of the languages that names.toml knows."""
    return tuple(stocks())


def new_family(rng: Random, language: str) -> FamilyName:
    """A family name, with the father whose name the children's patronymic takes."""
    stock = stocks()[language]
    father = rng.choice(stock.male)
    if stock.father:
        return FamilyName(language, (father, rng.choice(stock.male)), father)
    count = 2 if stock.two_families or stock.middle_family else 1
    return FamilyName(language, tuple(rng.choice(stock.family) for _ in range(count)), father)


def new_name(rng: Random, language: str, *, female: bool, family: FamilyName | None = None) -> FullName:
    """A person's name with two to four spellings; a shared `family` makes a sister or a daughter of it."""
    stock = stocks()[language]
    family = family or new_family(rng, language)
    given = rng.choice(stock.female if female else stock.male)
    middle = _middle(rng, stock, family, female)
    spellings = tuple(_spellings(rng, stock, given, middle, family, female))
    return FullName(language, female, given, family, spellings)


def another_spelling(rng: Random, name: FullName) -> Spelling:
    """A Latin spelling that differs from the first one: as someone else at the desk would have typed the name."""
    stock = stocks()[name.language]
    native_family = _family_text(name.family, name.female)
    for _ in range(4):
        other = _extra(rng, stock, name.given, name.family, native_family)
        if other.text != name.spellings[0].text:
            return other
    first = name.spellings[0]
    return replace(first, kind="english", middle="", given=first.given.split("-")[0], family_first=True)


def _middle(rng: Random, stock: Stock, family: FamilyName, female: bool) -> str:
    if stock.middle_family:
        return family.words[1].native
    if stock.language == "vi":
        particle = "Thị" if female else "Văn"
        return particle if rng.random() < 0.55 else rng.choice(stock.female if female else stock.male).native
    return patronymic(family.father.native, stock.language, female=female)


def _family_text(family: FamilyName, female: bool) -> str:
    words = family.words[:1] if stocks()[family.language].middle_family else family.words
    return " ".join(feminine(w.native, family.language) if female else w.native for w in words)


def _spellings(rng: Random, stock: Stock, given: Word, middle: str, family: FamilyName, female: bool) -> list[Spelling]:
    native_family = _family_text(family, female)
    latin_middle = romanise.passport(middle, stock.language) if stock.script == "latin" else ""
    passport = Spelling(
        "passport",
        "latin",
        _latin(given, stock.language),
        latin_middle if stock.language not in ("az", "uz") else "",
        _latin_family(family, native_family),
        stock.family_first,
    )
    native = Spelling(
        "native",
        stock.script,
        given.native,
        middle if rng.random() < 0.65 else "",
        native_family,
        stock.family_first,
    )
    if stock.language == "pl":
        return [native]
    found = [passport]
    if native.text != passport.text and rng.random() < 0.8:
        found.append(native)
    if rng.random() < _EXTRA:
        extra = _extra(rng, stock, given, family, native_family)
        if all(extra.text != other.text for other in found):
            found.append(extra)
    if given.native in stock.known_as and rng.random() < 0.15:
        short = rng.choice(stock.known_as[given.native])
        found.append(Spelling("known_as", stock.script, short, "", native_family, stock.family_first))
    return found


def _latin(word: Word, language: str) -> str:
    return word.latin[0] if word.latin else romanise.passport(word.native, language)


def _latin_family(family: FamilyName, native_family: str) -> str:
    if not any(word.latin for word in family.words):
        return romanise.passport(native_family, family.language)
    return " ".join(_latin(word, family.language) for word in family.words)


def _extra(rng: Random, stock: Stock, given: Word, family: FamilyName, native_family: str) -> Spelling:
    way = rng.choice(_WAYS.get(stock.language, _DEFAULT_WAYS))
    if way == "russian":
        return _russian(stock, given, family, native_family)
    if any(word.latin for word in (given, *family.words)):
        other = " ".join(_other_latin(rng, word, stock.language) for word in family.words)
        return Spelling("english", "latin", _other_latin(rng, given, stock.language), "", other, False)
    spell = romanise.polish if way == "polish" else romanise.english
    language = stock.language
    return Spelling(way, "latin", spell(given.native, language), "", spell(native_family, language), False)


def _other_latin(rng: Random, word: Word, language: str) -> str:
    return rng.choice(word.latin) if word.latin else romanise.polish(word.native, language)


def _russian(stock: Stock, given: Word, family: FamilyName, native_family: str) -> Spelling:
    """The Latin spelling of the Russian form: an old passport, or papers from Soviet times."""
    by_rule = stock.language in romanise.RUSSIAN_BY_RULE
    first = stock.russian.get(given.native) or (
        romanise.russian(given.native, stock.language) if by_rule else given.native
    )
    masculine = family.words[0].native
    if masculine in stock.russian_family:
        last = stock.russian_family[masculine]
        last = feminine(last, "ru") if native_family != masculine else last
    else:
        last = romanise.russian(native_family, stock.language) if by_rule else native_family
    return Spelling("russian", "latin", romanise.passport(first, "ru"), "", romanise.passport(last, "ru"))
