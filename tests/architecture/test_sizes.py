"""Files and functions stay as small as they are: counted for the package without its migrations."""

import ast
from pathlib import Path
from statistics import median

from przystan.project.cluster import PACKAGE

LONGEST_FILE = 300
LONGEST_FUNCTION = 45
MEDIAN_FILE = 70
MEDIAN_FUNCTION = 7
SPLIT_FILE = (
    "{name} has {lines} lines, more than {most}: a file holds one capability; move one out, into a folder if need be"
)
SPLIT_FUNCTION = "{name} has {lines} lines, more than {most}: give its steps names of their own"
MEDIAN_SAYS = "half of all {what} are longer than {found} lines, more than {most}; among the longest: {longest}"


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


def files() -> list[tuple[str, int]]:
    return [(str(path.relative_to(PACKAGE)), path.read_text().count("\n")) for path in sources()]


def too_long(found: list[tuple[str, int]], most: int, says: str) -> str:
    return "\n".join(says.format(name=name, lines=lines, most=most) for name, lines in found if lines > most)


def too_long_on_the_whole(found: list[tuple[str, int]], most: int, what: str) -> str:
    middle = median(lines for _, lines in found)
    longest = ", ".join(name for name, _ in sorted(found, key=lambda one: -one[1])[:5])
    return MEDIAN_SAYS.format(what=what, found=middle, most=most, longest=longest) if middle > most else ""


def test_files_are_small() -> None:
    assert not (said := too_long(files(), LONGEST_FILE, SPLIT_FILE)), said
    assert not (said := too_long_on_the_whole(files(), MEDIAN_FILE, "files")), said


def test_functions_are_small() -> None:
    found = [function for path in sources() for function in functions(path)]
    assert not (said := too_long(found, LONGEST_FUNCTION, SPLIT_FUNCTION)), said
    assert not (said := too_long_on_the_whole(found, MEDIAN_FUNCTION, "functions")), said


def test_it_says_which_and_what_to_do() -> None:
    assert "desk/views.py has 301 lines" in too_long([("desk/views.py", 301)], 300, SPLIT_FILE)
    assert too_long([("desk/views.py", 300)], 300, SPLIT_FILE) == ""
    assert "longest: b, a" in too_long_on_the_whole([("a", 8), ("b", 9)], 7, "functions")
