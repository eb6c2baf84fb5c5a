"""Small files and functions: look again at 400 lines, split at 600; functions split at 60."""

import ast
from pathlib import Path
from statistics import median

from przystan.project.cluster import PACKAGE

LONGEST_FILE = 600
LONGEST_FUNCTION = 60
MEDIAN_FILE = 100
MEDIAN_FUNCTION = 12


def sources() -> list[Path]:
    return [
        path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts and path.name != "__init__.py"
    ]


def functions(path: Path) -> list[tuple[str, int]]:
    """(name, lines) of each function; a docstring does not count."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            said = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
            found.append((f"{path.relative_to(PACKAGE)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - said))
    return found


def test_files_are_small() -> None:
    lines = {str(path.relative_to(PACKAGE)): path.read_text().count("\n") for path in sources()}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}
    assert median(lines.values()) <= MEDIAN_FILE


def test_functions_are_small() -> None:
    found = [function for path in sources() for function in functions(path)]
    assert [one for one in found if one[1] > LONGEST_FUNCTION] == []
    assert median(lines for _, lines in found) <= MEDIAN_FUNCTION
