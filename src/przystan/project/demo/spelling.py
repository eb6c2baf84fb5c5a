"""Search columns of a name form, each distinct spelling worked out once."""

from functools import lru_cache

from przystan.kernel import names
from przystan.project.demo.copying import array


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """As `PersonName.folded` wants it."""
    return names.fold(text) or text.lower()


@lru_cache(maxsize=200_000)
def script(text: str) -> str:
    """As `PersonName.script` wants it."""
    return names.script_of(text).value


@lru_cache(maxsize=200_000)
def keys(text: str) -> str:
    """`PersonName.keys` as a PostgreSQL array literal, in a stable order."""
    return array(sorted(names.keys(text)))
