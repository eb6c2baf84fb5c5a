"""The alphabet of sounds: what each sign may stand for, and how far two signs are from each other.

A word of any script is written down as a string of signs, one character each. A sign that a
reader cannot be sure of ("ch" is one sound in Polish, another in English, a third in French)
has a sign of its own, and stands for several sounds, each at a price between 0 and 1. So there is
no guess about a name's language, and "Chadidża", "Khadija" and "Hadija" come close by themselves.
"""

from typing import Final

VOWELS: Final = "aeiouyj"

# Sounds that people and offices write for one another, with the price of the exchange.
_NEAR: Final = """
p b .3  f v .2  v b .5  f p .45  v w .05  w b .6  t d .3  k g .25  k q .05  q g .2  q x .25  g h .1
k x .15  x h .1  g G .1  G h .25  G x .25  G k .3  G q .25  k h .4  q h .4  s z .3  S Z .35
s S .8  z Z .55  C S .45  C Z .5  C J .25  Z J .1  c C .4  c s .6  c z .35  c T .5  c t .5  S Q .15
C Q .35  s Q .6  J g .35  J j .3  Z j .4  J z .4  J d .4  T t .05  T s .2  T f .4  D d .05  D z .15  T d .4
D t .4  D T .3  m n .6  l r .8  C t .6  J Q .6  k c .5  k C .7  w u .1  w o .25  v u .4  v o .6
i y .03  i j .03  y j .05  e i .22  e y .25  e j .3  a o .2  o u .22  a e .35  e o .4  a i .55  a y .45
u i .55  u y .4  a u .4  o i .6  o y .5  a j .7  o j .7  u j .5
"""

# Signs that stand for more than one sound. Sounds not listed stay far away.
_AMBIGUOUS: Final[dict[str, dict[str, float]]] = {
    "1": {"g": 0, "h": 0},  # Cyrillic г: Russian g, Ukrainian h
    "2": {"k": 0, "c": 0.05, "J": 0.2, "C": 0.3, "s": 0.3},  # Latin c before a, o, u or a consonant
    "3": {"c": 0, "s": 0.05, "C": 0.15, "J": 0.2, "k": 0.2, "z": 0.3},  # Latin c before e, i, y
    "4": {"x": 0, "C": 0, "S": 0.1, "k": 0.1, "h": 0.05, "g": 0.5},  # Latin ch
    "5": {"j": 0, "J": 0.05, "Z": 0.08, "i": 0.03, "h": 0.25, "x": 0.2, "y": 0.05, "g": 0.35},  # Latin j
    "7": {"z": 0, "c": 0.2, "s": 0.2, "Z": 0.35, "D": 0.1},  # Latin z
    "8": {"S": 0, "s": 0.1},  # ş, š, ś, Hebrew shin
    "9": {"Z": 0, "z": 0.1, "S": 0.3},  # ž, ż, ź
    "ρ": {"r": 0},  # the r of rz: silent in Polish, so it costs little to leave out
    "0": {"Z": 0, "z": 0, "S": 0.2},  # the z of rz
    "č": {"C": 0, "c": 0.15, "s": 0.15},  # č, ć, ç
    "ț": {"c": 0, "t": 0.1},
    "X": {"x": 0.15, "S": 0.3, "s": 0.35, "k": 0.35, "h": 0.25},  # Latin x, ks
    "L": {"Z": 0, "J": 0, "z": 0.1, "C": 0.3},  # zh
    "η": {"h": 0},  # the h of th, dh, zh: usually only a mark on the letter before, but not in Fat-hi
    "ʒ": {"z": 0.1, "c": 0.2, "J": 0.2, "d": 0.3},  # dz
    "ą": {"a": 0, "o": 0.05},
    "ó": {"o": 0, "u": 0},
    "ö": {"o": 0, "e": 0.2, "u": 0.15},
    "ü": {"u": 0, "i": 0.15, "y": 0.1, "j": 0.25},
    "ä": {"a": 0, "e": 0.03},
    "ë": {"e": 0, "o": 0.05},
    "ē": {"i": 0, "e": 0.05, "y": 0.05, "j": 0.05},  # ee
    "ă": {"a": 0, "o": 0.1, "e": 0.2, "u": 0.2, "i": 0.3},  # the vowel an Indian consonant carries
    "A": {"a": 0, "e": 0.03, "i": 0.1, "o": 0.1, "u": 0.1, "y": 0.2, "j": 0.4},  # alef
    "E": {"a": 0, "e": 0, "i": 0.05, "o": 0.05, "u": 0.05, "y": 0.2},  # ayin
    "W": {"w": 0, "v": 0, "u": 0, "o": 0, "f": 0.3},  # waw
    "Y": {"j": 0, "i": 0, "y": 0, "e": 0.05, "a": 0.25, "J": 0.5},  # ya
    "ṯ": {"a": 0, "e": 0, "t": 0.05, "h": 0.05},  # ta marbuta, final he
    "B": {"b": 0, "p": 0.05, "v": 0.15},  # Arabic and Hebrew b
    "F": {"f": 0, "v": 0.05, "p": 0.25},
    "P": {"p": 0, "f": 0},  # Hebrew pe
    "Ĵ": {"J": 0, "g": 0.05, "Z": 0.02, "j": 0.2},  # Arabic jim
    "Ḵ": {"k": 0, "x": 0},  # Hebrew kaf
}

_PLAIN: Final = "pbfvwmnlrtdkghxqszSZCcJQTDG" + VOWELS
SIGNS: Final = _PLAIN + "".join(_AMBIGUOUS)
VOWEL_SIGNS: Final = frozenset(VOWELS + "ąóöüäëēăAE5YWṯ")
PURE_VOWELS: Final = frozenset("aeiouyjąóöüäëēă")
FAR: Final = 1.0


def _near() -> dict[tuple[str, str], float]:
    parts = _NEAR.split()
    table = {(sound, sound): 0.0 for sound in _PLAIN}
    for left, right, price in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        table[left, right] = table[right, left] = float(price)
    return table


def _readings(sign: str) -> dict[str, float]:
    return _AMBIGUOUS.get(sign) or {sign: 0.0}


def _prices() -> dict[str, float]:
    near = _near()
    prices: dict[str, float] = {}
    for left in SIGNS:
        for right in SIGNS:
            best = min(
                price + other + near.get((sound, heard), FAR)
                for sound, price in _readings(left).items()
                for heard, other in _readings(right).items()
            )
            prices[left + right] = 0.0 if left == right else min(best, FAR)
    return prices


PRICES: Final = _prices()
"""Price of taking one sign for another, by the two signs written together; 0 (same) to 1."""
