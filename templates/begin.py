"""Begin a module: `make module NAME=courses` copies templates/module and puts the name for the word "sample".

It also names it in the two files that have to know it, above all modules that it may use and below the pages that
people open. Where it belongs lower, move it in both.
"""

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
# file -> the line above which a new module is named, and how
NAMED_IN = {
    "pyproject.toml": ('  "casework"', '  "{name}",\n'),
    "src/przystan/project/settings.py": ('    "przystan.casework"', '    "przystan.{name}",\n'),
}


def begin(name: str, repository: Path = REPOSITORY) -> list[Path]:
    """Write the folders of a module and of its tests, and name it. Nothing that exists is touched: FileExistsError."""
    folders = {"app": repository / "src/przystan" / name, "tests": repository / "tests" / name}
    for folder in folders.values():
        if folder.exists():
            raise FileExistsError(folder)
    for part, folder in folders.items():
        for file in sorted((HERE / "module" / part).rglob("*.*")):
            if file.is_file() and "__pycache__" not in file.parts:
                copied(file, folder / named(str(file.relative_to(HERE / "module" / part)), name), name)
    for file, (above, line) in NAMED_IN.items():
        insert(repository / file, above, line.format(name=name))
    return list(folders.values())


def copied(file: Path, to: Path, name: str) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(named(file.read_text(encoding="utf-8"), name), encoding="utf-8")
    shutil.copymode(file, to)


def insert(file: Path, above: str, line: str) -> None:
    """Put a line above the first one that begins so. ValueError where none does."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.insert([one.startswith(above) for one in lines].index(True), line)
    file.write_text("".join(lines), encoding="utf-8")


def named(text: str, name: str) -> str:
    return text.replace("sample", name).replace("Sample", name.capitalize()).replace("SAMPLE", name.upper())


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if not (name.isascii() and name.isalpha() and name.islower()):
        sys.exit("Say what it is called, in small letters: make module NAME=courses")
    try:
        begin(name)
    except FileExistsError as error:
        sys.exit(f"{error} is there already. Nothing was written.")
