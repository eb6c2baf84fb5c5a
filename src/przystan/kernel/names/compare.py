"""Are two names one person's? A score, a decision and the reasons, in codes."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from przystan.kernel.names.distance import likeness
from przystan.kernel.names.script import Script
from przystan.kernel.names.slips import cyrillic_typed_in_latin
from przystan.kernel.names.syllables import same_syllables, syllabic
from przystan.kernel.names.tokens import Name, Token, WordKind, analyse
from przystan.kernel.names.wordwise import MATCHED, TRANSLATED, begun_likeness, word_likeness

SAME_THRESHOLD: Final = 0.77
"""The one threshold: from here on two names may be one person's."""

_CLEAR: Final = 0.93  # no need to look whether two words on one side make one on the other
_DOUBT: Final = round(SAME_THRESHOLD - 0.02, 2)  # the most that a name gets with a word that speaks against it
_NOT_TOLD: Final = 0.07  # price of a word that one side leaves out
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


_HOPELESS: Final = 0.4
_SAID_OF_SAME: Final = ("same_words", "same_sound")
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
    if b.text < a.text:
        a, b = b, a
    return _typed_otherwise(a, b, _by_syllables(a, b, _Pairing(a, b).outcome()))


def _by_syllables(a: Name, b: Name, outcome: Comparison) -> Comparison:
    """In naming cultures of few families every syllable decides; see `syllables`."""
    one, other = syllabic(a.text), syllabic(b.text)
    if one is None or other is None or one.vietnamese is not other.vietnamese:
        return outcome
    if not same_syllables(one, other):
        reasons = tuple(code for code in outcome.reasons if code not in _SAID_OF_SAME)
        return Comparison(min(outcome.score, _DOUBT), False, _in_order({*reasons, "other_word"}))
    if outcome.same:
        return outcome
    swapped = {"order_swapped"} if "order_swapped" in outcome.reasons else set()
    return Comparison(TRANSLATED, True, _in_order({"same_sound", *swapped}))


def _typed_otherwise(a: Name, b: Name, outcome: Comparison) -> Comparison:
    """The outcome, or that of a Cyrillic name typed while the keyboard stood on Latin."""
    if outcome.score > _HOPELESS or {a.script, b.script} != {Script.LATIN, Script.CYRILLIC}:
        return outcome
    latin, cyrillic = (a, b) if a.script is Script.LATIN else (b, a)
    meant = _Pairing(analyse(cyrillic_typed_in_latin(latin.text)), cyrillic).outcome()
    return Comparison(TRANSLATED, True, ("typo",)) if meant.score >= _CLEAR else outcome


def _in_order(codes: set[str]) -> tuple[str, ...]:
    return tuple(code for code in _ORDER if code in codes)


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


class _Pairing:
    """Pairs the words of two names, most alike first, and weighs the outcome."""

    def __init__(self, a: Name, b: Name, *, typed: bool = False) -> None:
        self.a, self.b = a, b
        self.typed = typed
        self.alike = begun_likeness if typed else word_likeness
        self.left = list(range(len(a.tokens)))
        self.right = list(range(len(b.tokens)))
        self.pairs: list[tuple[int, int]] = []
        self.found: list[tuple[float, float]] = []  # likeness, weight
        self.reasons: set[str] = set()
        options = self._options()
        self._pair(options, _CLEAR)
        if len(a.tokens) != len(b.tokens):
            self._pair_joined()
        self._pair(options, MATCHED)

    def _options(self) -> list[tuple[float, str, int, int]]:
        """Every pair of words that may go together: likeness, reason, places; the likeliest first."""
        a_told, b_told = _told(self.a.tokens), _told(self.b.tokens)
        options = [
            (*self.alike(one, other, a_told[x] and b_told[y]), x, y)
            for x, one in enumerate(self.a.tokens)
            for y, other in enumerate(self.b.tokens)
            if _comparable(one, other)
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
        against = self._speaks_against()
        total = sum(weight for _, weight in self.found)
        mean = sum(alike * weight for alike, weight in self.found) / total
        score = 0.6 * min(alike for alike, _ in self.found) + 0.4 * mean
        score = self._less_left_over(score, total)
        if against:
            self.reasons.add("other_word")
            score = min(score, _DOUBT)
        score = round(max(0.0, min(1.0, score)), 4)
        return Comparison(score, score >= SAME_THRESHOLD, self._codes())

    def _hint(self) -> float:
        """A small score for names without one word in common, so that a list still has an order."""
        return 0.3 * max(
            (word_likeness(one, other)[0] for one in self.a.tokens for other in self.b.tokens), default=0.0
        )

    def _speaks_against(self) -> bool:
        """Whether words are left over on both sides that are two names of one kind, or father and son stand the other
        way about. A given name beside another side's surname are two things not told, if two other words fit."""
        left, right = [self.a.tokens[x] for x in self.left], [self.b.tokens[y] for y in self.right]
        for kind in (WordKind.NAME, WordKind.PATRONYMIC):
            ours, theirs = ([token for token in side if token.kind is kind] for side in (left, right))
            if ours and theirs and not self._told_apart():
                return True
        return any(_sons_differ(self.a.tokens[x], self.b.tokens[y]) for x, y in self.pairs) and all(
            any(token.article == "ben" for token in side.tokens) for side in (self.a, self.b)
        )

    def _told_apart(self) -> bool:
        """Whether a given name not told stands against a surname not told (Juan Pérez Gómez, Juan Carlos Pérez).

        In one place of both names (Hamdi Nur Farah, Hodan Nur Farah) they are of one kind, known or not."""
        if len(self.pairs) < 2 or len(self.left) != 1 or len(self.right) != 1 or self.left == self.right:
            return False
        return bool(self.a.tokens[self.left[0]].given) is not bool(self.b.tokens[self.right[0]].given)

    def _less_left_over(self, score: float, total: float) -> float:
        left = [self.a.tokens[x] for x in self.left]
        right = [self.b.tokens[y] for y in self.right]
        if self._told_apart():
            self.reasons.add("partial")
            return score - 2 * _NOT_TOLD
        while left and right:
            score -= self._conflict(left, right, total)
        for token in left + right:
            patronymic = token.kind is not WordKind.NAME
            self.reasons.add("patronymic_missing" if patronymic else "partial")
            score -= 0.02 if patronymic else _NOT_TOLD
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
        return 0.65 * weight / (total + weight) * (1.25 - word_likeness(one, other)[0] / 2)

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


def _comparable(one: Token, other: Token) -> bool:
    """A father's name goes with a father's name, its initial, or a surname that looks like one."""
    fathers = (one.kind is WordKind.PATRONYMIC) == (other.kind is WordKind.PATRONYMIC)
    return fathers or WordKind.INITIAL in (one.kind, other.kind) or len(one.signs) > 7


def _sons_differ(one: Token, other: Token) -> bool:
    return (one.article == "ben") is not (other.article == "ben")


def _told(tokens: tuple[Token, ...]) -> list[bool]:
    """Whether another word of the name is a known given name, for every word."""
    known = sum(1 for token in tokens if token.given)
    return [known > bool(token.given) for token in tokens]


def _joined_likeness(first: Token, second: Token, whole: Token) -> float:
    return likeness(first.signs + second.signs, whole.signs, first.abjad or second.abjad, whole.abjad)
