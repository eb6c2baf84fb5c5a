"""Which column means what: guessed from headers, by synonyms kept in `exchange/data/columns.toml`."""

import re
from collections.abc import Mapping, Sequence

from .table import plain

Synonyms = Mapping[str, Sequence[str]]  # field -> headers that mean it
NUMBERED = re.compile(r"\s*\(?\b\d+\)?(?=\s|$)")


def guess(headers: Sequence[str], synonyms: Synonyms, repeatable: frozenset[str] = frozenset()) -> dict[int, str]:
    """Column -> field. An exact synonym wins over one that the header begins with; a field that is not `repeatable`
    is given to the first column that claims it.
    """
    found: dict[int, str] = {}
    for exact in (True, False):
        for position, header in enumerate(headers):
            if position in found:
                continue
            field = _field(plain(unnumbered(header)), synonyms, exact)
            if field and (field not in found.values() or field in repeatable):
                found[position] = field
    return dict(sorted(found.items()))


def unnumbered(header: str) -> str:
    """A header without the number that tells it from others: "dziecko 2", "dziecko 2 imię", "telefon (2)"."""
    return NUMBERED.sub("", header)


RELATIVES = frozenset({"child", "child_birth", "member"})  # of these a row may name several
# What may stand in several columns of one file; of anything else one column would silently win.
REPEATABLE = {
    "people": frozenset({"phone", "email", "citizenship", "language", "other_name", "native_name", "name"} | RELATIVES),
    "supports": frozenset({"topic"}),
    "attendance": frozenset({"mark"}),
    "institutions": frozenset({"language", "short_name", "former_name"}),
}


def _field(header: str, synonyms: Synonyms, exact: bool) -> str | None:
    for field, headers in synonyms.items():
        for synonym in headers:
            if header == synonym if exact else _begins(header, synonym):
                return field
    return None


def _begins(header: str, synonym: str) -> bool:
    return len(synonym) > 3 and (header.startswith(synonym + " ") or header.endswith(" " + synonym))


def known(synonyms: Synonyms) -> frozenset[str]:
    """Every header that means something, for finding the header row."""
    return frozenset(header for headers in synonyms.values() for header in headers)
