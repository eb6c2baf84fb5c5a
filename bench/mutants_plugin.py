"""A plugin of pytest for bench/mutants.py: one module says what the mutant says, or what each test reaches is noted.

Nothing is written into files, so several mutants are tried side by side in one copy of the repository.
"""

import os
import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

MODULE, SOURCE = "MUTANT_MODULE", "MUTANT_SOURCE"  # dotted name; a file with what it is to say


class Mutated(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = compile(Path(os.environ[SOURCE]).read_text(), self.path, "exec", dont_inherit=True)
        return code


class Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname != os.environ[MODULE]:
            return None
        found = PathFinder.find_spec(fullname, path)
        assert found
        assert found.origin
        found.loader = Mutated(fullname, found.origin)
        return found


if MODULE in os.environ:
    sys.meta_path.insert(0, Finder())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """A test of several cases is one; what its fixtures do is its. Faster than coverage.py's own way."""
    if MODULE not in os.environ:
        from coverage import Coverage

        running = Coverage.current()
        assert running
        running.switch_context(item.nodeid.split("[")[0])
    return (yield)
