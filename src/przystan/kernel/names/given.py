"""Given names that offices translate instead of respelling them: Олена, Elena and Helena are one.

The tables are `given.txt`, `given_world.txt` and, for how people are called, `diminutives.txt`.
Two words known on different lines are different names, however close they
sound: that is what tells Maria from Marta, and Valentin from Valentina.
"""

from functools import lru_cache
from importlib.resources import files
from typing import Final

from przystan.kernel.names.compounds import signs_of
from przystan.kernel.names.signs import lookup_form

_TABLES: Final = ("given.txt", "given_world.txt", "diminutives.txt")


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    folder = files("przystan.kernel.names")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in _TABLES]
    for line in "\n".join(texts).splitlines():
        spellings = [] if line.startswith("#") else line.lower().split()
        for spelling in spellings:
            form = lookup_form(signs_of(spelling))
            table[form] = table.get(form, frozenset()) | {spellings[0]}
    return table


def given_names(signs: str) -> frozenset[str]:
    """The given names that these signs (see `sounds`) are a known spelling of; empty when unknown.

    A name is called by the first spelling of its line.
    """
    return _table().get(lookup_form(signs), frozenset())
