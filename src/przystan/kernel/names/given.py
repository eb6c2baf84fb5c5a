"""Given names that offices translate instead of respelling them: Олена, Elena and Helena are one.

The table is `given.txt`. Two words known on different lines are different names, however close they
sound: that is what tells Maria from Marta, and Valentin from Valentina.
"""

from functools import lru_cache
from importlib.resources import files

from przystan.kernel.names.compounds import signs_of
from przystan.kernel.names.signs import lookup_form


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    text = files("przystan.kernel.names").joinpath("given.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
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
