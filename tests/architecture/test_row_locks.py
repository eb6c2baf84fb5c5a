"""Rows that are held while something is decided about them: each has a reason and a race of two that proves it.

A new module says it in its own tests/<module>/races.py; tests/races runs them all.
"""

import ast
from collections.abc import Iterator

from tests.harness.calls import sources
from tests.harness.races import every


def holding() -> Iterator[str]:
    """Every function or method with a `select_for_update` of its own."""
    for dotted, source in sources().items():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef):
                inside = [one for one in ast.walk(node) if isinstance(one, ast.FunctionDef) and one is not node]
                words = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
                if "select_for_update" in words and not inside:
                    yield f"{dotted.removeprefix('przystan.')}.{node.name}"


def test_every_row_that_is_held_is_raced_for() -> None:
    found, raced = set(holding()), set(every())
    assert sorted(raced - found) == [], "held no more: two at once may both do it. Hold the row, or take out the race"
    assert sorted(found - raced) == [], "try it with two at once: see tests/harness/races.py"
