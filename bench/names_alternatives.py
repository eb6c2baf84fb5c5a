"""The named alternatives that our matching of names is measured against, each behind one small face.

rapidfuzz and Jaro-Winkler get our folded text, words sorted: the best that plain string similarity can do.
Double metaphone and nomenklatura's LogicV2 come with the extra `bench`; without it they are left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio

from przystan.kernel.names import NameIndex, compare, fold

Score = Callable[[str, str], float]
Search = Callable[[str], Sequence[str]]
INSTALL = 'needs the extra packages: uv pip install -e ".[bench]"'


@dataclass(frozen=True)
class Alternative:
    """`score`: likeness of two names, 0 to 1. `index`: makes a search of the five best ids in a register.

    `shipped`: the threshold that the tool ships with, if any. `slow`: only a sample of queries is run.
    """

    name: str
    score: Score
    index: Callable[[list[tuple[str, str]]], Search]
    shipped: float | None = None
    slow: bool = False


@lru_cache(maxsize=200_000)
def sorted_fold(name: str) -> str:
    """Folded words in alphabetical order, so that the order of a name does not matter."""
    return " ".join(sorted(fold(name).split()))


def _brute_force(score: Score) -> Callable[[list[tuple[str, str]]], Search]:
    def index(rows: list[tuple[str, str]]) -> Search:
        def search(text: str) -> list[str]:
            ranked = sorted(rows, key=lambda row: -score(text, row[1]))
            return list(dict.fromkeys(row[0] for row in ranked))[:5]

        return search

    return index


def _with_rapidfuzz(scorer: Callable[..., float]) -> Callable[[list[tuple[str, str]]], Search]:
    def index(rows: list[tuple[str, str]]) -> Search:
        folded = [sorted_fold(name) for _, name in rows]

        def search(text: str) -> list[str]:
            best = process.extract(sorted_fold(text), folded, scorer=scorer, limit=5)
            return [rows[place][0] for _, _, place in best]

        return search

    return index


def _our_index(rows: list[tuple[str, str]]) -> Search:
    index: NameIndex[str] = NameIndex()
    for id, name in rows:
        index.add(id, name)
    return lambda text: [id for id, _ in index.search(text, limit=5)]


def ours() -> Alternative:
    """Przystań's own matching at its one shipped threshold."""
    from przystan.kernel.names import SAME_THRESHOLD

    return Alternative("Przystań", lambda a, b: compare(a, b).score, _our_index, SAME_THRESHOLD)


def _string_similarities() -> list[Alternative]:
    return [
        Alternative(
            "rapidfuzz, folded",
            lambda a, b: ratio(sorted_fold(a), sorted_fold(b)) / 100,
            _with_rapidfuzz(ratio),
        ),
        Alternative(
            "Jaro-Winkler, folded",
            lambda a, b: JaroWinkler.similarity(sorted_fold(a), sorted_fold(b)),
            _with_rapidfuzz(JaroWinkler.similarity),
        ),
    ]


def _double_metaphone() -> Alternative:
    from metaphone import doublemetaphone

    @lru_cache(maxsize=200_000)
    def codes(name: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(filter(None, doublemetaphone(word))) for word in fold(name).split())

    def score(a: str, b: str) -> float:
        left, right = codes(a), codes(b)
        shared = sum(1 for code in left if any(code & other for other in right))
        return 2 * min(shared, len(right)) / max(1, len(left) + len(right))

    return Alternative("double metaphone", score, _brute_force(score), slow=True)


def _logic_v2() -> Alternative:
    from followthemoney import EntityProxy
    from nomenklatura.matching import LogicV2

    config = LogicV2.default_config()

    @lru_cache(maxsize=200_000)
    def person(name: str) -> EntityProxy:
        # Its caches go by id, so every name needs one of its own.
        return EntityProxy.from_dict({"id": f"p-{name}", "schema": "Person", "properties": {"name": [name]}})

    def score(a: str, b: str) -> float:
        return float(LogicV2.compare(person(a), person(b), config).score)

    return Alternative("LogicV2", score, _brute_force(score), shipped=0.7, slow=True)


def alternatives() -> tuple[list[Alternative], list[str]]:
    """Those that are installed, ours first, and a sentence for each that is missing."""
    found, missing = [ours(), *_string_similarities()], []
    for name, make in (("double metaphone", _double_metaphone), ("LogicV2", _logic_v2)):
        try:
            found.append(make())
        except ImportError:
            missing.append(f"{name} left out: {INSTALL}")
    return found, missing
