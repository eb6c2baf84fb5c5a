"""Index keys of a name and the plan of looking one up.

Keys are short strings in a PostgreSQL `text[]` column under a GIN index:

    x:...   the whole name by sound, words in alphabetical order
    t:SKRM  the consonant skeleton of one word (several where its spelling can be read in several ways)
    g:...   the given name that the word is a form of (Mykola, Nikolai)
    p:SKR   the first three consonants, p:SK the first two: for what is half typed, or mistyped at its end
    s:RM    the last two: for a word mistyped at its beginning
    b:MAI   the first three letters, where they have too few consonants for p: of a word half typed

Stored keys are made anew when KEYS_VERSION is not the one they were made by (`people.actions.respell_if_older`).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from przystan.kernel.names.fold import fold
from przystan.kernel.names.signs import lookup_form, skeletons
from przystan.kernel.names.tokens import Token, WordKind, analyse

KEYS_VERSION: Final = 4
"""Raise by one with every change of what `keys`, `fold` or `script_of` give; a test notices when it is forgotten."""

_CONSONANTS: Final = "KLMNPRSTV"  # the letters of skeletons
_VOWELS: Final = frozenset("aeiouy")
_OPENING: Final = 3  # letters of a key "b:"
_WORDS: Final = 4  # words of one name that get keys of their own


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """One look-up. A row is a candidate when it has, of every set in `all_of`, at least one key."""

    kind: str
    all_of: tuple[frozenset[str], ...]


def keys(name: str) -> frozenset[str]:
    """Index keys of a name; usually 8 to 12. Never empty when the name has a letter or a digit."""
    tokens = _worth_looking(name)
    found = {_whole(tokens)} if tokens else set()
    for token in tokens:
        found |= _stored(token)
        if token.kind is WordKind.NAME:
            found |= _prefixes(token) | _suffix(token) | _opening(token)
    return frozenset(found)


@lru_cache(maxsize=1024)
def query_keys(text: str) -> tuple[KeyGroup, ...]:
    """The look-ups that find a name as typed in a search box, the strongest first.

    Kinds: "exact" (same sounds), "all" (every word), "partial" (every word, or its beginning),
    "near" (a single word with one consonant wrong), "fewer" (all words but one), "typo" (all words,
    one of them mistyped), "one" (any word).

    PostgreSQL: run one group at a time,
    `SELECT ... WHERE keys && %s::text[] AND keys && %s::text[] LIMIT 400`, one `&&` for every set of
    `all_of`; score what came with `compare_typed`; go on to the next group only while the best score
    is under `enough(kind)`. For the kinds "typo" and "one" order by `similarity(folded, fold(text))`
    inside a subquery that is itself limited (2,000 rows), so that a common name costs no more
    in a million people than in a hundred thousand.
    """
    tokens = [token for token in _worth_looking(text) if token.kind is WordKind.NAME]
    tokens = tokens or list(_worth_looking(text))
    if not tokens:
        return ()
    full = [_full(token) for token in tokens]
    begun = [_full(token) | _begun(token) | (_opening(token) if _is_opening(token) else set()) for token in tokens]
    groups = [KeyGroup("exact", (frozenset({_whole(_worth_looking(text))}),)), _group("all", full)]
    groups.append(_group("partial", begun))
    if len(tokens) > 2:
        groups += [_group("fewer", full[:place] + full[place + 1 :]) for place in range(len(full))]
    if len(tokens) == 1 and (near := _near(tokens[0])):
        groups.append(_group("near", [near]))
    for place, token in enumerate(tokens):
        groups.append(_group("typo", [*full[:place], _loose(token), *full[place + 1 :]]))
    if len(tokens) > 1:
        groups += [_group("one", [each]) for each in full]
    return tuple(dict.fromkeys(groups))


def enough(kind: str) -> float:
    """The best score after which a group of the next kinds cannot bring anyone better."""
    return {"exact": 1.01, "all": 0.9, "partial": 0.85, "near": 0.75, "fewer": 0.82, "typo": 0.75}.get(kind, 0.0)


def _group(kind: str, sets: list[frozenset[str]]) -> KeyGroup:
    return KeyGroup(kind, tuple(dict.fromkeys(sets)))


def _worth_looking(name: str) -> tuple[Token, ...]:
    """The words that get keys: not initials, unless there is nothing else."""
    tokens = analyse(name).tokens
    return tuple(token for token in tokens if token.kind is not WordKind.INITIAL)[:_WORDS] or tokens[:_WORDS]


def _whole(tokens: tuple[Token, ...]) -> str:
    forms = sorted(lookup_form(token.signs) or token.text for token in tokens)
    return "x:" + " ".join(forms)


def _full(token: Token) -> frozenset[str]:
    if not token.signs:
        return frozenset({"t:" + token.text})
    named = {"g:" + name for name in token.given}
    return frozenset({"t:" + skeleton for skeleton in skeletons(token.signs)} | named)


def _stored(token: Token) -> frozenset[str]:
    """A known given name is found by its form, so of its doubtful readings one is enough."""
    if not token.given:
        return _full(token)
    return frozenset({"t:" + skeletons(token.signs)[0], *("g:" + name for name in token.given)})


def _prefixes(token: Token) -> frozenset[str]:
    """First two and three consonants; a skeleton as short as that is its own prefix."""
    first = skeletons(token.signs)[0]
    return frozenset("p:" + first[:size] for size in (2, 3) if len(first) > size or size == 2)


def _begun(token: Token) -> frozenset[str]:
    """Prefix keys that a word whose beginning was typed may have."""
    size = 3 if len(skeletons(token.signs)[0]) > 2 else 2
    return frozenset("p:" + skeleton[:size] for skeleton in skeletons(token.signs) if len(skeleton) >= 2)


def _opening(token: Token) -> frozenset[str]:
    first = fold(token.word)[:_OPENING]
    too_few = len(first) == _OPENING and sum(letter not in _VOWELS for letter in first) < 2
    return frozenset({"b:" + first.upper()}) if too_few else frozenset()


def _is_opening(token: Token) -> bool:
    return len(fold(token.word)) == _OPENING


def _suffix(token: Token) -> frozenset[str]:
    first = skeletons(token.signs)[0]
    return frozenset({"s:" + first[-2:]}) if len(first) > 2 else frozenset()


def _loose(token: Token) -> frozenset[str]:
    """Keys left when one consonant of the word is wrong: its beginning or its end."""
    return frozenset("p:" + skeleton[:2] for skeleton in skeletons(token.signs)) | _suffix(token)


def _near(token: Token) -> frozenset[str]:
    """Skeletons with one consonant added, lost or changed; a word with fewer than three is like too many others."""
    found: set[str] = set()
    for skeleton in skeletons(token.signs):
        for place in range(len(skeleton) + 1 if len(skeleton) > 2 else 0):
            before, after = skeleton[:place], skeleton[place:]
            found.add(before + after[1:])
            found |= {before + letter + rest for letter in _CONSONANTS for rest in (after, after[1:])}
    return frozenset("t:" + skeleton for skeleton in found)


STRONG: Final = frozenset({"exact", "all", "fewer"})


@lru_cache(maxsize=20_000)
def strong_groups(name: str) -> tuple[KeyGroup, ...]:
    """The look-ups that find the same name, without those for half-typed and mistyped ones."""
    return tuple(group for group in query_keys(name) if group.kind in STRONG)
