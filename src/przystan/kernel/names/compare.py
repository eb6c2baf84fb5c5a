"""Are two names one person's? A score, a decision and the reasons, in codes."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from przystan.kernel.names.distance import likeness
from przystan.kernel.names.tokens import Name, Token, WordKind, analyse

SAME_THRESHOLD: Final = 0.77
"""The one threshold: from here on two names may be one person's."""

_MATCHED: Final = 0.72  # two words this alike are one word misspelled
_CLEAR: Final = 0.93  # no need to look whether two words on one side make one on the other
_TRANSLATED: Final = 0.96  # Mykola and Nikolai
_GENDERED: Final = 0.97  # Kowalski and Kowalska
_OTHER_GIVEN: Final = 0.5  # Maria and Marta: two names, not one misspelled
_INITIAL: Final = 0.82
_BEGUN: Final = 0.92  # "oleks" for Oleksandr
_TIED: Final = {
    "al": re.compile("[aeuA][lnrsSdtz]|l(?=[aeou])"),
    "ben": re.compile("[bB][ei]?n"),
    "": re.compile("(?!)"),
}
_WEIGHT: Final = {WordKind.NAME: 1.0, WordKind.INITIAL: 0.5, WordKind.PATRONYMIC: 0.5}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Outcome of comparing two names.

    score: 0 (nothing in common) to 1 (the same words). same: score reached SAME_THRESHOLD.
    reasons: codes, in a fixed order, of what was overlooked: "same_words", "same_sound",
    "other_script", "order_swapped", "translated", "feminine_ending", "typo", "initial",
    "patronymic_missing", "partial", "joined", "other_word".
    """

    score: float
    same: bool
    reasons: tuple[str, ...]


_NOTHING: Final = Comparison(0.0, False, ())
_ORDER: Final = (
    "same_words", "same_sound", "other_script", "order_swapped", "translated", "feminine_ending", "typo",
    "initial", "patronymic_missing", "partial", "joined", "other_word",
)  # fmt: skip


def compare(a: str, b: str) -> Comparison:
    """Compare two names of any scripts; the order of the two does not matter.

    Words are paired by sound in whatever order they stand. A word left over on one side only is a
    name not told (second surname, patronymic); left over on both sides it speaks against.
    """
    return compare_names(analyse(a), analyse(b))


def compare_names(a: Name, b: Name) -> Comparison:
    """As `compare`, for names already taken apart."""
    if not a.tokens or not b.tokens:
        return _NOTHING
    return _Pairing(*((b, a) if b.text < a.text else (a, b))).outcome()


def compare_typed(typed: str, name: str) -> Comparison:
    """As `compare`, where `typed` comes from a search box: a word may be the beginning of one.

    A pair that only fits by a beginning is never `same`. Not symmetric.
    """
    return compare_typed_names(analyse(typed), analyse(name))


def compare_typed_names(query: Name, found: Name) -> Comparison:
    """As `compare_typed`, for names already taken apart."""
    if not query.tokens or not found.tokens:
        return _NOTHING
    outcome = _Pairing(query, found).outcome()
    if outcome.score >= SAME_THRESHOLD:
        return outcome
    begun = _Pairing(query, found, typed=True).outcome()
    return Comparison(begun.score, False, begun.reasons) if begun.score > outcome.score else outcome


def _word_likeness(left: Token, right: Token, told: bool = False) -> tuple[float, str]:
    """How alike two words are, and the reason code when something was overlooked ("" if nothing).

    `told`: another word of both names is a known given name, so this one may be taken for a surname,
    whose ending follows the person's sex.
    """
    if left.text == right.text and left.signs == right.signs:
        return 1.0, ""
    if not left.signs or not right.signs:
        return 0.0, "other_word"  # figures and unknown letters are the same or they are not
    if WordKind.INITIAL in (left.kind, right.kind):
        return _initial_likeness(left, right)
    sound = _sound(left.signs, right.signs, left, right)
    common = left.given & right.given
    if common:
        return (sound, "") if sound >= _TRANSLATED else (_TRANSLATED, "translated")
    if left.given and right.given and not (sound >= _TRANSLATED and left.abjad != right.abjad):
        return min(sound, _OTHER_GIVEN), "other_word"
    if sound < _TRANSLATED and (left.certain or right.certain or told):
        family = _sound(left.family, right.family, left, right) * _GENDERED
        if family > sound:
            return family, "feminine_ending"
    return sound, "" if sound >= 0.9 else "typo"


def _begun_likeness(typed: Token, word: Token, told: bool = False) -> tuple[float, str]:
    """As `_word_likeness`, but the beginning of a word counts too."""
    alike, reason = _word_likeness(typed, word, told)
    size = len(typed.signs)
    if alike < _BEGUN and 2 <= size < len(word.signs):
        begun = max(likeness(typed.signs, word.signs[:end], typed.abjad, word.abjad) for end in (size, size + 1))
        if begun >= 0.85:
            return _BEGUN * begun, "partial"
    return alike, reason


def _sound(left_signs: str, right_signs: str, left: Token, right: Token) -> float:
    sound = likeness(left_signs, right_signs, left.abjad, right.abjad)
    if left.article != right.article:
        sound = max(sound, _without_article(left_signs, right_signs, left, right))
    return sound


def _without_article(left_signs: str, right_signs: str, left: Token, right: Token) -> float:
    """One writes al-Masri or Ben Ali, the other Elmasri, Benali: it is taken off the joined word."""
    if left.article and not right.article:
        left, right, left_signs, right_signs = right, left, right_signs, left_signs
    tie = _TIED[right.article].match(left_signs)
    if tie and len(left_signs) - tie.end() >= 3:
        return likeness(left_signs[tie.end() :], right_signs, left.abjad, right.abjad) * 0.98
    return 0.0


def _initial_likeness(left: Token, right: Token) -> tuple[float, str]:
    if likeness(left.signs[:1], right.signs[:1]) >= 0.9:
        return _INITIAL, "initial"
    return 0.0, "other_word"


class _Pairing:
    """Pairs the words of two names, most alike first, and weighs the outcome."""

    def __init__(self, a: Name, b: Name, *, typed: bool = False) -> None:
        self.a, self.b = a, b
        self.typed = typed
        self.alike = _begun_likeness if typed else _word_likeness
        self.left = list(range(len(a.tokens)))
        self.right = list(range(len(b.tokens)))
        self.pairs: list[tuple[int, int]] = []
        self.found: list[tuple[float, float]] = []  # likeness, weight
        self.reasons: set[str] = set()
        options = self._options()
        self._pair(options, _CLEAR)
        if len(a.tokens) != len(b.tokens):
            self._pair_joined()
        self._pair(options, _MATCHED)

    def _options(self) -> list[tuple[float, str, int, int]]:
        """Every pair of words that may go together: likeness, reason, places; the likeliest first."""
        a_told, b_told = _told(self.a.tokens), _told(self.b.tokens)
        options = [
            (*self.alike(one, other, a_told[x] and b_told[y]), x, y)
            for x, one in enumerate(self.a.tokens)
            for y, other in enumerate(self.b.tokens)
            if (one.kind is WordKind.PATRONYMIC) == (other.kind is WordKind.PATRONYMIC) or len(one.signs) > 7
        ]
        options.sort(key=lambda option: (-option[0], abs(option[2] - option[3]), option[2] + option[3]))
        return options

    def _pair(self, options: list[tuple[float, str, int, int]], least: float) -> None:
        for alike, reason, x, y in options:
            if alike >= least and x in self.left and y in self.right:
                self._take(x, y, alike, reason)

    def _take(self, x: int, y: int, alike: float, reason: str) -> None:
        self.left.remove(x)
        self.right.remove(y)
        self.pairs.append((x, y))
        weight = min(_WEIGHT[self.a.tokens[x].kind], _WEIGHT[self.b.tokens[y].kind])
        self.found.append((alike, weight))
        if reason:
            self.reasons.add(reason)

    def _pair_joined(self) -> None:
        """Two words on one side written as one on the other: Anna Maria, Annamaria."""
        self._join(self.a.tokens, self.left, self.b.tokens, self.right)
        self._join(self.b.tokens, self.right, self.a.tokens, self.left)

    def _join(self, parts: tuple[Token, ...], loose: list[int], wholes: tuple[Token, ...], free: list[int]) -> None:
        for first, second in pairwise(loose[:]):
            if first not in loose or second not in loose:
                continue
            for whole in free[:]:
                alike = _joined_likeness(parts[first], parts[second], wholes[whole])
                if alike >= 0.85:
                    loose.remove(first)
                    loose.remove(second)
                    free.remove(whole)
                    self.found.append((alike * 0.98, 1.0))
                    self.reasons.add("joined")
                    break

    def outcome(self) -> Comparison:
        if not self.found:
            return Comparison(self._hint(), False, ("other_word",))
        total = sum(weight for _, weight in self.found)
        mean = sum(alike * weight for alike, weight in self.found) / total
        score = 0.6 * min(alike for alike, _ in self.found) + 0.4 * mean
        score = self._less_left_over(score, total)
        score = round(max(0.0, min(1.0, score)), 4)
        return Comparison(score, score >= SAME_THRESHOLD, self._codes())

    def _hint(self) -> float:
        """A small score for names without one word in common, so that a list still has an order."""
        return 0.3 * max(
            (_word_likeness(one, other)[0] for one in self.a.tokens for other in self.b.tokens), default=0.0
        )

    def _less_left_over(self, score: float, total: float) -> float:
        left = [self.a.tokens[x] for x in self.left]
        right = [self.b.tokens[y] for y in self.right]
        while left and right:
            score -= self._conflict(left, right, total)
        for token in left + right:
            patronymic = token.kind is not WordKind.NAME
            self.reasons.add("patronymic_missing" if patronymic else "partial")
            score -= 0.02 if patronymic else 0.07
        if "partial" in self.reasons and total < 1.5 and (self.left or not self.typed):
            score = min(score, 0.7)  # one name in common of several: a hint, not a person
        return score

    def _conflict(self, left: list[Token], right: list[Token], total: float) -> float:
        """Price of two words that stand against each other; they are taken off both lists."""
        one = left.pop()
        other = next((token for token in right if token.kind is one.kind), right[0])
        right.remove(other)
        self.reasons.add("other_word")
        fathers = one.kind is other.kind is WordKind.PATRONYMIC  # two fathers are two persons
        weight = 1.0 if fathers else min(_WEIGHT[one.kind], _WEIGHT[other.kind])
        return 0.65 * weight / (total + weight) * (1.25 - _word_likeness(one, other)[0] / 2)

    def _codes(self) -> tuple[str, ...]:
        if not self.reasons:
            words_alike = all(self.a.tokens[x].text == self.b.tokens[y].text for x, y in self.pairs)
            self.reasons.add("same_words" if words_alike else "same_sound")
        if self.a.script is not self.b.script:
            self.reasons.add("other_script")
        ordered = sorted(self.pairs)
        if any(later[1] < earlier[1] for earlier, later in pairwise(ordered)):
            self.reasons.add("order_swapped")
        return tuple(code for code in _ORDER if code in self.reasons)


def _told(tokens: tuple[Token, ...]) -> list[bool]:
    """Whether another word of the name is a known given name, for every word."""
    known = sum(1 for token in tokens if token.given)
    return [known > bool(token.given) for token in tokens]


def _joined_likeness(first: Token, second: Token, whole: Token) -> float:
    return likeness(first.signs + second.signs, whole.signs, first.abjad or second.abjad, whole.abjad)
