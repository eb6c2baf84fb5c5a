"""Which tests reach which line, and how long they take: found out by coverage.py, for bench/mutants.py.

Kept in a folder for each module until something in it or in its tests changes.
"""

import hashlib
import os
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from threading import Lock
from xml.etree import ElementTree

from coverage import CoverageData

PYTEST = [sys.executable, "-m", "pytest", "-n", "0", "-q", "--no-header", "-p", "no:cacheprovider"]
CHOSEN = ["-m", "not journey and not drill"]
CONTEXTS = """[run]
include =
{include}
data_file = {data}
"""
# A module that has no tests of its own is tested by those that are made of it.
TESTED_BY = {"ledger": ("support", "results", "desk")}
# Tests of what holds for every module.
SHARED = ("tests/access/test_second_person.py", "tests/races")


class Tests:
    """Of the copy in `house`; what they reach is kept in the folder `kept`."""

    def __init__(self, house: Path, kept: Path, measured: tuple[str, ...]) -> None:
        self.house, self.kept = house, kept
        places = [f"    {house}/src/przystan/*/{layer}" for layer in measured]
        self.include = "\n".join(f"{place}{end}" for place in places for end in ("/*", ".py"))
        self.measuring: dict[str, Lock] = defaultdict(Lock)
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # the command's; pytest has settings of its own
        os.environ["PYTHONPATH"] = f"{house / 'src'}:{house}:{house / 'bench'}"  # before the package that is installed

    def folders(self, module: str) -> list[str]:
        own = [f"tests/{name}" for name in TESTED_BY.get(module, (module,))]
        return [folder for folder in (*own, *SHARED) if (self.house / folder).exists()]

    def command(self, name: str, line: int) -> tuple[list[str], float]:
        """What pytest runs for a line, quick tests first, and the seconds that all of it takes without a mutant."""
        module = Path(name).parts[2]
        chosen: dict[str, float] = {}
        for folder in self.folders(module):
            took = self.times(folder)
            words = self.lines(folder).contexts_by_lineno(str(self.house / name)).get(line, [])
            found = {word for word in words if word}
            if words and not found and folder not in SHARED:
                found = set(took)  # the line is read when the module is
            part = {test: took[test] for test in found if test in took}
            chosen |= dict(sorted(part.items(), key=lambda pair: (pair[1], pair[0])))
        return [*PYTEST, "-x", "-p", "mutants_plugin", *CHOSEN, *chosen], sum(chosen.values())

    @cache  # noqa: B019 - one for a run
    def times(self, folder: str) -> dict[str, float]:
        """Seconds of each test; those that fail without any mutant notice nothing and are left out."""
        took, failing = dict[str, float](), set[str]()
        for case in ElementTree.parse(self.measure(folder) / "times.xml").getroot().iter("testcase"):
            test = self.named(f"{case.get('classname')}.{case.get('name', '').split('[')[0]}")
            took[test] = took.get(test, 0) + float(case.get("time", 0))
            if case.find("failure") is not None or case.find("error") is not None:
                failing.add(test)
        for test in sorted(failing):
            print(f"left out, it fails without a mutant: {test}", flush=True)
        if len(failing) > len(took) / 10:
            raise SystemExit(f"{folder} fails without any mutant: see {self.measure(folder) / 'said'}")
        return {test: seconds for test, seconds in took.items() if test not in failing}

    @cache  # noqa: B019 - one for a run
    def lines(self, folder: str) -> CoverageData:
        found = CoverageData(str(self.measure(folder) / "lines"))
        found.read()
        return found

    def measure(self, folder: str) -> Path:
        """Where it stands what the tests of a folder reach: found out once, by whoever asks first."""
        with self.measuring[folder]:
            return self._measured(folder)

    def _measured(self, folder: str) -> Path:
        kept = self.kept / folder.replace("/", ".") / self.mark(folder)
        if not (kept / "times.xml").exists():
            kept.mkdir(parents=True, exist_ok=True)
            settings = kept / "coverage.ini"
            settings.write_text(CONTEXTS.format(data=kept / "lines", include=self.include))
            run = [sys.executable, "-m", "coverage", "run", f"--rcfile={settings}", *PYTEST[1:], *CHOSEN]
            run += ["-p", "mutants_plugin"]
            with (kept / "said").open("w") as said:
                done = [*run, f"--junitxml={kept / 'times.xml'}", folder]
                subprocess.run(done, cwd=self.house, stdout=said, stderr=said, check=False)
            print(f"found out what {folder} reaches", flush=True)
        return kept

    @cache  # noqa: B019 - one for a run
    def mark(self, folder: str) -> str:
        """Letters that change when the tests do, or a module that they are asked about."""
        digest = hashlib.sha256(self.include.encode())
        modules = [one for one in sorted((self.house / "src/przystan").iterdir()) if folder in self.folders(one.name)]
        for root in (self.house / folder, *modules):
            for path in [root] if root.is_file() else sorted(root.rglob("*.py")):
                digest.update(path.read_bytes())
        return digest.hexdigest()[:10]

    def named(self, context: str) -> str:
        """tests.people.test_facts.test_x -> tests/people/test_facts.py::test_x"""
        parts = context.split(".")
        for place in range(len(parts) - 1, 0, -1):
            if (file := Path(*parts[:place]).with_suffix(".py")) and (self.house / file).exists():
                return "::".join([str(file), *parts[place:]])
        raise ValueError(context)
