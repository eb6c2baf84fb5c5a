"""How alike two words of names are: by sound, by what is known of given names, by slips of the keyboard."""

import re
from typing import Final

from przystan.kernel.names.distance import likeness
from przystan.kernel.names.slips import is_longer_form, is_slip, is_spelling, letters_apart
from przystan.kernel.names.tokens import Token, WordKind

MATCHED: Final = 0.72  # two words this alike are one word misspelled
_SOUNDS_SAME: Final = 0.9
_ONE_SOUND: Final = 0.97
TRANSLATED: Final = 0.96  # Mykola and Nikolai
_GENDERED: Final = 0.97  # Kowalski and Kowalska
_OTHER_GIVEN: Final = 0.5  # Maria and Marta: two names, not one misspelled
_OTHER_WORD: Final = 0.68  # under MATCHED: another name, not the same one mistyped
_SLIP: Final = 0.84  # one slip of the keyboard
_INITIAL: Final = 0.82
_BEGUN: Final = 0.92  # "oleks" for Oleksandr
_TIED: Final = {
    "al": re.compile("[aeuA][lnrsSdtz]|l(?=[aeou])"),
    "ben": re.compile("[bB][ei]?n"),
    "": re.compile("(?!)"),
}


def word_likeness(left: Token, right: Token, told: bool = False) -> tuple[float, str]:
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
        return (sound, "") if sound >= TRANSLATED else (TRANSLATED, "translated")
    if left.given and right.given and not (sound >= TRANSLATED and left.abjad != right.abjad):
        return min(sound, _OTHER_GIVEN), "other_word"
    if sound < TRANSLATED and (left.certain or right.certain or told):
        family = _sound(left.family, right.family, left, right) * _GENDERED
        if family > sound:
            return family, "feminine_ending"
    return _with_slips(sound, left, right)


def _with_slips(sound: float, left: Token, right: Token) -> tuple[float, str]:
    """What the letters say where the sounds are near: a slip of the keyboard, or another name one letter away."""
    if sound >= _SOUNDS_SAME:
        return sound, "typo" if sound < _ONE_SOUND and _is_one_letter(left, right) else ""
    if left.script is not right.script or not left.text.isalpha() or not right.text.isalpha():
        return sound, "typo"
    known = bool(left.given) is not bool(right.given)
    if is_slip(left.word, right.word, known=known) or is_slip(left.text, right.text, known=known):
        return max(sound, _SLIP), "typo"
    if is_spelling(left.text, right.text):
        return max(sound, MATCHED), "typo"
    apart = min(letters_apart(left.word, right.word), letters_apart(left.text, right.text))
    if apart == 1 or is_longer_form(left.word, right.word):
        return min(sound, _OTHER_WORD), "other_word"
    return sound, "typo"


def _is_one_letter(left: Token, right: Token) -> bool:
    """Whether words of one script differ by a letter that is another sound: near enough, but not clearly one name."""
    return (
        left.script is right.script
        and letters_apart(left.text, right.text) == 1
        and not is_spelling(left.text, right.text)
    )


def begun_likeness(typed: Token, word: Token, told: bool = False) -> tuple[float, str]:
    """As `word_likeness`, but the beginning of a word counts too."""
    alike, reason = word_likeness(typed, word, told)
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
