"""Arabic compound names in one spelling: Abdurrahman = Abderrahmane, Nureddin = Nuruddin = نور الدين."""

import re
from typing import Final

from przystan.kernel.names.readers import read
from przystan.kernel.names.script import Script, script_of
from przystan.kernel.names.signs import tidy

# All on signs (see `sounds`). "Servant of", written apart: Abd, Abdul, Abdel, Abdoul, عبد, Абдул.
SERVANT: Final = re.compile(r"[aAE][bB]ă?d(?:[aeou]{1,2}[lrsn]|u)?ă?")
_SERVANT_JOINED: Final = re.compile(
    r"^(?:[ae]l)?abd(?:[aeiou]{1,2}(?:l(?!h?$|ah?$|ai[ae]$)|(?P<twin>[rnsztdS])(?=(?P=twin)))"
    r"|[aeiou]{1,2}(?=lah?$|lai)|[ui](?=[^aeiou]))?(?P<rest>.{2,})$"
)
_RELIGION_JOINED: Final = re.compile(r"^(?P<first>.{2,}?)[aeiou]{0,2}(?:dd?|tt|ld)(?:in|ine|ēn|yn)$")
# Second halves of compounds when written as a word of their own, Arabic first, Latin and Cyrillic after.
RELIGION: Final = frozenset("الدين الدین din dine deen dyn eddine eddin uddin aldin addin udin дин ддин".split())
ALLAH: Final = frozenset("الله allah ullah аллах улла".split())
_ARABIC_ENDS: Final = (("الدين", "دين"), ("الدین", "دين"), ("الله", "له"))


def _respelled(word: str) -> str:
    if word.startswith("عبدال"):
        return "عبد" + word[5:]
    for written, joined in _ARABIC_ENDS:
        if word.endswith(written) and len(word) > len(written) + 1:
            return word.removesuffix(written) + joined
    return word


def signs_of(word: str) -> str:
    """Tidy signs of a lower-case word, compounds in one spelling."""
    if script_of(word) in (Script.ARABIC, Script.HEBREW):
        return tidy(read(_respelled(word)), abjad=True)
    signs = read(word)
    if match := _SERVANT_JOINED.match(signs):
        signs = "abd" + match["rest"]
    elif len(signs) > 6 and (match := _RELIGION_JOINED.match(signs)):
        signs = match["first"] + "din"
    return tidy(signs)
