"""A name taken apart: which words are names, which only tie names together."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from przystan.kernel.names.compounds import ALLAH, RELIGION, SERVANT, signs_of
from przystan.kernel.names.fold import latin_word, words
from przystan.kernel.names.given import given_names
from przystan.kernel.names.readers import read
from przystan.kernel.names.respelled import respelled
from przystan.kernel.names.script import Script, script_of


class WordKind(Enum):
    """What part a word plays in a name."""

    NAME = "name"
    INITIAL = "initial"
    PATRONYMIC = "patronymic"


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word of a name. `signs`: see `sounds`; `family`: signs with a gendered ending made masculine.
    `word`: its letters as written.
    `certain`: that ending is one of surnames only (-ova, -ska), not of given names too (-ina)."""

    text: str
    word: str
    script: Script
    signs: str
    family: str
    certain: bool
    abjad: bool
    article: str
    given: frozenset[str]
    kind: WordKind


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name taken apart; `script` is that of most letters."""

    text: str
    tokens: tuple[Token, ...]
    script: Script


# Words that tie names together and are dropped (Arabic, Hebrew, Dutch, German, Romance languages).
_TIES: Final = frozenset(
    "bint binti bte bar bat de da do dos das del della di du des la le los las van von vom der den"
    " ter ten zu zur af av e y i und and"
    " بنت ال בת де ван фон дер да ди ла ле бин ибн бен бінт бинт ібн бін".split()
)
_TITLES: Final = frozenset("mr mrs ms dr hab inż mgr pan pani".split())
_ARTICLES: Final = frozenset(
    "al el ul ad ed ud ar er ur as es us ash esh ush an en un at et ut az ez uz il аль эль ель ас аш ад ар".split()
)
_ABU_AL: Final = frozenset("abul aboul abol".split())
_SONS: Final = frozenset("ben bin ibn bn بن ابن בן бен бин ибн бін ібн".split())
_SON_OF: Final = frozenset(
    "oglu oglou ogly ogli oğlu oʻgʻli ogʻli oʻgli uly uulu kyzy kizi qizi gizi qızı gyzy kızı"
    " оглы огли ўғли оглу огли кызы кизи қизи қызы гызы улы уулу ұлы".replace("ʻ", "").split()
)
# On the Latin form: -ovych, -evich, -ovitch, -owitsch; -ivna, -ovna, -yivna; Illich, Illinichna.
_PATRONYMIC: Final = re.compile(
    r"(?:[oe]i?[vw][iy]{0,2}(?:ch|cz|tsch|tch)|(?:[oe]|[iy]{1,2}e?)[vw]na|[iy]chna|^(?:il+[iy]{0,2}|kuzmi|luki|fomi)ch)$"
)
_FEMALE_ENDINGS: Final = [
    # Slavic adjectives and possessives, in signs: -ska, -skaia, -cka, -ova, -eva, -ina, -aia.
    (re.compile(r"(?<=[sc8S])k(?:a(?:ia|ya|ja|j[ae]|i[ae])?|y[ij]?|i[ij]?|oi|oy|oj|e)$"), "ki", True),
    (re.compile(r"(?<=[a-zA-Z0-9])(?P<stem>[oeë][vwf])a?$"), r"\g<stem>", True),
    (re.compile(r"(?<=.{3})(?P<stem>[iy]n)a$"), r"\g<stem>", False),
    (re.compile(r"(?<=.{3}[tnlrdhkbxmvpC])(?:a(?:ia|ya|ja)|[yi]j?)$"), "y", False),
]  # fmt: skip
_ALPHABETS: Final = (
    Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.ARMENIAN, Script.GEORGIAN, Script.HEBREW, Script.ARABIC,
)  # fmt: skip
_MOST: Final = 12  # words of a name that are read
_ABJADS: Final = (Script.ARABIC, Script.HEBREW)


@dataclass(slots=True)
class _Word:
    """A word with what was tied to it: `tie` is "al", "ben" or ""; `son_of`: oglu or kyzy followed."""

    text: str
    tie: str = ""
    son_of: bool = False


def _joined(parts: list[str]) -> list[_Word]:
    """Words with articles, servants of God and second halves of compounds tied to their word."""
    found: list[_Word] = []
    tie, servant = "", False
    for place, part in enumerate(parts):
        follows = place + 1 < len(parts)
        between = bool(found) or len(parts) > 2
        bare = part.removeprefix("ال")
        if follows and SERVANT.fullmatch(read(bare)):
            servant = True
        elif part in _ABU_AL and follows:
            found.append(_Word("abu"))
            tie = "al"
        elif follows and (part in _ARTICLES or (part in _SONS and between)):
            tie = "al" if part in _ARTICLES else "ben"
        elif found and not servant and (part in RELIGION or part in ALLAH):
            _tie_second_half(found[-1], part)
            tie = ""
        elif found and part in _SON_OF:
            found[-1].son_of = True
        elif not _only_ties(part, between=between, follows=follows):
            found.append(_with_prefix(part, tie, servant))
            tie, servant = "", False
    return found or [_Word(part) for part in parts]  # Văn Lê: a name of nothing but ties


def _only_ties(part: str, *, between: bool, follows: bool) -> bool:
    """Whether a word is dropped: a tie between other words. Anita Das, Văn Lê, Pan Wei, Bat Erdene are two words."""
    return follows and between and (part in _TIES or part in _TITLES)


def _tie_second_half(word: _Word, part: str) -> None:
    """Nur al-Din, Amin Ullah: the hyphen keeps letters of the two halves from being read together."""
    arabic = script_of(part) is Script.ARABIC
    if part in RELIGION:
        word.text += "دين" if arabic else "-din"
    else:
        word.text += "له" if arabic else "-lah"


def _with_prefix(part: str, tie: str, servant: bool) -> _Word:
    if part.startswith("ال") and len(part) > 3 and part not in ALLAH and not given_names(signs_of(part)):
        part, tie = part[2:], "al"
    if servant:
        prefix = {Script.ARABIC: "عبد", Script.CYRILLIC: "абд-"}.get(script_of(part), "abd-")
        return _Word(prefix + part)
    return _Word(part, tie)


def _family(signs: str) -> tuple[str, bool]:
    for pattern, masculine, certain in _FEMALE_ENDINGS:
        changed, times = pattern.subn(masculine, signs)
        if times:
            return changed, certain
    return signs, False


@lru_cache(maxsize=50_000)
def _token(word: str, article: str, kind: WordKind) -> Token:
    signs = signs_of(word)
    family, certain = _family(signs)
    return Token(
        text=latin_word(word) or word,
        word=word,
        script=script_of(word),
        signs=signs,
        family=family,
        certain=certain,
        abjad=script_of(word) in _ABJADS,
        article=article,
        given=given_names(signs),
        kind=kind,
    )


def _kind(word: str, place: int, count: int, son_of: bool, seen: bool) -> WordKind:
    letters = word.rstrip(".")
    if (len(letters) == 1 and script_of(letters) in _ALPHABETS) or (word.endswith(".") and len(letters) < 3):
        return WordKind.INITIAL if count > 1 else WordKind.NAME
    if son_of or (count > 2 and place and not seen and _is_patronymic(letters, last=place == count - 1)):
        return WordKind.PATRONYMIC
    return WordKind.NAME


def _is_patronymic(word: str, *, last: bool) -> bool:
    """Polish -owicz at the end of a name is a surname (Jan Maria Makowicz), elsewhere a father's name."""
    folded = latin_word(word)
    return bool(_PATRONYMIC.search(folded)) and not (last and folded.endswith("icz"))


@lru_cache(maxsize=30_000)
def analyse(text: str) -> Name:
    """A name of any script taken apart into tokens. Empty when it has nothing readable."""
    joined = _joined(respelled([word if len(word) < 4 else word.rstrip(".") for word in words(text)]))
    tokens: list[Token] = []
    seen = False
    for place, word in enumerate(joined[:_MOST]):
        kind = _kind(word.text, place, len(joined), word.son_of, seen)
        seen = seen or kind is WordKind.PATRONYMIC
        tokens.append(_token(word.text.rstrip("."), word.tie, kind))
    return Name(text, tuple(tokens), script_of(text))
