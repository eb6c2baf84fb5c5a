"""What modules bring to the tests that hold for all of them: `tests/<module>/matrix.py`.

`ADDRESSES`: lines of the matrix. `rows(person)`: makes a row about a person in each of the module's tables; may return
kind of object -> words of its address.
`things(organisation)`: makes what belongs to an organisation and to nobody in particular; returns kind of object ->
words of its address, for lines of the matrix that are asked `on="ours"`.
`DEEDS`: what its forms and buttons leave in the audit log (tests/hostile/deeds.py). `FILLED`: what somebody types into
them, where it is not what everybody types (`OFTEN` of tests/hostile/filling.py).
`PLAIN`: longer texts about people that stand in clear, and why (tests/architecture/test_texts.py). `UNSHOWN`: tables of
which a demo centre shows nothing, and why (tests/project/test_demo.py).
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]


def brought(name: str) -> Iterator[Any]:
    """What each module has under this name."""
    yield from brought_by(name).values()


def brought_by(name: str) -> dict[str, Any]:
    """Module -> what it has under this name."""
    # It asks here while it is read, and every module's file asks it: whichever came first would be half read.
    import_module("tests.matrix.addresses")
    names = [file.parent.name for file in sorted(TESTS.glob("*/matrix.py"))]
    found = {module: import_module(f"tests.{module}.matrix") for module in names}
    return {module: getattr(one, name) for module, one in found.items() if hasattr(one, name)}
