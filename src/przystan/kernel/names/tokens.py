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
    """One word of a name. `signs`: see `sounds`; `family`: signs with a gendered ending made masculine.
    `certain`: that ending is one of surnames only (-ova, -ska), not of given names too (-ina)."""

    text: str
    signs: str
    family: str
    certain: bool
    abjad: bool
    article: str
    given: frozenset[str]
    kind: Kind


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name taken apart; `script` is that of most letters."""

    tokens: tuple[Token, ...]
    script: Script


# Words that tie names together and are dropped (Arabic, Hebrew, Dutch, German, Romance languages).
_TIES: Final = frozenset(
    "bint binti bte bar bat de da do dos das del della di du des la le los las van von vom der den"
    " ter ten zu zur af av e y i und and mr mrs ms dr hab inż mgr pan pani"
    " بنت ال בת де ван фон дер да ди ла ле бин ибн бен бінт бинт ібн бін".split()
)
_ARTICLES: Final = frozenset("al el ul ad ed ud ar er ur as es us ash esh ush an en un at et ut az ez uz il аль эль ель ас аш ад ар".split())
_SON: Final = frozenset("ben bin ibn bn بن ابن בן бен бин ибн бін ібн".split())
_SON_OF: Final = frozenset(
    "oglu oglou ogly ogli oğlu oʻgʻli ogʻli oʻgli uly uulu kyzy kizi qizi gizi qızı gyzy kızı"
    " оглы огли ўғли оглу огли кызы кизи қизи қызы гызы улы уулу ұлы".replace("ʻ", "").split()
)
# On the Latin form: -ovych, -evich, -ovitch, -owitsch; -ivna, -ovna, -yivna; Illich, Illinichna.
_PATRONYMIC: Final = re.compile(
    r"(?:[oe]i?[vw][iy]{0,2}(?:ch|cz|tsch|tch)|(?:[oe]|[iy]{1,2}e?)[vw]na|[iy]chna|^(?:il+[iy]{0,2}|kuzmi|luki|fomi)ch)$"
)
# On signs: Abdurrahman, Abderrahmane, Abdirahman, Abdelkader are abd and the rest; Nureddin is nur and din.
_SERVANT: Final = re.compile(r"[aAE][bB]ă?d(?:[aeou]{1,2}[lrsn]|u)?ă?")
_ABD_JOINED: Final = re.compile(
    r"^abd(?:[aeiou]{1,2}(?:l(?!h?$|ah?$|ai[ae]$)|(?P<twin>[rnsztdS])(?=(?P=twin)))|[aeiou]{1,2}(?=lah?$|lai)|[ui](?=[^aeiou]))?"
    r"(?P<rest>.{2,})$"
)
_DIN_JOINED: Final = re.compile(r"^(?P<first>.{2,}?)[aeiou]{0,2}(?:dd?|tt|ld)(?:in|ine|ēn|yn)$")
_DIN: Final = frozenset("din dine deen dyn eddine eddin uddin aldin addin udin الدين دین الدین дин ддин ад-дин".split())
_FEMALE_ENDINGS: Final = [
    # Slavic adjectives and possessives, in signs: -ska, -skaia, -cka, -ova, -eva, -ina; Lithuanian is left out.
    (re.compile(r"(?<=[sc8S])k(?:a(?:ia|ya|ja|j[ae]|i[ae])?|y[ij]?|i[ij]?|oi|oy|oj|e)$"), "ki", True),
    (re.compile(r"(?<=[a-zA-Z0-9])(?P<stem>[oeë][vwf])a?$"), r"\g<stem>", True),
    (re.compile(r"(?<=.{3})(?P<stem>[iy]n)a$"), r"\g<stem>", False),
    (re.compile(r"(?<=.{3}[tnlrdhkbxmvpC])(?:a(?:ia|ya|ja)|[yi]j?)$"), "y", False),
]  # fmt: skip
_ALPHABETS: Final = (
    Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.ARMENIAN, Script.GEORGIAN, Script.HEBREW, Script.ARABIC,
)  # fmt: skip
_ABJADS: Final = (Script.ARABIC, Script.HEBREW)


def _joined(parts: list[str]) -> list[tuple[str, str, bool]]:
    """Words with articles and servants of God joined to the next: (word, "al", "ben" or "", patronymic)."""
    found: list[tuple[str, str, bool]] = []
    article = ""
    servant = False
    for place, part in enumerate(parts):
        follows = place + 1 < len(parts)
        if follows and _SERVANT.fullmatch(read(part)):
            servant = True
        elif part in _ARTICLES and follows and (place or len(parts) > 1):
            article = "al"
        elif part in _SON and follows:
            article = "ben"
        elif part in _DIN and found and len(found[-1][0]) > 1 and not servant:
            found[-1] = (found[-1][0] + ("دين" if script_of(part) is Script.ARABIC else "din"), "", False)
            article = ""
        elif part in _SON_OF and found:
            found[-1] = (found[-1][0], found[-1][1], True)
        elif part in _TIES and len(parts) > 1:
            continue
        else:
            found.append(_with_prefix(part, article, servant))
            article, servant = "", False
    return found


def _with_prefix(part: str, article: str, servant: bool) -> tuple[str, str, bool]:
    if part.startswith("ال") and len(part) > 4:
        part, article = part[2:], "al"
    if servant:
        prefix = {Script.ARABIC: "عبد", Script.CYRILLIC: "абд"}.get(script_of(part), "abd")
        return prefix + part.removeprefix("al") if len(part) > 3 else prefix + part, "", False
    return part, article, False


def _respelled(word: str) -> str:
    """Signs of a word, joined Arabic compounds in one spelling: Abdurrahman = Abderrahmane, Nureddin = Nuruddin."""
    if word.startswith("عبدال"):
        return read("عبد" + word[5:])
    signs = read(word)
    if match := _ABD_JOINED.match(signs):
        return "abd" + match["rest"]
    if len(signs) > 6 and (match := _DIN_JOINED.match(signs)):
        return match["first"] + "din"
    return signs


def _family(signs: str) -> tuple[str, bool]:
    for pattern, masculine, certain in _FEMALE_ENDINGS:
        changed, times = pattern.subn(masculine, signs)
        if times:
            return changed, certain
    return signs, False


@lru_cache(maxsize=50_000)
def _token(word: str, article: str, kind: Kind) -> Token:
    signs = tidy(_respelled(word))
    family, certain = _family(signs)
    return Token(
        text=latin_word(word),
        signs=signs,
        family=family,
        certain=certain,
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
