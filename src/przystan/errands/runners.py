"""What may be an errand. The module that does it declares a `Runner` in its `module.py`, under `errands`."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from przystan.access.actors import Actor
from przystan.access.modules import Words, modules
from przystan.access.rights import Right

Values = Mapping[str, Any]
Tell = Callable[[int, Callable[[], int]], None]  # how much is done, and what tells of how much


@dataclass(frozen=True)
class Result:
    """What came of an errand: a file with the `name` and `type` it is saved under, or, without, JSON for a page."""

    content: bytes
    name: str = ""
    type: str = ""

    @classmethod
    def of(cls, values: Values) -> "Result":
        """For the page that a runner leads to."""
        return cls(json.dumps(values).encode())


@dataclass(frozen=True)
class Runner:
    """One kind of work that may take longer than somebody waits.

    code: `<module>.<thing>`, as rows and the audit log have it. `title`: for who asked, what it is.
    rights: needed when it is asked for, when the job begins, and when what came of it is fetched.
    run: by, what is asked (plain values of JSON), `tell`, to be called often: it notes how far it is, and ends a try
        that takes too long. In one transaction, as who asked. ValidationError in words for what cannot be done.
    back: what is asked -> where one came from.
    page: what is asked, ref of the errand -> the page that shows what came of it, where that is no file.
    least: seconds that it takes at least; where somebody waits for less, it is not tried.
    secrets: names of what is asked that is forgotten as soon as the job ends.
    """

    code: str
    title: Words
    rights: tuple[Right, ...]
    run: Callable[[Actor, Values, Tell], Result]
    back: Callable[[Values], str]
    page: Callable[[Values, str], str] | None = None
    least: float = 0.0
    secrets: frozenset[str] = frozenset()


@cache
def declared() -> dict[str, Runner]:
    """Code -> runner, of all installed modules."""
    return {runner.code: runner for module in modules() for runner in module.errands}
