"""An index of names in memory, with the keys and the ranking that the register uses in PostgreSQL."""

from collections.abc import Hashable, Iterable
from itertools import chain, islice
from typing import Final, Generic, TypeVar

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from przystan.kernel.names.compare import Comparison, compare_names, compare_typed_names
from przystan.kernel.names.fold import fold
from przystan.kernel.names.keys import KeyGroup, enough, keys, query_keys, strong_groups
from przystan.kernel.names.tokens import Name, analyse

Id = TypeVar("Id", bound=Hashable)

_SCORED: Final = 80  # candidates of one look-up that are compared in full
_SCORED_WEAK: Final = 40  # of a look-up that brings much that is only near
_WEAK: Final = ("near", "typo", "one")
_SEEN: Final = 4_000  # candidates of one look-up that are looked at, at all


class NameIndex(Generic[Id]):
    """Finds names by any spelling. Not for threads that write at the same time."""

    def __init__(self) -> None:
        self._ids: list[Id] = []
        self._names: list[Name] = []
        self._folded: list[str] = []
        self._rows: dict[str, set[int]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def add(self, id: Id, name: str) -> None:
        """Add a name; one id may have several."""
        row = len(self._names)
        self._ids.append(id)
        self._names.append(analyse(name))
        self._folded.append(fold(name))
        for key in keys(name):
            self._rows.setdefault(key, set()).add(row)

    def search(self, text: str, limit: int = 5) -> list[tuple[Id, Comparison]]:
        """The `limit` best ids for a name as typed, best first, each id once. Empty when nothing is near."""
        scored: dict[int, Comparison] = {}
        best = 0.0
        folded, query = fold(text), analyse(text)
        done = ""
        for group in query_keys(text):
            if done and group.kind != done and best >= enough(done):
                break
            done = group.kind
            for row in self._candidates(group, folded):
                if row not in scored:
                    scored[row] = compare_typed_names(query, self._names[row])
                    best = max(best, scored[row].score)
        return self._ranked(scored, folded, limit)

    def same(self, name: str) -> list[tuple[Id, Comparison]]:
        """Ids whose name is the same by the shipped threshold; the weak look-ups of a search are left out."""
        scored: dict[int, Comparison] = {}
        folded, query = fold(name), analyse(name)
        for group in strong_groups(name):
            for row in self._candidates(group, folded):
                if row not in scored:
                    scored[row] = compare_names(query, self._names[row])
        same = {row: outcome for row, outcome in scored.items() if outcome.same}
        return self._ranked(same, folded, len(same)) if same else []

    def _candidates(self, group: KeyGroup, folded: str) -> list[int]:
        """Rows of one look-up worth comparing: the nearest in plain Latin, where there are many."""
        rows = list(islice(self._matching(group), _SEEN))
        most = _SCORED_WEAK if group.kind in _WEAK else _SCORED
        if len(rows) <= most:
            return rows
        texts = [self._folded[row] for row in rows]
        return [rows[place] for _, _, place in extract(folded, texts, scorer=ratio, limit=most)]

    def _matching(self, group: KeyGroup) -> Iterable[int]:
        """Rows with a key of every set, looked up from the rarest set on."""
        lists = [[self._rows[key] for key in some if key in self._rows] for some in group.all_of]
        lists.sort(key=lambda found: sum(map(len, found)))
        first, others = lists[0], lists[1:]
        if not others:
            return dict.fromkeys(islice(chain.from_iterable(first), 2 * _SEEN))
        rows = set().union(*first)
        for found in others:
            rows = set().union(*(rows & other for other in found))
        return rows

    def _ranked(self, scored: dict[int, Comparison], folded: str, limit: int) -> list[tuple[Id, Comparison]]:
        order = sorted(scored, key=lambda row: (-scored[row].score, -ratio(folded, self._folded[row]), row))
        found: dict[Id, Comparison] = {}
        for row in order:
            found.setdefault(self._ids[row], scored[row])
            if len(found) == limit:
                break
        return list(found.items())
