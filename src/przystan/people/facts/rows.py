"""Facts that are read from dated rows of a person."""

# ruff: noqa: S608 (texts are put together from constants; every value is a parameter)

from collections.abc import Iterable, Sequence

from przystan.rules.sql import At, on_day
from przystan.rules.trees import Among, Leaf

from ..rules.known import Held


def some(at: At, test: str, rows: str, dated: str, also: str = "") -> str:
    """Whether one of a person's rows on the day passes; NULL when there is none."""
    return (
        f"(SELECT bool_or({test}) FROM {rows} WHERE {dated}.person_id = {at.row}.id AND {on_day(dated, at.day)}{also})"
    )


def codes(held: Iterable[Held]) -> set[str]:
    """What the rows say."""
    return {one.code for one in held}


def asked_of(leaf: Leaf, known: Sequence[Held]) -> Sequence[Held]:
    """Those that the condition names, or all when it names none of them."""
    named = [one for one in known if isinstance(leaf, Among) and one.code in leaf.codes]
    return named or known
