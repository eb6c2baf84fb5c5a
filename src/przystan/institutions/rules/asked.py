"""What somebody typed into the box of the register: a number, a town, the rest is a name."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from przystan.kernel.names import fold

from .numbers import kinds_of

NUMBER = re.compile(r"[\d\s./-]{5,20}")


@dataclass(frozen=True)
class Asked:
    """`number`: digits that may be one of a register; `town`: folded, one of those given; `name`: the rest."""

    name: str
    number: str = ""
    town: str = ""


def understand(text: str, towns: Collection[str]) -> Asked:
    """`towns`: folded names of towns in which there are institutions. A "/" typed before it is no part of it."""
    text = " ".join(text.split()).lstrip("/ ")
    digits = re.sub(r"\D", "", text)
    if NUMBER.fullmatch(text) and kinds_of(digits):
        return Asked(text, digits)
    words = text.split()
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            town = fold(" ".join(words[start : start + size]))
            if town in towns:
                return Asked(" ".join(words[:start] + words[start + size :]), "", town)
    return Asked(text)
