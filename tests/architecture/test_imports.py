"""What import-linter does not see: which parts of another module may be used, and the linter itself runs."""

import ast
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from przystan.project.cluster import PACKAGE

REPOSITORY = PACKAGE.parents[1]
# The doors of a module. `actors`, `audit` and the like belong to kernel, ui, access and rules, which are open to all.
DOORS = {"models", "queries", "actions", "rules", "enums", "policies", "rights", "locks", "facts"}
OPEN_MODULES = {"kernel", "ui", "access", "rules"}
# Plain helpers over reference data: files that ship with a module, names of countries and languages. A form field.
# What a module that asks by a link says of it.
MORE_DOORS = {("reference", "shipped"), ("reference", "cldr"), ("institutions", "fields"), ("links", "purposes")}
# What takes longer than somebody waits: what may be an errand, and how a page answers with one.
MORE_DOORS |= {("errands", "runners"), ("errands", "answering")}


def modules() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything a file imports, anywhere in it."""
    here = path.relative_to(PACKAGE.parent).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level]) if node.level else ""
            start = ".".join(part for part in (base, node.module) if part)
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def side_doors() -> Iterator[str]:
    """Imports of another module that go past its doors."""
    for path in sorted(PACKAGE.rglob("*.py")):
        own = path.relative_to(PACKAGE).parts[0]
        if own == "project" or "migrations" in path.parts:
            continue
        for line, name in imported(path):
            parts = name.split(".")
            if parts[0] != "przystan" or len(parts) < 3 or parts[1] in OPEN_MODULES | {own}:
                continue
            if parts[2] not in DOORS and (parts[1], parts[2]) not in MORE_DOORS:
                yield f"{path.relative_to(REPOSITORY)}:{line}: {name}"


def test_other_modules_are_used_through_their_doors() -> None:
    found = list(side_doors())
    assert not found, "\n".join(found)


def test_imports_are_read_as_python_does() -> None:
    names = {name for _, name in imported(PACKAGE / "project" / "cluster" / "server.py")}
    assert {"przystan.project.trouble.Trouble", "przystan.project.cluster.config", "psycopg"} <= names


def test_the_order_of_modules_is_kept() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def gone(path: Path) -> Iterator[str]:
    """What a file asks of our modules, also inside its functions, and they do not have."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("przystan."):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                if not hasattr(pkgutil.resolve_name(node.module), alias.name) and find_spec(name) is None:
                    yield f"{path.name}:{node.lineno}: {name}"


def test_benches_ask_for_what_there_is() -> None:
    """They run seldom, and import late: what was moved would be noticed when somebody measures."""
    found = [line for path in sorted((REPOSITORY / "bench").glob("*.py")) for line in gone(path)]
    assert not found, "\n".join(found)


def test_what_is_gone_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "late.py"
    file.write_text("def late():\n    from przystan.casework.demo import NOTHING\n")
    assert list(gone(file)) == ["late.py:2: przystan.casework.demo.NOTHING"]
