"""A template extends or includes another module's template only from ui, and from the engine whose editor it shows."""

import re
from collections.abc import Iterator
from pathlib import Path

from przystan.project.cluster import PACKAGE

USE = re.compile(r"""{%\s*(?:extends|include)\s+["'](?P<name>[^"']+)["']""")

LENT = {"ui", "rules"}  # modules whose templates are pieces for others


def templates() -> Iterator[tuple[str, Path]]:
    """(module, file) of each of our templates."""
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        yield path.relative_to(PACKAGE).parts[0], path


def owner(name: str) -> str:
    """Module in whose folder a template lies; "" for one of another package."""
    return next((module for module, path in templates() if str(path).endswith(f"/templates/{name.split('#')[0]}")), "")


def test_templates_are_borrowed_only_where_they_are_lent() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}: {found['name']}"
        for module, path in templates()
        for found in USE.finditer(path.read_text())
        if owner(found["name"]) not in {module, "", *LENT}
    ]
    assert wrong == []


def test_no_template_is_long() -> None:
    long = [str(path.relative_to(PACKAGE)) for _, path in templates() if path.read_text().count("\n") > 200]
    assert long == []
