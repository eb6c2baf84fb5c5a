"""What turns bytes into objects, or words into code: where it is used at all, and on whose bytes.

Processes that serve pages, work on jobs or run commands hold keys. Whoever may write to the database, send a file or a
cookie must not choose there what runs, nor what is unfolded (docs/decisions/0030 and 0035).
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

import przystan

ROOT = Path(przystan.__path__[0])
# Never: each runs what it reads.
PICKLES = {"pickle", "cPickle", "marshal", "shelve", "copyreg", "dill", "cloudpickle", "jsonpickle", "joblib", "yaml"}
RUNS = {"eval", "exec", "compile", "__import__"}
APART = "in a process apart, without keys, database and environment"
PACKAGE = "files of the package"
OURS = "of names that our own source says"
# Module -> the files that use it -> on what.
READERS = {
    "zipfile": {
        "exchange/reading/archives.py": APART,
        "exchange/reading/other_books.py": "its error",
        "exchange/reading/sheet_xml.py": APART,
        "privacy/exports.py": "written, never read",
    },
    "xml": {"exchange/reading/other_books.py": "its error", "exchange/reading/sheet_xml.py": APART},
    "python_calamine": {"exchange/reading/other_books.py": APART},
    "lxml": {},
    "tarfile": {"project/backup/parts.py": "plain files with known names, each checked, nothing extracted by it"},
    "gzip": {"ui/bundles.py": "written, never read", "project/compression.py": "written, never read"},
    "openpyxl": {
        "exchange/reading/child.py": APART,
        "exchange/reading/sheet_xml.py": APART,
        "exchange/reading/xlsx.py": APART,
    },
    "tomllib": {
        "project/demo/names/stock.py": PACKAGE,
        "reference/shipped.py": PACKAGE,
        "rules/toml_reader.py": APART,
    },
    "import_module": {"access/modules.py": OURS},
    "import_string": {"access/tiers.py": OURS},
    "signing": {
        "access/throttling.py": "JSON under the centre's secret key",
        "links/tokens.py": "a text under the centre's secret key",
        "people/forms/registration.py": "a text under the centre's secret key",
    },
}
LOADERS = {"json", "tomllib", "signing", "loading"}  # what gives plain values; the last is ours, of a backup


@cache
def sources() -> list[tuple[str, ast.AST]]:
    return [(str(path.relative_to(ROOT)), ast.parse(path.read_text())) for path in ROOT.rglob("*.py")]


@cache
def imported(tree: ast.AST) -> set[str]:
    """Every word by which a module is imported, or something from it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {part for alias in node.names for part in alias.name.split(".")}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {*(node.module or "").split("."), *(alias.name for alias in node.names)}
    return found


def called(tree: ast.AST) -> Iterator[str]:
    """Names that are called: "eval", "json.loads"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_nothing_runs_what_it_reads() -> None:
    for name, tree in sources():
        assert not PICKLES & imported(tree), name
        assert not RUNS & set(called(tree)), name


@pytest.mark.parametrize("reader", READERS)
def test_what_unfolds_bytes_is_used_where_it_is_said(reader: str) -> None:
    used = {name for name, tree in sources() if reader in imported(tree)}
    assert used == set(READERS[reader])


def test_loads_gives_plain_values() -> None:
    for name, tree in sources():
        for one in called(tree):
            if one.endswith((".loads", ".load")) and one.partition(".")[0] not in LOADERS:
                raise AssertionError(f"{name}: {one}")


def test_sessions_and_signatures_are_json() -> None:
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("signing."):
                assert "serializer" not in {keyword.arg for keyword in node.keywords}, name
