"""A name taken apart: which words are names, which only tie names together."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from przystan.kernel.names.fold import latin_word, words
from przystan.kernel.names.given import given_names
from przystan.kernel.names.readers import read
from przystan.kernel.names.script import Script, script_of
from przystan.kernel.names.signs import tidy


class Kind(Enum):
    """What part a word plays in a name."""

    NAME = "name"
    INITIAL = "initial"
    PATRONYMIC = "patronymic"


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word of a name. `signs`: see `sounds`; `family`: signs with a gendered ending made masculine."""

    text: str
    signs: str
    family: str
    abjad: bool
    article: bool
    given: frozenset[str]
    kind: Kind


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name taken apart; `script` is that of most letters."""

    tokens: tuple[Token, ...]
    script: Script


# Words that tie names together and are dropped (Arabic, Hebrew, Dutch, German, Romance languages).
_TIES: Final = frozenset(
    "bin ibn ben bint binti bte bn bar bat de da do dos das del della di du des la le los las van von vom der den"
    " ter ten zu zur af av e y i und and mr mrs ms dr hab inż mgr pan pani"
    " بن ابن بنت ال בן בת де ван фон дер да ди ла ле бин ибн бен бінт бинт ібн бін".split()
)
_ARTICLES: Final = frozenset("al el ul ad ed ud ar er ur as es us ash esh ush an en un at et ut az ez uz il аль эль ель ас аш ад ар".split())
_SERVANT: Final = frozenset("abd abdul abdel abdal abdol abdur abdus abdou abdu abdoul عبد абд абдул абдель абдуль абдель".split())
_SON_OF: Final = frozenset(
    "oglu oglou ogly ogli oğlu oʻgʻli ogʻli oʻgli uly uulu kyzy kizi qizi gizi qızı gyzy kızı"
    " оглы огли ўғли оглу огли кызы кизи қизи қызы гызы улы уулу ұлы".replace("ʻ", "").split()
)
# On the Latin form: -ovych, -evich, -ovitch, -owitsch; -ivna, -ovna, -yivna; Illich, Illinichna.
_PATRONYMIC: Final = re.compile(
    r"(?:[oe]i?[vw][iy]{0,2}(?:ch|cz|tsch|tch)|(?:[oe]|[iy]{1,2}e?)[vw]na|[iy]chna|^(?:il+[iy]{0,2}|kuzmi|luki|fomi)ch)$"
)
_ABD_JOINED: Final = re.compile(
    r"^abd(?:[aeiou]{1,2}(?:l-?|(?P<twin>[rnsztd])(?=(?P=twin))|(?=sh))?)?(?P<rest>[a-z]{3,})$"
)
_DIN_JOINED: Final = re.compile(r"^(?P<first>[a-z]{2,}?)[aeiou]{0,2}(?:dd?|tt|ld|l-d|ied|iedd)(?:in|ine|een|yn|ins)$")
_DIN: Final = frozenset("din dine deen dyn eddine eddin uddin aldin addin udin الدين دین الدین дин ддин ад-дин".split())
_FEMALE_ENDINGS: Final = [
    # Slavic adjectives and possessives, in signs: -ska, -skaia, -cka, -ova, -eva, -ina; Lithuanian is left out.
    (re.compile(r"(?<=[sc8S])k(?:a(?:ia|ya|ja|j[ae]|i[ae])?|y[ij]?|i[ij]?|oi|oy|oj|e)$"), "ki"),
    (re.compile(r"(?<=[a-zA-Z0-9])(?P<stem>[oeëióa][vwf])a?$"), r"\g<stem>"),
    (re.compile(r"(?<=.{3})(?P<stem>[iy]n)a$"), r"\g<stem>"),
    (re.compile(r"(?<=.{3}[tnlrdhkbxmvpC])(?:a(?:ia|ya|ja)|[yi]j?)$"), "y"),
]  # fmt: skip
_ALPHABETS: Final = (
    Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.ARMENIAN, Script.GEORGIAN, Script.HEBREW, Script.ARABIC,
)  # fmt: skip
_ABJADS: Final = (Script.ARABIC, Script.HEBREW)


def _joined(parts: list[str]) -> list[tuple[str, bool, bool]]:
    """Words with articles and servants of God joined to the next: (word, had an article, patronymic)."""
    found: list[tuple[str, bool, bool]] = []
    article = servant = False
    for place, part in enumerate(parts):
        follows = place + 1 < len(parts)
        if part in _SERVANT and follows:
            servant = True
        elif part in _ARTICLES and follows and (place or len(parts) > 1):
            article = True
        elif part in _DIN and found and len(found[-1][0]) > 1 and not servant:
            found[-1] = (found[-1][0] + ("دين" if script_of(part) is Script.ARABIC else "din"), False, False)
            article = False
        elif part in _SON_OF and found:
            found[-1] = (found[-1][0], found[-1][1], True)
        elif part in _TIES and len(parts) > 1:
            continue
        else:
            found.append(_with_prefix(part, article, servant))
            article = servant = False
    return found


def _with_prefix(part: str, article: bool, servant: bool) -> tuple[str, bool, bool]:
    if part.startswith("ال") and len(part) > 4:
        part, article = part[2:], True
    if servant:
        prefix = {Script.ARABIC: "عبد", Script.CYRILLIC: "абд"}.get(script_of(part), "abd")
        return prefix + part.removeprefix("al") if len(part) > 3 else prefix + part, False, False
    return part, article, False


def _respelled(word: str) -> str:
    """Joined Arabic compounds in one spelling: Abdurrahman = Abderrahmane, Nureddin = Nuruddin."""
    if word.startswith("عبدال"):
        return "عبد" + word[5:]
    if word.isascii():
        if match := _ABD_JOINED.match(word):
            word = "abd" + match["rest"]
        elif len(word) > 6 and (match := _DIN_JOINED.match(word)):
            word = match["first"] + "din"
    return word


def _family(signs: str) -> str:
    for pattern, masculine in _FEMALE_ENDINGS:
        changed, times = pattern.subn(masculine, signs)
        if times:
            return changed
    return signs


@lru_cache(maxsize=50_000)
def _token(word: str, article: bool, kind: Kind) -> Token:
    signs = tidy(read(_respelled(word)))
    return Token(
        text=latin_word(word),
        signs=signs,
        family=_family(signs),
        abjad=script_of(word) in _ABJADS,
        article=article,
        given=given_names(signs),
        kind=kind,
    )


def _kind(word: str, place: int, count: int, son_of: bool, seen: bool) -> Kind:
    letters = word.rstrip(".")
    if len(letters) == 1 and script_of(letters) in _ALPHABETS or (word.endswith(".") and len(letters) < 3):
        return Kind.INITIAL if count > 1 else Kind.NAME
    if son_of or (count > 2 and place and not seen and _is_patronymic(letters, last=place == count - 1)):
        return Kind.PATRONYMIC
    return Kind.NAME


def _is_patronymic(word: str, *, last: bool) -> bool:
    """Polish -owicz at the end of a name is a surname (Jan Maria Makowicz), elsewhere a father's name."""
    folded = latin_word(word)
    return bool(_PATRONYMIC.search(folded)) and not (last and folded.endswith("icz"))


@lru_cache(maxsize=30_000)
def analyse(text: str) -> Name:
    """A name of any script taken apart into tokens. Empty when it has nothing readable."""
    joined = _joined([word if len(word) < 4 else word.rstrip(".") for word in words(text)])
    tokens: list[Token] = []
    seen = False
    for place, (word, article, son_of) in enumerate(joined):
        kind = _kind(word, place, len(joined), son_of, seen)
        seen = seen or kind is Kind.PATRONYMIC
        token = _token(word.rstrip("."), article, kind)
        if token.signs or token.text:
            tokens.append(token)
    return Name(tuple(tokens), script_of(text))
