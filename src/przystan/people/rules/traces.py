"""What in a text tells of one person: for words that nobody tied to them by a key."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from przystan.kernel.dates import PartialDate
from przystan.kernel.names import compare, fold

MIN_WORD = 3  # letters of a word of a name that tells of somebody
ENDING = 2  # letters at the end of a word that declension changes
MIN_DIGITS = 7  # digits of a phone that tell of somebody


@dataclass(frozen=True)
class Traces:
    """`refs`: references, e-mails and the like, in small letters; `names`: name forms; `birth`: a partial date or "";
    `phones`: digits.
    """

    refs: frozenset[str]
    names: tuple[str, ...]
    birth: str = ""
    phones: frozenset[str] = frozenset()

    def told_in(self, value: Any) -> bool:
        """Whether a text, or any text in a JSON value, has a word of a name, a reference or a phone of theirs.

        For words that are emptied then: it may be somebody else's.
        """
        return any(self._told(text) for text in _texts(value))

    def named_in(self, text: str) -> bool:
        """Whether a text has every word of a name, a reference or a phone of theirs: for words that are about them."""
        words = fold(text).split()
        return self._referred(text) or any(_all_words(name, words) for name in self.names)

    def fit(self, name: str, birth: str = "") -> bool:
        """Whether somebody of this name and birth date (a partial date or "") is they, as far as both are known."""
        return self._born_then(birth) and any(compare(own, name).same for own in self.names)

    def _told(self, text: str) -> bool:
        if self._referred(text):
            return True
        own = {word for name in self.names for word in fold(name).split() if len(word) >= MIN_WORD}
        return any(_one_word(word, mine) for word in fold(text).split() for mine in own)

    def _referred(self, text: str) -> bool:
        plain, digits = text.lower(), re.sub(r"\D", "", text)
        return any(ref in plain for ref in self.refs) or any(phone[-9:] in digits for phone in self.phones)

    def _born_then(self, birth: str) -> bool:
        if not birth or not self.birth:
            return True
        one, other = PartialDate.parse(birth), PartialDate.parse(self.birth)
        return one.earliest() <= other.latest() and other.earliest() <= one.latest()


def traces(refs: list[str], names: list[str], birth: str, phones: list[str]) -> Traces:
    """The same, without what is empty or too short to tell of anybody."""
    return Traces(
        frozenset(ref.lower() for ref in refs if len(ref) >= MIN_WORD),
        tuple(name for name in names if name),
        birth,
        frozenset(digits for digits in phones if len(digits) >= MIN_DIGITS),
    )


def _all_words(name: str, words: list[str]) -> bool:
    own = [word for word in fold(name).split() if len(word) >= MIN_WORD]
    return bool(own) and all(any(_one_word(word, mine) for word in words) for mine in own)


def _one_word(word: str, mine: str) -> bool:
    """The same word, whatever its ending: "olena", "oleny", "olenie"."""
    stem = mine[: max(MIN_WORD, len(mine) - ENDING)]
    return word.startswith(stem) and abs(len(word) - len(mine)) <= ENDING


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
