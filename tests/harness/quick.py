"""`make quick`: tests of the modules that changed since main, and those that hold for every module and cost little."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
ALWAYS = (
    *("tests/architecture", "tests/consistency", "tests/access/test_locks.py", "tests/access/test_modules.py"),
    *("tests/access/test_deeds.py", "tests/privacy/test_access_page.py"),
)
CHOSEN = "not journey and not drill and not age"


def main() -> int:
    paths = near(changed())
    print(" ".join(paths))
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", CHOSEN, *paths, *sys.argv[1:]]
    return subprocess.run(command, cwd=REPOSITORY, check=False).returncode


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
