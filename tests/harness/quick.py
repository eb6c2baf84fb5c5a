"""`make quick`: tests of the modules that changed since main, and those that hold for every module.

What needs a world to be built (matrix, races, hostile, leaks, demo) is run only when the sources of a module changed;
of the matrix what asks the addresses of these modules, of the races those for their locks.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
ALWAYS = (
    *("tests/architecture", "tests/consistency", "tests/access/test_locks.py", "tests/access/test_modules.py"),
    *("tests/access/test_deeds.py", "tests/access/test_history.py", "tests/privacy/test_access_page.py"),
    "tests/matrix/test_matrix.py::test_the_table_is_whole",
)
WORLDS = (
    *(
        "tests/matrix/test_matrix.py",
        "tests/races",
        "tests/hostile/test_deeds.py",
        "tests/leaks/test_protected_everywhere.py",
    ),
    "tests/project/test_demo.py::test_it_shows_something_of_every_table",
)
CHOSEN = "not journey and not drill and not age"


def main() -> int:
    files = changed()
    touched = modules(files)
    paths = [*near(files), *(WORLDS if touched else ())]
    print(" ".join(paths))
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", CHOSEN, *paths, *sys.argv[1:]]
    asked = {"MATRIX": ",".join(touched), **os.environ}
    return subprocess.run(command, cwd=REPOSITORY, env=asked, check=False).returncode


def modules(files: Iterable[str]) -> list[str]:
    """Modules whose sources changed."""
    there = (Path(file).parts for file in files)
    return sorted({parts[2] for parts in there if parts[:2] == ("src", "przystan") and len(parts) > 3})


def changed() -> list[str]:
    """Files that differ from where this branch left main, saved or not."""
    base = asked("merge-base", "HEAD", "origin/main") or asked("merge-base", "HEAD", "main") or ["HEAD"]
    return asked("diff", "--name-only", *base) + asked("ls-files", "--others", "--exclude-standard")


def asked(*words: str) -> list[str]:
    run = subprocess.run(["git", *words], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return run.stdout.split("\n")[:-1] if run.returncode == 0 else []


def near(files: Iterable[str]) -> list[str]:
    """Folders and files of tests: of each module that changed, and each test that did."""
    found = set()
    for parts in (Path(file).parts for file in files):
        if parts[:2] == ("src", "przystan") and len(parts) > 3:
            found.add(f"tests/{parts[2]}")
        elif parts[0] == "tests" and parts[-1].startswith("test_"):
            found.add("/".join(parts))
        elif parts[0] == "tests" and len(parts) > 2:
            found.add(f"tests/{parts[1]}")
    there = [one for one in sorted(found) if any((REPOSITORY / one).glob("test_*.py")) or one.endswith(".py")]
    whole = {one for one in there if not one.endswith(".py")} | set(ALWAYS)
    return [*ALWAYS, *(one for one in there if one not in ALWAYS and not {str(of) for of in Path(one).parents} & whole)]


if __name__ == "__main__":
    sys.exit(main())
