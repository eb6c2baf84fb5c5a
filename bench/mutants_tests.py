"""Which of a module's tests reach which line: found out once by coverage.py, for bench/mutants.py."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from coverage import CoverageData

PYTEST = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
CHOSEN = ["-m", "not journey and not drill"]
CONTEXTS = """[run]
dynamic_context = test_function
source = src/przystan
data_file = {data}
"""


class Tests:
    """Of the copy in `house`; which lines those of a module reach is kept in the folder `kept`."""

    def __init__(self, house: Path, kept: Path) -> None:
        self.house, self.kept = house, kept
        os.environ["PYTHONPATH"] = f"{house / 'src'}:{house}"  # before the package that is installed

    def commands(self, name: str, line: int) -> Iterator[str]:
        """Shell commands, one after the other until one notices: the module's tests that reach the line, and all's."""
        module = Path(name).parts[2]
        if nearest := self.reaching(name, line, module):
            yield shlex.join([*PYTEST, *CHOSEN, *nearest])
        yield shlex.join([*PYTEST, "tests/architecture"])

    def reaching(self, name: str, line: int, module: str) -> list[str]:
        """Tests of the module as pytest names them; all of them for a line that only fixtures reach."""
        words = self.lines(module).contexts_by_lineno(str(self.house / name)).get(line, [])
        found = {self.named(word) for word in words if word} - self.failing(module)
        return sorted(found) or [f"tests/{module}"] * bool(words)

    @cache  # noqa: B019 - one for a run
    def failing(self, module: str) -> set[str]:
        """Tests that fail without any mutant: they notice nothing."""
        cases = ElementTree.parse(self.kept / f"{module}.xml").getroot().iter("testcase")
        wrong = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
        return {self.named(f"{case.get('classname')}.{case.get('name', '').split('[')[0]}") for case in wrong}

    @cache  # noqa: B019 - one for a run
    def lines(self, module: str) -> CoverageData:
        data = self.kept / module
        if not data.exists() and (self.house / "tests" / module).is_dir():
            self.kept.mkdir(parents=True, exist_ok=True)
            settings = self.kept / f"{module}.ini"
            settings.write_text(CONTEXTS.format(data=data))
            measured = [sys.executable, "-m", "coverage", "run", f"--rcfile={settings}", *PYTEST[1:], *CHOSEN]
            told = f"--junitxml={self.kept / module}.xml"
            subprocess.run([*(part for part in measured if part != "-x"), told, f"tests/{module}"], check=False)
        found = CoverageData(str(data))
        found.read()
        if not found.measured_files():
            raise SystemExit(f"tests/{module} do not run: nothing would notice a mutant of {module}")
        return found

    def named(self, context: str) -> str:
        """tests.people.test_facts.test_x -> tests/people/test_facts.py::test_x"""
        parts = context.split(".")
        for place in range(len(parts) - 1, 0, -1):
            if (file := Path(*parts[:place]).with_suffix(".py")) and (self.house / file).exists():
                return "::".join([str(file), *parts[place:]])
        raise ValueError(context)
